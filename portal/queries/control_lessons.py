"""Lessons and journals of a week with what each lacks, for the weekly control."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select

from portal.extensions import session
from portal.models import views
from portal.models.journal import Subject, TeachingGroup
from portal.models.organisation import Period, School
from portal.models.people import Person, SchoolClass
from portal.queries.control import NO_TEACHER
from portal.values.deadlines import local_day
from portal.values.names import class_name, short_name
from portal.values.periods import period_title
from portal.values.week import Week

LESSON, DUE = views.control_lesson.c, views.control_period_mark.c


@dataclass(frozen=True, slots=True)
class ControlLesson:
    """A lesson that was to be held. ``teacher`` held it, ``is_substituted`` in place of the group's own."""

    lesson_id: int
    group_id: int
    class_title: str
    subject: str
    date: date
    number: int
    teacher: str
    is_substituted: bool
    gets_marks: bool
    is_kept: bool
    has_topic: bool
    has_homework: bool
    marks: int
    is_journal_marked: bool

    @property
    def lacks(self) -> tuple[str, ...]:
        """What is missing, in words; a first grade wants neither homework nor marks."""
        wanted = (
            (self.has_topic, "темы"),
            (self.has_homework or not self.gets_marks, "домашнего задания"),
            (self.is_kept, "отметок, пропусков и «Урок проведён»"),
            (self.is_journal_marked or not self.gets_marks, "отметок в журнале за всю неделю"),
        )
        return tuple(what for there, what in wanted if not there)


@dataclass(frozen=True, slots=True)
class UnmarkedJournal:
    """A journal without a mark in the week, though it had ``lessons``."""

    group_id: int
    class_title: str
    subject: str
    teacher: str
    lessons: int


@dataclass(frozen=True, slots=True)
class PeriodJournal:
    """A journal that should have the marks of a period: ``marked`` of ``pupils``; ``finished_on`` the last one."""

    group_id: int
    period_id: int
    class_title: str
    subject: str
    teacher: str
    period: str
    due_on: date
    pupils: int
    marked: int
    finished_on: date | None

    @property
    def is_complete(self) -> bool:
        return self.marked >= self.pupils

    @property
    def is_late(self) -> bool:
        """Complete, but the last mark came after the deadline."""
        return self.is_complete and self.finished_on is not None and self.finished_on > self.due_on


NAMES = (
    SchoolClass.grade, SchoolClass.letter, Subject.name.label("subject"), TeachingGroup.subgroup,
    Person.last_name, Person.first_name, Person.middle_name,
)  # fmt: skip


def lessons(
    school_id: int, week: Week, *, teacher_id: int | None = None, class_id: int | None = None
) -> list[ControlLesson]:
    """The lessons of the week in their order: the school's, a teacher's or a class's. One query."""
    query = (
        select(*views.control_lesson.c, *NAMES)
        .join(TeachingGroup, TeachingGroup.id == LESSON.group_id)
        .join(Subject, Subject.id == TeachingGroup.subject_id)
        .join(SchoolClass, SchoolClass.id == LESSON.class_id)
        .outerjoin(Person, Person.id == LESSON.teacher_id)
        .where(LESSON.school_id == school_id, LESSON.week_start == week.start)
        .order_by(LESSON.date, LESSON.number, SchoolClass.grade, SchoolClass.letter, LESSON.lesson_id)
    )
    if teacher_id is not None:
        query = query.where(LESSON.teacher_id == teacher_id)
    if class_id is not None:
        query = query.where(LESSON.class_id == class_id)
    return [_lesson(row) for row in session.execute(query)]


def _lesson(row: Any) -> ControlLesson:
    return ControlLesson(
        lesson_id=row.lesson_id, group_id=row.group_id, class_title=class_name(row.grade, row.letter),
        subject=_subject(row), date=row.date, number=row.number, teacher=_teacher(row),
        is_substituted=bool(row.is_substituted), gets_marks=bool(row.gets_marks), is_kept=bool(row.is_kept),
        has_topic=bool(row.has_topic), has_homework=bool(row.has_homework), marks=row.marks,
        is_journal_marked=bool(row.is_journal_marked),
    )  # fmt: skip


