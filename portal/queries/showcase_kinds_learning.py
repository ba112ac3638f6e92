"""The showcase's kinds out of the journals: homework, marks, weekly statistics by subject."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from portal.models import views
from portal.models.journal import Homework, Lesson, Mark, PeriodMark, Subject, TeachingGroup, WorkType
from portal.models.organisation import AcademicYear, Period
from portal.models.people import Person, SchoolClass
from portal.queries.showcase_scope import Query, Scope, Source
from portal.values.table import Column

GROUP = (TeachingGroup.key, SchoolClass.key, Subject.name, TeachingGroup.subgroup)
GROUP_COLUMNS = (
    Column("group_id", "Ключ группы"),
    Column("class_id", "Ключ класса"),
    Column("subject", "Предмет"),
    Column("subgroup", "Подгруппа"),
)


def _with_group(query: Query, group_id: Any) -> Query:
    return (
        query.join(TeachingGroup, TeachingGroup.id == group_id)
        .join(SchoolClass, SchoolClass.id == TeachingGroup.class_id)
        .join(Subject, Subject.id == TeachingGroup.subject_id)
    )


def _homework(scope: Scope) -> Query:
    """What is due at the lessons of the current period and later."""
    query = select(Homework.key, *GROUP, Lesson.date, Homework.text, Homework.issued_at, Homework.updated_at)
    return (
        _with_group(query.join(Lesson, Lesson.id == Homework.lesson_id), Lesson.group_id)
        .where(
            Lesson.school_id == scope.school_id, Lesson.week_start >= scope.period_week, Lesson.status != "cancelled",
            Homework.removed_at.is_(None), Homework.text != "",
        )
        .order_by(Lesson.date, Lesson.number, Lesson.id, Homework.id)
    )  # fmt: skip


def _marks(scope: Scope) -> Query:
    """Every mark in a lesson of the current period."""
    query = select(
        Mark.key,
        *GROUP,
        Lesson.date,
        Lesson.number,
        Person.key,
        Mark.value,
        WorkType.name,
        WorkType.weight,
        Mark.set_at,
    )
    return (
        _with_group(query.select_from(Lesson).join(Mark, Mark.lesson_id == Lesson.id), Lesson.group_id)
        .join(Person, Person.id == Mark.pupil_id)
        .join(WorkType, WorkType.id == Mark.work_type_id)
        .where(
            Lesson.school_id == scope.school_id, Lesson.week_start >= scope.period_week,
            Lesson.date <= scope.week.sunday, Lesson.status != "cancelled", Mark.removed_at.is_(None),
            Mark.pupil_id.in_(scope.pupils),
        )
        .order_by(Lesson.date, Lesson.number, Lesson.id, Mark.id)
    )  # fmt: skip


def _period_marks(scope: Scope) -> Query:
    """The marks for the periods of the school year."""
    query = select(
        Period.key, Period.kind, Period.number, *GROUP, Person.key, PeriodMark.value, PeriodMark.set_at
    ).join(Period, Period.id == PeriodMark.period_id)
    return (
        _with_group(query, PeriodMark.group_id)
        .join(Person, Person.id == PeriodMark.pupil_id)
        .where(
            Period.school_id == scope.school_id, Period.year == scope.year, PeriodMark.removed_at.is_(None),
            TeachingGroup.school_id == scope.school_id, PeriodMark.pupil_id.in_(scope.pupils),
        )
        .order_by(Period.starts_on, Period.id, TeachingGroup.id, Person.sort_key, Person.id)
    )  # fmt: skip


def _year_marks(scope: Scope) -> Query:
    """The marks for the last school year that is over."""
    ended = (
        select(AcademicYear.year)
        .where(AcademicYear.school_id == scope.school_id, AcademicYear.ends_on < scope.week.start)
        .order_by(AcademicYear.year.desc())
        .limit(1)
        .scalar_subquery()
    )
    query = select(PeriodMark.year, *GROUP, Person.key, PeriodMark.value, PeriodMark.set_at).select_from(PeriodMark)
    return (
        _with_group(query, PeriodMark.group_id)
        .join(Person, Person.id == PeriodMark.pupil_id)
        .where(
            TeachingGroup.school_id == scope.school_id, PeriodMark.year == ended, PeriodMark.removed_at.is_(None),
            PeriodMark.pupil_id.in_(scope.pupils),
        )
        .order_by(TeachingGroup.id, Person.sort_key, Person.id)
    )  # fmt: skip


def _statistics(scope: Scope) -> Query:
    """The last week that is over, if it is of the current period."""
    week = views.subject_week.c
    weighed = 5 * week.fives + 4 * week.fours + 3 * week.threes + 2 * week.twos + week.ones
    counted = week.fives + week.fours + week.threes + week.twos + week.ones
    return (
        select(
            week.week_start, Subject.key, Subject.name, week.lessons, week.pupils, week.marks, week.fives, week.fours,
            week.threes, week.twos, week.ones, weighed.label("weighed"), counted.label("counted"),
        )
        .select_from(views.subject_week)
        .join(Subject, Subject.id == week.subject_id)
        .where(
            week.school_id == scope.school_id,
            week.week_start == scope.taught_week,
            week.week_start >= scope.period_week,
        )
        .order_by(Subject.name, Subject.id)
    )  # fmt: skip


HOMEWORK = Source(
    (
        Column("homework_id", "Ключ задания"),
        *GROUP_COLUMNS,
        Column("due_on", "К уроку", "date"),
        Column("text", "Задание"),
        Column("issued_at", "Задано", "moment"),
        Column("updated_at", "Изменено", "moment"),
    ),
    _homework,
)
MARKS = Source(
    (
        Column("mark_id", "Ключ отметки"),
        *GROUP_COLUMNS,
        Column("date", "Дата урока", "date"),
        Column("number", "Номер урока", "int"),
        Column("person_id", "Ключ ученика"),
        Column("value", "Отметка"),
        Column("work_type", "Вид работы"),
        Column("weight", "Вес", "int"),
        Column("set_at", "Выставлена", "moment"),
    ),
    _marks,
)
PERIOD_MARKS = Source(
    (
        Column("period_id", "Ключ периода"),
        Column("kind", "Вид"),
        Column("number", "Номер", "int"),
        *GROUP_COLUMNS,
        Column("person_id", "Ключ ученика"),
        Column("value", "Отметка"),
        Column("set_at", "Выставлена", "moment"),
    ),
    _period_marks,
)
YEAR_MARKS = Source(
    (
        Column("year", "Учебный год с", "int"),
        *GROUP_COLUMNS,
        Column("person_id", "Ключ ученика"),
        Column("value", "Отметка"),
        Column("set_at", "Выставлена", "moment"),
    ),
    _year_marks,
)
STATISTICS = Source(
    (
        Column("week_start", "Неделя с", "date"),
        Column("subject_id", "Ключ предмета"),
        Column("subject", "Предмет"),
        Column("lessons", "Уроков", "int"),
        Column("pupils", "Учеников с отметками", "int"),
        Column("marks", "Отметок", "int"),
        Column("fives", "«5»", "int"),
        Column("fours", "«4»", "int"),
        Column("threes", "«3»", "int"),
        Column("twos", "«2»", "int"),
        Column("ones", "«1»", "int"),
        Column("sum", "Сумма отметок 1–5", "int"),
        Column("counted", "Отметок 1–5", "int"),
    ),
    _statistics,
)
