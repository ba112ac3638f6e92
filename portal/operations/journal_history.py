"""The journal's history: every change with its doer, its moment, before and after."""

from __future__ import annotations

from datetime import datetime

from portal.access.actor import Actor
from portal.extensions import session
from portal.models.journal import JournalChange


def record(
    kind: str,
    before: str | None,
    after: str | None,
    *,
    group_id: int,
    lesson_id: int | None = None,
    pupil_id: int | None = None,
    subject_key: str | None = None,
    by: Actor,
    at: datetime,
) -> None:
    """Note a change; ``before`` and ``after`` are as people read them, ``None`` for nothing."""
    session.add(
        JournalChange(
            at=at, by_id=by.person_id, kind=kind, group_id=group_id, lesson_id=lesson_id, pupil_id=pupil_id,
            subject_key=subject_key, before=before or None, after=after or None,
        )
    )  # fmt: skip
