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

FIRST, CHANGED, REMOVED = "first", "changed", "removed"
WORDS = {
    "mark": {FIRST: "поставлена", CHANGED: "отметка", REMOVED: "убрана отметка"},
    "attendance": {FIRST: "посещение:", CHANGED: "посещение:", REMOVED: "убрано:"},
    "topic": {FIRST: "записана тема:", CHANGED: "тема:", REMOVED: "стёрта тема:"},
    "comment": {FIRST: "записан комментарий:", CHANGED: "комментарий:", REMOVED: "стёрт комментарий:"},
    "homework": {
        FIRST: "записано домашнее задание:",
        CHANGED: "домашнее задание:",
        REMOVED: "убрано домашнее задание:",
    },
    "period_mark": {FIRST: "поставлена", CHANGED: "отметка за период", REMOVED: "убрана отметка за период"},
}
TICK = {"да": "отмечено: урок проведён", "нет": "снята пометка «Урок проведён»"}


@dataclass(frozen=True, slots=True)
class Change:
    """One change in words; ``who`` is empty for what came with a loaded dataset.

    ``values``: what was and what is; one where it was set first or taken away, none where the words say all.
    """

    at: datetime
    who: str
    words: str
    values: tuple[str, ...]


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
            words=_words(row.kind, row.before, row.after),
            values=() if row.kind == "conducted" else tuple(value for value in (row.before, row.after) if value),
        )
        for row in session.execute(query)
    )


def _words(kind: str, before: str | None, after: str | None) -> str:
    if kind == "conducted":
        return TICK["да" if after == "да" else "нет"]
    return WORDS[kind][REMOVED if not after else CHANGED if before else FIRST]
