"""School events: entered and taken off by the school's administrator."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from portal.access.actor import Actor
from portal.extensions import session
from portal.models.organisation import School
from portal.models.showcase import SchoolEvent
from portal.values.refusal import Refusal
from portal.values.texts import tidy


@dataclass(frozen=True, slots=True)
class EventEntry:
    """An event as it is entered; ``key`` is the form's one-time key (empty: each call is a new event)."""

    title: str
    held_on: date
    place: str
    audience: str
    key: str = ""


def add_event(school_id: int, entry: EventEntry, *, by: Actor | None, at: datetime) -> SchoolEvent:
    """Enter an event; the same form sent twice makes one. ``by`` none: a command, nobody's own doing."""
    session.execute(select(School.id).where(School.id == school_id).with_for_update(key_share=True))  # two at once
    key = _stored_key(school_id, entry.key, by)
    known = session.scalar(select(SchoolEvent).where(SchoolEvent.key == key)) if key else None
    if known is not None:
        return known
    title, place, audience = tidy(entry.title), tidy(entry.place), tidy(entry.audience)
    if not (title and place and audience):
        raise Refusal("Мероприятие не сохранено: укажите, что, где и для кого.")
    event = SchoolEvent(
        key=key, school_id=school_id, title=title, held_on=entry.held_on, place=place, audience=audience,
        created_at=at, created_by_id=by.person_id if by else None,
    )  # fmt: skip
    session.add(event)
    session.flush()
    return event


def remove_event(school_id: int, event_id: int, *, by: Actor, at: datetime) -> None:
    """Take an event off the list; it is kept as removed. ``LookupError`` for no event of this school."""
    event = session.scalar(
        select(SchoolEvent).where(SchoolEvent.id == event_id, SchoolEvent.school_id == school_id).with_for_update()
    )
    if event is None:
        raise LookupError(event_id)
    if event.removed_at is None:
        event.removed_at, event.removed_by_id = at, by.person_id
        session.flush()


def _stored_key(school_id: int, form_key: str, by: Actor | None) -> str | None:
    """The form's one-time key, made this school's and this person's own."""
    if not form_key:
        return None
    person_id = by.person_id if by else ""
    return hashlib.sha256(f"event:{school_id}:{person_id}:{form_key}".encode()).hexdigest()[:24]
