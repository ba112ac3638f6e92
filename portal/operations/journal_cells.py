"""Entries of the journal grid, as its script sends them: each with its own outcome."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Literal

from sqlalchemy import Select, bindparam, select

from portal.access.actor import Actor
from portal.extensions import session
from portal.models.journal import Attendance, Lesson, Mark, PeriodMark
from portal.operations.journal import MarkEntry, set_attendance, set_mark
from portal.operations.journal_period_marks import set_period_mark
from portal.values.conflict import Conflict
from portal.values.marks import ABSENCES, MARKS
from portal.values.refusal import Refusal

MOST = 100
"""Entries in one request; a class has thirty pupils."""


@dataclass(frozen=True, slots=True)
class CellEntry:
    """``kind``: mark, absence or period; ``code`` is the absence code or the period's mark, ``seen`` what stood."""

    kind: str
    pupil_id: int
    lesson_id: int | None
    period_id: int | None
    code: str
    seen: str
    mark: MarkEntry


@dataclass(frozen=True, slots=True)
class CellOutcome:
    """What became of an entry, and what the cell now holds."""

    status: Literal["saved", "conflict", "refused"]
    reason: str = ""
    theirs: str = ""
    absence: str = ""
    marks: tuple[Mark, ...] = ()
    final: str = ""


def lock_lessons(group_id: int, lesson_ids: set[int]) -> None:
    """Lock the lessons of a batch, always in one order: two batches wait in line instead of for each other."""
    if len(lesson_ids) > 1:
        mine = (Lesson.id.in_(lesson_ids), Lesson.group_id == group_id)
        session.execute(select(Lesson.id).where(*mine).order_by(Lesson.id).with_for_update(key_share=True)).all()


def set_cell(group_id: int, entry: CellEntry, *, by: Actor, at: datetime) -> CellOutcome:
    """Do one entry. Nothing is written when it is refused, so that its neighbours stand."""
    try:
        _do(group_id, entry, by, at)
    except Conflict as conflict:
        return _outcome(group_id, entry, "conflict", conflict.reason, conflict.theirs)
    except Refusal as refusal:
        return _outcome(group_id, entry, "refused", refusal.reason)
    return _outcome(group_id, entry, "saved")


def _do(group_id: int, entry: CellEntry, by: Actor, at: datetime) -> None:
    if entry.kind == "period":
        if entry.period_id is None or (entry.code and entry.code not in MARKS):
            raise Refusal("За период ставят отметку, а не пропуск.")
        set_period_mark(group_id, entry.pupil_id, entry.period_id, entry.code, seen=entry.seen, by=by, at=at)
        return
    if entry.lesson_id is None or not _is_of_group(entry.lesson_id, group_id):
        raise Refusal("Этого урока нет в журнале группы. Обновите страницу.")
    if entry.kind == "mark":
        if entry.mark.value and entry.mark.value not in MARKS:
            raise Refusal("Такой отметки нет: ставят 1–5, зач, нз, н/а, осв.")
        set_mark(entry.lesson_id, entry.pupil_id, entry.mark, by=by, at=at)
    else:
        if entry.code and entry.code not in ABSENCES:
            raise Refusal("Такой пометки нет: есть Н, Б, У, О.")
        set_attendance(entry.lesson_id, entry.pupil_id, entry.code, seen=entry.seen, by=by, at=at)


def _is_of_group(lesson_id: int, group_id: int) -> bool:
    """The guard judged the group; a lesson of another one is not written through it."""
    return session.scalar(_lesson(), {"lesson_id": lesson_id, "group_id": group_id}) is not None


def _outcome(
    group_id: int, entry: CellEntry, status: Literal["saved", "conflict", "refused"], reason: str = "", theirs: str = ""
) -> CellOutcome:
    """The outcome with the cell as it stands; nothing of a lesson that is not the group's."""
    if entry.kind == "period":
        final = session.scalar(
            select(PeriodMark.value).where(
                PeriodMark.group_id == group_id, PeriodMark.pupil_id == entry.pupil_id,
                PeriodMark.period_id == entry.period_id, PeriodMark.removed_at.is_(None),
            )
        )  # fmt: skip
        return CellOutcome(status, reason, theirs, final=final or "")
    cell = {"lesson_id": entry.lesson_id, "group_id": group_id, "pupil_id": entry.pupil_id}
    marks, absence = session.scalars(_marks(), cell), session.scalar(_absence(), cell)
    return CellOutcome(status, reason, theirs, absence or "", tuple(marks))


HERE = (Lesson.id == bindparam("lesson_id"), Lesson.group_id == bindparam("group_id"))


@cache
def _lesson() -> Select[int]:
    """Built once, as the next two: every entry asks them."""
    return select(Lesson.id).where(*HERE)


@cache
def _marks() -> Select[Mark]:
    mine = (*HERE, Mark.pupil_id == bindparam("pupil_id"), Mark.removed_at.is_(None))
    return select(Mark).join(Lesson, Lesson.id == Mark.lesson_id).where(*mine).order_by(Mark.id)


@cache
def _absence() -> Select[str]:
    mine = (*HERE, Attendance.pupil_id == bindparam("pupil_id"), Attendance.removed_at.is_(None))
    return select(Attendance.code).join(Lesson, Lesson.id == Attendance.lesson_id).where(*mine)
