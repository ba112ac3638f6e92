"""«Непереведённые»: pupils still in a class of a past school year (domain/indicators.md)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from portal.extensions import session
from portal.models import views
from portal.models.people import Person, SchoolClass
from portal.queries.units import Unit
from portal.values.names import class_name, full_name
from portal.values.table import Cell, Column, Row, Table
from portal.values.week import Week

TITLE = "Непереведённые ученики"
NOTE = (
    "Непереведённые — ученики, которые всё ещё числятся в классе прошлого учебного года, хотя в школе или в её "
    "муниципалитете уже начался следующий."
)


@dataclass(frozen=True, slots=True)
class Counts:
    """Distinct pupils, and the classes of past years they are in."""

    pupils: int = 0
    classes: int = 0


def counts(school_ids: Collection[int], week: Week) -> dict[int, Counts]:
    """Every school's, in one query."""
    view = views.not_moved_up.c
    rows = session.execute(
        select(view.school_id, func.count(view.person_id.distinct()), func.count(view.class_id.distinct()))
        .where(view.school_id.in_(list(school_ids)), view.week_start == week.start)
        .group_by(view.school_id)
    )
    found = {school_id: Counts(pupils, classes) for school_id, pupils, classes in rows}
    return {school_id: found.get(school_id, Counts()) for school_id in school_ids}


def units_table(unit: Unit, found: Mapping[int, Counts], day: date) -> Table:
    """A municipality's schools, or a region's municipalities, the most pupils first; the unit as the last row."""
    rows = sorted(
        ((each, _sum(each, found)) for each in unit.units), key=lambda pair: (-pair[1].pupils, -pair[1].classes)
    )
    return Table(
        title=TITLE,
        subtitle=unit.as_of(day),
        columns=(
            Column("unit", "Муниципалитет" if unit.level == "region" else "Школа", weight=3),
            Column("pupils", "Учеников", "int"),
            Column("classes", "Классов прошлых лет", "int"),
        ),
        rows=tuple((each.name, *_cells(own)) for each, own in rows),
        totals=("Регион" if unit.level == "region" else "Муниципалитет", *_cells(_sum(unit, found))) if rows else None,
        row_keys=tuple(each.unit_id for each, _ in rows),
        notes=(NOTE,),
    )


def _sum(unit: Unit, found: Mapping[int, Counts]) -> Counts:
    own = [found[school_id] for school_id in unit.school_ids]
    return Counts(sum(each.pupils for each in own), sum(each.classes for each in own))


def _cells(own: Counts) -> Row:
    return (Cell(own.pupils, "bad" if own.pupils else "good"), own.classes)


def pupils_table(unit: Unit, day: date) -> Table:
    """A school's pupils not moved up, by name. For the school only."""
    view = views.not_moved_up.c
    rows = session.execute(
        select(
            Person.id, Person.last_name, Person.first_name, Person.middle_name,
            SchoolClass.grade, SchoolClass.letter, SchoolClass.year,
        )
        .select_from(views.not_moved_up)
        .join(Person, Person.id == view.person_id)
        .join(SchoolClass, SchoolClass.id == view.class_id)
        .where(view.school_id == unit.unit_id, view.week_start == Week.of(day).start)
        .order_by(SchoolClass.year, SchoolClass.grade, SchoolClass.letter, Person.sort_key, Person.id)
    ).all()  # fmt: skip
    return Table(
        title=TITLE,
        subtitle=unit.as_of(day),
        columns=(
            Column("name", "Фамилия, имя, отчество", weight=3),
            Column("class", "Класс"),
            Column("year", "Учебный год класса"),
        ),
        rows=tuple(
            (
                full_name(row.last_name, row.first_name, row.middle_name),
                class_name(row.grade, row.letter),
                year_title(row.year),
            )
            for row in rows
        ),
        row_keys=tuple(row.id for row in rows),
        notes=(NOTE,),
    )


def classes_table(unit: Unit, day: date) -> Table:
    """The same by class in numbers: what an office may see of a school."""
    view = views.not_moved_up.c
    rows = session.execute(
        select(SchoolClass.grade, SchoolClass.letter, SchoolClass.year, func.count(view.person_id.distinct()))
        .select_from(views.not_moved_up)
        .join(SchoolClass, SchoolClass.id == view.class_id)
        .where(view.school_id == unit.unit_id, view.week_start == Week.of(day).start)
        .group_by(SchoolClass.id, SchoolClass.grade, SchoolClass.letter, SchoolClass.year)
        .order_by(SchoolClass.year, SchoolClass.grade, SchoolClass.letter, SchoolClass.id)
    ).all()
    return Table(
        title=TITLE,
        subtitle=unit.as_of(day),
        columns=(Column("class", "Класс"), Column("year", "Учебный год класса"), Column("pupils", "Учеников", "int")),
        rows=tuple((class_name(grade, letter), year_title(year), pupils) for grade, letter, year, pupils in rows),
        notes=(NOTE,),
    )


def year_title(year: int) -> str:
    """«2026/27»."""
    return f"{year}/{(year + 1) % 100:02d}"
