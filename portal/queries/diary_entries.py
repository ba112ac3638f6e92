"""What the journal says to one pupil: marks, absences, homework, and what was changed, in one query."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Date,
    Integer,
    Select,
    Text,
    and_,
    bindparam,
    case,
    cast,
    func,
    literal,
    null,
    or_,
    select,
    union_all,
)  # fmt: skip

from portal.extensions import session
from portal.models.base import UtcMoment
from portal.models.journal import (
    Attendance,
    Homework,
    JournalChange,
    Lesson,
    Mark,
    PeriodMark,
    Subject,
    TeachingGroup,
    WorkType,
)
from portal.models.organisation import Period
from portal.models.people import SchoolClass
from portal.values.marks import UNMARKED_GRADE


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry. ``kind``: mark, attendance, homework (due at the lesson), given (its next lesson is not in the
    timetable yet), period_mark, and «changed:…» for the history of a mark, an absence or a period mark.

    ``value`` is the mark, the code or the text (of a change: what stood after it, and ``note`` what before);
    ``note`` the work type of a mark, ``number`` its weight; ``span`` and ``number`` say which period;
    ``at`` is when it came or was changed last, ``first_at`` when it came; ``key`` names it among its like,
    ``row_id`` its row in the table it comes from.
    """

    kind: str
    row_id: int
    lesson_id: int | None
    key: str
    subject: str
    day: date | None
    value: str
    note: str
    span: str
    number: int | None
    at: datetime
    first_at: datetime


def entries_of(pupil_id: int, lesson_ids: Collection[int], since: datetime | None) -> list[Entry]:
    """All entries of the pupil at ``lesson_ids``; and, with ``since``, all that came or changed after it."""
    asked: dict[str, Any] = {"pupil_id": pupil_id, "lesson_ids": list(lesson_ids)}
    if since is not None:
        asked["since"] = since
    rows = session.execute(_query(since is not None), asked)
    return [Entry(**row._mapping) for row in rows]


PUPIL = bindparam("pupil_id", type_=Integer)
LESSONS = bindparam("lesson_ids", type_=Integer, expanding=True)
SINCE = bindparam("since", type_=UtcMoment)


@cache
def _query(with_news: bool) -> Select[Any]:
    """Built once: every week of a diary asks it."""
    branches = [_marks(with_news), _absences(with_news), _homework()]
    if with_news:
        branches += [_period_marks(), _changes()]
    union = union_all(*branches).subquery()
    return select(union).order_by(union.c.at, union.c.kind, union.c.row_id)


Column = ColumnElement[Any] | Any


def _entry(kind: Column, **columns: Column) -> Select[Any]:
    """One branch of the union: the named columns, the others empty."""
    empty: dict[str, Column] = {
        "row_id": cast(null(), Integer), "lesson_id": cast(null(), Integer),
        "key": literal("", Text), "subject": literal("", Text),
        "day": cast(null(), Date), "value": literal("", Text), "note": literal("", Text),
        "span": literal("", Text), "number": cast(null(), Integer),
        "at": cast(null(), UtcMoment), "first_at": cast(null(), UtcMoment),
    }  # fmt: skip
    kind = literal(kind, Text) if isinstance(kind, str) else kind
    return select(kind.label("kind"), *(column.label(name) for name, column in (empty | columns).items()))


def _at(moment: Column, with_news: bool) -> ColumnElement[bool]:
    at_them = Lesson.id.in_(LESSONS)
    return or_(at_them, moment > SINCE) if with_news else at_them


def _marks(with_news: bool) -> Select[Any]:
    return (
        _entry(
            "mark", row_id=Mark.id, lesson_id=Mark.lesson_id, key=cast(Mark.key, Text),
            subject=Subject.name, day=Lesson.date,
            value=cast(Mark.value, Text), note=WorkType.name, number=cast(WorkType.weight, Integer),
            at=Mark.set_at, first_at=Mark.set_at,
        )
        .join_from(Mark, Lesson, Lesson.id == Mark.lesson_id)
        .join(TeachingGroup, TeachingGroup.id == Lesson.group_id)
        .join(SchoolClass, SchoolClass.id == Lesson.class_id)
        .join(Subject, Subject.id == TeachingGroup.subject_id)
        .join(WorkType, WorkType.id == Mark.work_type_id)
        .where(
            Mark.pupil_id == PUPIL, Mark.removed_at.is_(None), SchoolClass.grade > UNMARKED_GRADE,
            _at(Mark.set_at, with_news),
        )
    )  # fmt: skip


