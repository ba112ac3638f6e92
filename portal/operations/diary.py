"""That a diary was opened: by the pupil or a guardian, once a day."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import exists, insert, literal, select

from portal.access.actor import Actor
from portal.extensions import session
from portal.models.activity import DiaryView
from portal.models.base import UtcMoment
from portal.models.people import Person
from portal.values.deadlines import MIDNIGHT, local_day, local_moment


def counts_as_view(pupil_id: int, by: Actor) -> bool:
    """Only the pupil and the pupil's guardians make a view (domain/indicators.md, «Common rules»)."""
    return pupil_id == by.person_id or pupil_id in by.child_ids


def record_view(pupil_id: int, *, by: Actor, at: datetime, zone: str) -> None:
    """Keep the first opening of ``by``'s day on the clock of ``zone``; the second makes no row.

    The viewer's row is locked, so that two openings at once make one row on either database.
    """
    if not counts_as_view(pupil_id, by):
        return
    day = local_day(at, zone)
    starts_at = local_moment(day, MIDNIGHT, zone)
    ends_at = local_moment(day + timedelta(days=1), MIDNIGHT, zone)
    session.execute(select(Person.id).where(Person.id == by.person_id).with_for_update(key_share=True))
    seen = exists().where(
        DiaryView.pupil_id == pupil_id,
        DiaryView.viewer_id == by.person_id,
        DiaryView.viewed_at >= starts_at,
        DiaryView.viewed_at < ends_at,
    )
    row = select(literal(pupil_id), literal(by.person_id), literal(at, UtcMoment)).where(~seen)
    session.execute(insert(DiaryView).from_select(["pupil_id", "viewer_id", "viewed_at"], row))