def _subject(row: Any) -> str:
    return f"{row.subject} ({row.subgroup})" if row.subgroup else str(row.subject)


def _teacher(row: Any) -> str:
    return NO_TEACHER if row.last_name is None else short_name(row.last_name, row.first_name, row.middle_name)


def unmarked_journals(school_id: int, week: Week, class_id: int | None = None) -> list[UnmarkedJournal]:
    """Journals of grade 2 and above that had lessons in the week and not one mark, by class. Two queries."""
    ids = (
        select(LESSON.group_id)
        .where(
            LESSON.school_id == school_id, LESSON.week_start == week.start,
            LESSON.gets_marks == 1, LESSON.is_journal_marked == 0,
        )
    )  # fmt: skip
    if class_id is not None:
        ids = ids.where(LESSON.class_id == class_id)
    counts: dict[int, int] = {}
    for group_id in session.scalars(ids):
        counts[group_id] = counts.get(group_id, 0) + 1
    rows = session.execute(_journals().where(TeachingGroup.id.in_(list(counts))))
    return [
        UnmarkedJournal(
            group_id=row.group_id, class_title=class_name(row.grade, row.letter), subject=_subject(row),
            teacher=_teacher(row), lessons=counts[row.group_id],
        )
        for row in rows
    ]  # fmt: skip


def _journals() -> Any:
    return (
        select(TeachingGroup.id.label("group_id"), *NAMES)
        .join(Subject, Subject.id == TeachingGroup.subject_id)
        .join(SchoolClass, SchoolClass.id == TeachingGroup.class_id)
        .outerjoin(Person, Person.id == TeachingGroup.teacher_id)
        .order_by(SchoolClass.grade, SchoolClass.letter, Subject.name, TeachingGroup.subgroup, TeachingGroup.id)
    )


def period_journals(school_id: int, week: Week, class_id: int | None = None) -> list[PeriodJournal]:
    """Journals whose marks of the last period due are not all there, or came late, by class and subject. One query."""
    query = (
        select(
            *(views.control_period_mark.c[name] for name in ("period_id", "due_on", "pupils", "marked", "last_set_at")),
            TeachingGroup.id.label("group_id"), *NAMES, Period.kind, Period.number, School.timezone,
        )
        .select_from(views.control_period_mark)
        .join(TeachingGroup, TeachingGroup.id == DUE.group_id)
        .join(Subject, Subject.id == TeachingGroup.subject_id)
        .join(SchoolClass, SchoolClass.id == DUE.class_id)
        .join(Period, Period.id == DUE.period_id)
        .join(School, School.id == DUE.school_id)
        .outerjoin(Person, Person.id == TeachingGroup.teacher_id)
        .where(DUE.school_id == school_id, DUE.week_start == week.start, DUE.pupils > 0)
        .order_by(SchoolClass.grade, SchoolClass.letter, Subject.name, TeachingGroup.subgroup, TeachingGroup.id)
    )  # fmt: skip
    if class_id is not None:
        query = query.where(DUE.class_id == class_id)
    found = (_period_journal(row) for row in session.execute(query))
    return [journal for journal in found if journal.is_late or not journal.is_complete]


def _period_journal(row: Any) -> PeriodJournal:
    last = row.last_set_at
    return PeriodJournal(
        group_id=row.group_id, period_id=row.period_id, class_title=class_name(row.grade, row.letter),
        subject=_subject(row), teacher=_teacher(row), period=period_title(row.kind, row.number), due_on=row.due_on,
        pupils=row.pupils, marked=row.marked, finished_on=None if last is None else local_day(last, row.timezone),
    )  # fmt: skip
