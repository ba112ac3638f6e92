"""Marks and absences of a pupil in a lesson."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from sqlalchemy import Select, bindparam, or_, select

from portal.access.actor import Actor
from portal.extensions import session
from portal.models.journal import Attendance, Mark, WorkType
from portal.operations.counted_days import touch
from portal.operations.journal_history import record
from portal.operations.journal_lesson import OpenLesson, check_held, check_pupil, open_lesson
from portal.values.conflict import Conflict
from portal.values.deadlines import local_day
from portal.values.marks import UNMARKED_GRADE, mark_state
from portal.values.refusal import Refusal

MARKS_DO = "ставить отметки"
ABSENCES_DO = "отмечать посещение"


@dataclass(frozen=True, slots=True)
class MarkEntry:
    """What a form says about one mark of a cell.

    ``value`` empty removes it. ``mark_id`` names the mark to change, none for a new one; ``key`` is the
    form's one-time key, which makes a form sent twice one mark. ``seen`` is the mark as the teacher saw it
    (:func:`portal.values.marks.mark_state`, empty for none), ``known`` how many marks they saw in the cell.
    ``work_type_id`` none means the usual «Ответ на уроке», or the type the mark has.
    """

    value: str
    work_type_id: int | None = None
    mark_id: int | None = None
    key: str = ""
    seen: str = ""
    known: int | None = None


def set_mark(lesson_id: int, pupil_id: int, entry: MarkEntry, *, by: Actor, at: datetime) -> Mark | None:
    """Set, change or remove a mark; returns it as it now stands, ``None`` where it is gone.

    ``set_at`` is the first arrival and stays. ``Refusal``: grade 1, a cancelled or coming lesson, a pupil
    who was not there, a foreign work type; ``Conflict``: the cell is no longer what the teacher saw.
    """
    opened = open_lesson(lesson_id, pupil_id)
    types = _work_types(opened.lesson.school_id)
    cell = list(session.scalars(_cell(), {"lesson_id": lesson_id, "pupil_id": pupil_id}))
    key = _stored_key(lesson_id, pupil_id, entry.key, by)
    mark = next((m for m in cell if m.id == entry.mark_id or (entry.mark_id is None and m.key == key)), None)
    work_type = _chosen_type(types, entry, mark)
    standing = "" if mark is None or mark.removed_at else mark_state(mark.value, mark.work_type_id)
    if standing == (mark_state(entry.value, work_type.id) if entry.value else ""):
        return mark if standing else None  # sent twice, or nothing to remove
    if entry.value:
        _check_entry(opened, at)
    live = [m for m in cell if m.removed_at is None]
    unknown = mark is None and (entry.mark_id is not None or entry.known not in {None, len(live)})
    if standing != entry.seen or unknown or (mark is not None and mark.removed_at):
        theirs = _said(mark, types) if mark is not None else ", ".join(_said(m, types) for m in live)
        raise Conflict(theirs, f"{entry.value} · {work_type.name}" if entry.value else "")
    before = _said(mark, types)
    if mark is None:
        mark = Mark(key=key, lesson_id=lesson_id, pupil_id=pupil_id, set_at=at)
        session.add(mark)
    if entry.value:
        mark.value, mark.work_type_id = entry.value, work_type.id
    else:
        mark.removed_at = at
        touch(opened.lesson.school_id, "marks", [local_day(mark.set_at, opened.timezone)], opened.timezone)
    record(
        "mark", before, _said(mark, types), group_id=opened.lesson.group_id, lesson_id=lesson_id, pupil_id=pupil_id,
        subject_key=mark.key, by=by, at=at,
    )  # fmt: skip
    session.flush()
    return mark if entry.value else None


def set_attendance(
    lesson_id: int, pupil_id: int, code: str, *, seen: str | None, by: Actor, at: datetime
) -> Attendance | None:
    """Set, change or (empty ``code``) remove an absence; returns what stands. ``seen``: the code the teacher saw."""
    opened = open_lesson(lesson_id, pupil_id)
    row = session.scalar(
        select(Attendance).where(Attendance.lesson_id == lesson_id, Attendance.pupil_id == pupil_id)
    )  # fmt: skip
    standing = "" if row is None or row.removed_at else row.code
    if standing == code:
        return row if standing else None
    if code:
        check_held(opened, at, ABSENCES_DO)
        check_pupil(opened)
    if seen is not None and standing != seen:
        raise Conflict(standing, code)
    if row is None:
        row = Attendance(lesson_id=lesson_id, pupil_id=pupil_id, code=code, set_at=at)
        session.add(row)
    if code:
        if row.removed_at is not None:
            row.set_at, row.removed_at = at, None
        row.code = code
    else:
        row.removed_at = at
    record(
        "attendance", standing, code, group_id=opened.lesson.group_id, lesson_id=lesson_id, pupil_id=pupil_id,
        by=by, at=at,
    )  # fmt: skip
    session.flush()
    return row if code else None


def _check_entry(opened: OpenLesson, at: datetime) -> None:
    if opened.grade == UNMARKED_GRADE:
        raise Refusal("В первых классах отметок нет: обучение безотметочное. Запишите слова в комментарий к уроку.")
    check_held(opened, at, MARKS_DO)
    check_pupil(opened)


def _work_types(school_id: int) -> dict[int, WorkType]:
    """The product's work types and the school's own, the usual one first."""
    return {row.id: row for row in session.scalars(_types(), {"school_id": school_id})}


@cache
def _types() -> Select[WorkType]:
    """Built once, as the next: every mark asks them."""
    mine = or_(WorkType.school_id.is_(None), WorkType.school_id == bindparam("school_id"))
    return select(WorkType).where(mine).order_by(WorkType.position)


@cache
def _cell() -> Select[Mark]:
    """A pupil's marks in a lesson, removed ones too."""
    here = (Mark.lesson_id == bindparam("lesson_id"), Mark.pupil_id == bindparam("pupil_id"))
    return select(Mark).where(*here).order_by(Mark.id)


def _chosen_type(types: dict[int, WorkType], entry: MarkEntry, mark: Mark | None) -> WorkType:
    if entry.work_type_id is None:
        return types[mark.work_type_id] if mark and mark.work_type_id in types else next(iter(types.values()))
    if entry.work_type_id not in types:
        raise Refusal("Такого вида работы в вашей школе нет. Обновите страницу и выберите вид из списка.")
    return types[entry.work_type_id]


def _said(mark: Mark | None, types: dict[int, WorkType]) -> str:
    """«5 · Контрольная работа»; empty for no mark."""
    if mark is None or mark.removed_at is not None:
        return ""
    work_type = types.get(mark.work_type_id)
    return f"{mark.value} · {work_type.name}" if work_type else mark.value


def _stored_key(lesson_id: int, pupil_id: int, form_key: str, by: Actor) -> str | None:
    """The form's one-time key, made this cell's and this teacher's own: no key of another mark can be named."""
    if not form_key:
        return None
    place = f"{lesson_id}:{pupil_id}:{by.person_id}:{form_key}"
    return hashlib.sha256(place.encode()).hexdigest()[:24]
