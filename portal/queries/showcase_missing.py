"""What exactly a school lacks of a kind of the showcase: pupils, classes, journals, subjects, fields."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import aliased

from portal.content.showcase import SCHOOL_FIELDS, Items, Kind
from portal.extensions import session
from portal.models import views
from portal.models.journal import Subject, TeachingGroup
from portal.models.people import Person, SchoolClass
from portal.queries.units import Unit
from portal.values.names import class_name, full_name, short_name
from portal.values.table import Column, Row, Table
from portal.values.week import Week

Keyed = list[tuple[int | None, Row]]
"""(what the row is about, its cells)."""


def missing_table(unit: Unit, day: date, kind: Kind, *, with_names: bool) -> Table:
    """The items of a kind that are not there, each with its id as the row's key.

    Without ``with_names`` (offices) pupils are counted by class, and journals go without their teachers.
    """
    week = Week.of(day)
    columns: tuple[Column, ...]
    if kind.of == "pupils":
        columns, read = (PUPILS, _pupils) if with_names else (PUPIL_COUNTS, _pupil_counts)
        rows = read(unit.unit_id, week, kind)
    else:
        columns, rows = COLUMNS[kind.of], READERS[kind.of](_missing(unit.unit_id, week, kind))
    if kind.of == "journals" and not with_names:
        columns, rows = columns[:-1], [(key, row[:-1]) for key, row in rows]
    return Table(
        title=f"{kind.name}: {kind.lacking}",
        subtitle=unit.as_of(day),
        columns=columns,
        rows=tuple(row for _, row in rows),
        row_keys=tuple(key for key, _ in rows),
        notes=(f"Считаются {kind.explained}",),
    )


def _missing(school_id: int, week: Week, kind: Kind) -> Select[Any]:
    """The items none of whose rows is there."""
    view = views.showcase_view(kind.code).c
    return (
        select(view.item_id)
        .where(view.school_id == school_id, view.week_start == week.start)
        .group_by(view.item_id)
        .having(func.max(view.is_present) == 0)
    )


def _pupil_counts(school_id: int, week: Week, kind: Kind) -> Keyed:
    view = views.showcase_view(kind.code).c
    rows = session.execute(
        select(
            SchoolClass.id, SchoolClass.grade, SchoolClass.letter,
            func.count(view.item_id.distinct()) - func.sum(view.is_present), func.count(view.item_id.distinct()),
        )
        .select_from(views.showcase_view(kind.code))
        .join(SchoolClass, SchoolClass.id == view.class_id)
        .where(view.school_id == school_id, view.week_start == week.start)
        .group_by(SchoolClass.id, SchoolClass.grade, SchoolClass.letter)
        .having(func.min(view.is_present) == 0)
        .order_by(SchoolClass.grade, SchoolClass.letter, SchoolClass.id)
    )  # fmt: skip
    return [(row.id, (class_name(row.grade, row.letter), int(row[3]), row[4])) for row in rows]


def _pupils(school_id: int, week: Week, kind: Kind) -> Keyed:
    view = views.showcase_view(kind.code).c
    rows = session.execute(
        select(
            Person.id, Person.last_name, Person.first_name, Person.middle_name, SchoolClass.grade, SchoolClass.letter
        )
        .select_from(views.showcase_view(kind.code))
        .join(Person, Person.id == view.item_id)
        .join(SchoolClass, SchoolClass.id == view.class_id)
        .where(view.school_id == school_id, view.week_start == week.start, view.is_present == 0)
        .order_by(SchoolClass.grade, SchoolClass.letter, SchoolClass.id, Person.sort_key, Person.id)
    )
    return [
        (row.id, (full_name(row.last_name, row.first_name, row.middle_name), class_name(row.grade, row.letter)))
        for row in rows
    ]


def _classes(items: Select[Any]) -> Keyed:
    rows = session.execute(
        select(SchoolClass.id, SchoolClass.grade, SchoolClass.letter)
        .where(SchoolClass.id.in_(items))
        .order_by(SchoolClass.grade, SchoolClass.letter, SchoolClass.id)
    )
    return [(row.id, (class_name(row.grade, row.letter),)) for row in rows]


def _journals(items: Select[Any]) -> Keyed:
    teacher = aliased(Person)
    rows = session.execute(
        select(
            TeachingGroup.id, TeachingGroup.subgroup, Subject.name, SchoolClass.grade, SchoolClass.letter,
            teacher.last_name, teacher.first_name, teacher.middle_name,
        )
        .join(SchoolClass, SchoolClass.id == TeachingGroup.class_id)
        .join(Subject, Subject.id == TeachingGroup.subject_id)
        .join(teacher, teacher.id == TeachingGroup.teacher_id, isouter=True)
        .where(TeachingGroup.id.in_(items))
        .order_by(SchoolClass.grade, SchoolClass.letter, Subject.name, TeachingGroup.subgroup, TeachingGroup.id)
    )  # fmt: skip
    return [
        (
            row.id,
            (
                f"{row.name} ({row.subgroup})" if row.subgroup else row.name,
                class_name(row.grade, row.letter),
                short_name(row.last_name, row.first_name, row.middle_name) if row.last_name else "",
            ),
        )
        for row in rows
    ]


def _subjects(items: Select[Any]) -> Keyed:
    rows = session.execute(
        select(Subject.id, Subject.name).where(Subject.id.in_(items)).order_by(Subject.name, Subject.id)
    )
    return [(row.id, (row.name,)) for row in rows]


def _fields(items: Select[Any]) -> Keyed:
    return [(number, (SCHOOL_FIELDS[number],)) for number in sorted(session.scalars(items))]


def _nothing(items: Select[Any]) -> Keyed:
    """An event that is not there has no row."""
    return []


READERS: dict[Items, Callable[[Select[Any]], Keyed]] = {
    "classes": _classes,
    "journals": _journals,
    "subjects": _subjects,
    "fields": _fields,
    "events": _nothing,
}

PUPILS = (Column("name", "Фамилия, имя, отчество", weight=3), Column("class", "Класс"))
PUPIL_COUNTS = (Column("class", "Класс"), Column("lacking", "Не хватает", "int"), Column("all", "Учеников", "int"))

COLUMNS: dict[Items, tuple[Column, ...]] = {
    "classes": (Column("class", "Класс"),),
    "journals": (
        Column("subject", "Предмет", weight=2),
        Column("class", "Класс"),
        Column("teacher", "Учитель", weight=2),
    ),
    "subjects": (Column("subject", "Предмет"),),
    "fields": (Column("field", "Реквизит"),),
    "events": (Column("event", "Мероприятие"),),
}
