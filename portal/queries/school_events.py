"""School events as the school lists them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from portal.extensions import session
from portal.models.organisation import AcademicYear
from portal.models.showcase import SchoolEvent


@dataclass(frozen=True, slots=True)
class Event:
    """What, when, where, for whom."""

    id: int
    title: str
    held_on: date
    place: str
    audience: str


def events(school_id: int, today: date) -> list[Event]:
    """The events of the school year that has begun last and those to come, the latest first."""
    begun = (
        select(AcademicYear.starts_on)
        .where(AcademicYear.school_id == school_id, AcademicYear.starts_on <= today)
        .order_by(AcademicYear.starts_on.desc())
        .limit(1)
    )
    since = session.scalar(begun)
    rows = session.execute(
        select(SchoolEvent.id, SchoolEvent.title, SchoolEvent.held_on, SchoolEvent.place, SchoolEvent.audience)
        .where(
            SchoolEvent.school_id == school_id,
            SchoolEvent.removed_at.is_(None),
            SchoolEvent.held_on >= (since or date.min),
        )
        .order_by(SchoolEvent.held_on.desc(), SchoolEvent.id.desc())
    )
    return [Event(*row) for row in rows]
