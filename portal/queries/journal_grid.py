"""A group's journal for a span: pupils × lessons with marks and absences, averages, period marks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import Integer, SmallInteger, String, and_, bindparam, cast, literal, null, or_, select, union_all

from portal.extensions import session
from portal.models.journal import Attendance, Lesson, Mark, PeriodMark, WorkType
from portal.queries.journal_pupils import GroupPupil, group_pupils
from portal.queries.journal_spans import GroupHeader, Span
from portal.values.average import Average


@dataclass(frozen=True, slots=True)
class GridMark:
    """A mark in a cell."""

    id: int
    value: str
    work_type_id: int
    weight: int


@dataclass(slots=True)
class GridCell:
    """What a pupil has in a lesson."""

    marks: list[GridMark]
    absence: str = ""


@dataclass(frozen=True, slots=True)
class GridLesson:
    """A column."""

    id: int
    date: date
    number: int
    cancelled: bool
    topic: str


@dataclass(frozen=True, slots=True)
class GridRow:
    """A pupil's row; ``cells`` by lesson id, only those that hold something. ``note``: when they came or left."""

    pupil: GroupPupil
    note: str
    cells: dict[int, GridCell]
    average: Average
    period_mark: str


@dataclass(frozen=True, slots=True)
class Grid:
    """The journal's page."""

    lessons: tuple[GridLesson, ...]
    rows: tuple[GridRow, ...]


@dataclass(frozen=True, slots=True)
class WorkTypeChoice:
    """What a mark may be for."""

    id: int
    name: str
    weight: int


@dataclass(frozen=True, slots=True)
class Outline:
    """A grid without its entries: columns and rows."""

    lessons: tuple[GridLesson, ...]
    pupils: tuple[GroupPupil, ...]


def grid(header: GroupHeader, span: Span) -> Grid:
    """Lessons, pupils and all entries of a span (three queries)."""
    return filled(outline(header, span), header, span)


def outline(header: GroupHeader, span: Span) -> Outline:
    """Lessons and pupils of a span (two queries)."""
    rows = session.execute(_lessons_query(), {"group_id": header.id, "first": span.first, "last": span.last})
    lessons = tuple(
        GridLesson(row.id, row.date, row.number, row.status == "cancelled", row.topic or "") for row in rows
    )
    return Outline(lessons, group_pupils(header.id, header.class_id, span.first, span.last))


@cache
def _lessons_query() -> Any:
    return (
        select(Lesson.id, Lesson.date, Lesson.number, Lesson.status, Lesson.topic)
        .where(Lesson.group_id == bindparam("group_id"), Lesson.date.between(bindparam("first"), bindparam("last")))
        .order_by(Lesson.date, Lesson.number, Lesson.key)
    )


def filled(outline: Outline, header: GroupHeader, span: Span) -> Grid:
    """The outline with its entries (one query)."""
    lessons = outline.lessons
    cells, period_marks = _entries(header.id, span)
    rows = []
    for pupil in outline.pupils:
        own = cells.get(pupil.id, {})
        counted = [(mark.value, mark.weight) for cell in own.values() for mark in cell.marks]
        note = pupil.span_note(span.first, span.last)
        rows.append(GridRow(pupil, note, own, Average.of(counted), period_marks.get(pupil.id, "")))
    return Grid(lessons, tuple(rows))


@cache
def _entries_query() -> Any:
    """Marks, absences and period marks of a group between two days; built once, it is asked on every page."""
    here = and_(
        Lesson.group_id == bindparam("group_id"), Lesson.date.between(bindparam("first"), bindparam("last"))
    )  # fmt: skip
    nothing = (cast(null(), Integer), cast(null(), SmallInteger))
    text = String(3)
    marks = (
        select(literal("m").label("kind"), Mark.lesson_id, Mark.pupil_id, Mark.id.label("row_id"),
               cast(Mark.value, text).label("value"), Mark.work_type_id, WorkType.weight)
        .join(Lesson, Lesson.id == Mark.lesson_id)
        .join(WorkType, WorkType.id == Mark.work_type_id)
        .where(here, Mark.removed_at.is_(None))
    )  # fmt: skip
    absences = (
        select(literal("a"), Attendance.lesson_id, Attendance.pupil_id, Attendance.id, cast(Attendance.code, text),
               *nothing)
        .join(Lesson, Lesson.id == Attendance.lesson_id)
        .where(here, Attendance.removed_at.is_(None))
    )  # fmt: skip
    finals = select(
        literal("p"), cast(null(), Integer), PeriodMark.pupil_id, PeriodMark.id, cast(PeriodMark.value, text), *nothing
    ).where(
        PeriodMark.group_id == bindparam("group_id"), PeriodMark.period_id == bindparam("period_id"),
        PeriodMark.removed_at.is_(None),
    )  # fmt: skip
    whole = union_all(marks, absences, finals).subquery()
    return select(whole).order_by(whole.c.row_id)


def _entries(group_id: int, span: Span) -> tuple[dict[int, dict[int, GridCell]], dict[int, str]]:
    """(cells by pupil and lesson, period marks by pupil), in one query."""
    found = session.execute(
        _entries_query(),
        {"group_id": group_id, "first": span.first, "last": span.last, "period_id": span.period_id or 0},
    )
    cells: dict[int, dict[int, GridCell]] = {}
    period_marks: dict[int, str] = {}
    for kind, lesson_id, pupil_id, row_id, value, work_type_id, weight in found:
        if kind == "p":
            period_marks[pupil_id] = value
            continue
        own = cells.setdefault(pupil_id, {})
        cell = own.get(lesson_id)
        if cell is None:
            cell = own[lesson_id] = GridCell([])
        if kind == "a":
            cell.absence = value
        else:
            cell.marks.append(GridMark(row_id, value, work_type_id, weight))
    return cells, period_marks


def work_types(school_id: int) -> tuple[WorkTypeChoice, ...]:
    """The product's work types and the school's own; the usual one first (one query)."""
    rows = session.execute(
        select(WorkType.id, WorkType.name, WorkType.weight)
        .where(or_(WorkType.school_id.is_(None), WorkType.school_id == school_id))
        .order_by(WorkType.position, WorkType.name)
    )
    return tuple(WorkTypeChoice(*row) for row in rows)


def usual_type(topic: str, types: Sequence[WorkTypeChoice]) -> int | None:
    """The work type a lesson's topic begins with, such as «Контрольная работа № 2»; none where it names none."""
    said = topic.casefold()
    named = [one for one in types if said.startswith(one.name.casefold())]
    return max(named, key=lambda one: len(one.name)).id if named else None