def _absences(with_news: bool) -> Select[Any]:
    return (
        _entry(
            "attendance", row_id=Attendance.id, lesson_id=Attendance.lesson_id, subject=Subject.name, day=Lesson.date,
            value=cast(Attendance.code, Text), at=Attendance.set_at, first_at=Attendance.set_at,
        )
        .join_from(Attendance, Lesson, Lesson.id == Attendance.lesson_id)
        .join(TeachingGroup, TeachingGroup.id == Lesson.group_id)
        .join(Subject, Subject.id == TeachingGroup.subject_id)
        .where(
            Attendance.pupil_id == PUPIL, Attendance.removed_at.is_(None),
            _at(Attendance.set_at, with_news),
        )
    )  # fmt: skip


def _homework() -> Select[Any]:
    """Homework due at a lesson, or given at it with no lesson yet to be due at."""
    waits = Homework.lesson_id.is_(None)
    return (
        _entry(
            case((waits, literal("given", Text)), else_=literal("homework", Text)),
            row_id=Homework.id, lesson_id=func.coalesce(Homework.lesson_id, Homework.given_at_id),
            key=cast(Homework.key, Text), subject=Subject.name, day=Lesson.date, value=Homework.text,
            at=func.coalesce(Homework.updated_at, Homework.issued_at), first_at=Homework.issued_at,
        )
        .join_from(Homework, TeachingGroup, TeachingGroup.id == Homework.group_id)
        .join(Subject, Subject.id == TeachingGroup.subject_id)
        .outerjoin(Lesson, Lesson.id == Homework.lesson_id)
        .where(
            Homework.removed_at.is_(None),
            or_(Homework.lesson_id.in_(LESSONS), and_(waits, Homework.given_at_id.in_(LESSONS))),
        )
    )  # fmt: skip


def _period_marks() -> Select[Any]:
    """New marks for a period, or (an empty ``span``) for the year."""
    key = case(
        (PeriodMark.period_id.is_(None), literal("year:", Text) + cast(PeriodMark.year, Text)),
        else_=literal("period:", Text) + cast(PeriodMark.period_id, Text),
    )
    return (
        _entry(
            "period_mark", row_id=PeriodMark.id, key=key, subject=Subject.name, value=cast(PeriodMark.value, Text),
            span=func.coalesce(cast(Period.kind, Text), ""), number=Period.number,
            at=PeriodMark.set_at, first_at=PeriodMark.set_at,
        )
        .join_from(PeriodMark, TeachingGroup, TeachingGroup.id == PeriodMark.group_id)
        .join(Subject, Subject.id == TeachingGroup.subject_id)
        .outerjoin(Period, Period.id == PeriodMark.period_id)
        .where(PeriodMark.pupil_id == PUPIL, PeriodMark.removed_at.is_(None), PeriodMark.set_at > SINCE)
    )  # fmt: skip


def _changes() -> Select[Any]:
    """The history since then of the pupil's marks, absences and period marks."""
    its_period = literal("period:", Text) + cast(Period.id, Text) == JournalChange.subject_key
    return (
        _entry(
            literal("changed:", Text) + cast(JournalChange.kind, Text), row_id=JournalChange.id,
            lesson_id=JournalChange.lesson_id, key=func.coalesce(cast(JournalChange.subject_key, Text), ""),
            subject=Subject.name, day=Lesson.date, value=func.coalesce(JournalChange.after, ""),
            note=func.coalesce(JournalChange.before, ""), span=func.coalesce(cast(Period.kind, Text), ""),
            number=Period.number, at=JournalChange.at, first_at=JournalChange.at,
        )
        .join_from(JournalChange, TeachingGroup, TeachingGroup.id == JournalChange.group_id)
        .join(Subject, Subject.id == TeachingGroup.subject_id)
        .outerjoin(Lesson, Lesson.id == JournalChange.lesson_id)
        .outerjoin(Period, and_(JournalChange.kind == "period_mark", its_period))
        .where(
            JournalChange.pupil_id == PUPIL, JournalChange.at > SINCE,
            JournalChange.kind.in_(("mark", "attendance", "period_mark")),
        )
    )  # fmt: skip
