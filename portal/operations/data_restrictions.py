"""The mark that a pupil's data may not be processed: set and lifted by the school's administrator."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from portal.access.actor import Actor
from portal.extensions import session
from portal.models.people import Person
from portal.models.showcase import DataRestriction


def restrict(person_id: int, *, by: Actor | None, at: datetime) -> None:
    """The person's data may not be processed from now on; already so: nothing changes."""
    if _standing(person_id) is None:
        session.add(DataRestriction(person_id=person_id, set_at=at, set_by_id=by.person_id if by else None))
        session.flush()


def lift(person_id: int, *, by: Actor, at: datetime) -> None:
    """The person's data may be processed again; they may already: nothing changes."""
    standing = _standing(person_id)
    if standing is not None:
        standing.lifted_at, standing.lifted_by_id = at, by.person_id
        session.flush()


def _standing(person_id: int) -> DataRestriction | None:
    """The mark that stands. The person's row is locked first, so that two at once make one mark."""
    session.execute(select(Person.id).where(Person.id == person_id).with_for_update(key_share=True))
    return session.scalar(
        select(DataRestriction).where(DataRestriction.person_id == person_id, DataRestriction.lifted_at.is_(None))
    )
