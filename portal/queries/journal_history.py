"""Who changed what in the journal, and when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from portal.extensions import session
from portal.models.journal import JournalChange
from portal.models.people import Person
from portal.values.names import short_name

KINDS = {
    "mark": "Отметка", "attendance": "Посещение", "topic": "Тема", "comment": "Комментарий",
    "conducted": "Урок проведён", "homework": "Домашнее задание", "period_mark": "Отметка за период",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Change:
    """One change; ``who`` is empty for what came with a loaded dataset."""

    at: datetime
    who: str
    what: str
    before: str
    after: str


def of_pupil(lesson_id: int, pupil_id: int) -> tuple[Change, ...]:
    """Changes of a pupil's marks and absence in a lesson, the newest first."""
    return _changes(_all().where(JournalChange.lesson_id == lesson_id, JournalChange.pupil_id == pupil_id))


def of_lesson(lesson_id: int) -> tuple[Change, ...]:
    """Changes of a lesson's topic, comment, tick and homework, the newest first."""
    return _changes(_all().where(JournalChange.lesson_id == lesson_id, JournalChange.pupil_id.is_(None)))


def of_period_mark(group_id: int, pupil_id: int, subject_key: str) -> tuple[Change, ...]:
    """Changes of a pupil's mark for a period («period:7») or a year («year:2026»), the newest first."""
    return _changes(
        _all().where(
            JournalChange.group_id == group_id,
            JournalChange.pupil_id == pupil_id,
            JournalChange.kind == "period_mark",
            JournalChange.subject_key == subject_key,
        )
    )


def _all() -> Any:
    return (
        select(
            JournalChange.at, JournalChange.kind, JournalChange.before, JournalChange.after,
            Person.last_name, Person.first_name, Person.middle_name,
        )
        .outerjoin(Person, Person.id == JournalChange.by_id)
        .order_by(JournalChange.at.desc(), JournalChange.id.desc())
    )  # fmt: skip


def _changes(query: Any) -> tuple[Change, ...]:
    return tuple(
        Change(
            at=row.at,
            who=short_name(row.last_name, row.first_name, row.middle_name) if row.last_name else "",
            what=KINDS[row.kind],
            before=row.before or "",
            after=row.after or "",
        )
        for row in session.execute(query)
    )
