"""The digital profile as tables: units by figures, and a school's pupils by what they lack."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from sqlalchemy import and_, case, func, select

from portal.extensions import session
from portal.models import views
from portal.models.people import Person, SchoolClass
from portal.queries.digital_profile import TARGET, Profile, pooled
from portal.queries.units import Unit
from portal.values.names import class_name, full_name
from portal.values.percent import Percent
from portal.values.plural import plural
from portal.values.table import Cell, Column, Row, State, Table
from portal.values.week import Week

FORMULA = (
    "Цифровой профиль — ученики с активированной учётной записью и документом (паспорт, свидетельство о рождении или "
    "СНИЛС) от контингента школы по форме ОО-1. Цель — 100 %. Ученики, чьи данные обрабатывать нельзя, не входят ни в "
    "то, ни в другое."
)
ESIA = "ЕСИА — доля тех, кто хотя бы раз вошёл через ЕСИА."

COLUMNS = (
    Column("contingent", "Контингент ОО-1", "int"),
    Column("restricted", "Обработка запрещена", "int"),
    Column("with_profile", "есть", "int", group="Цифровой профиль"),
    Column("digital_profile", "%", "percent", group="Цифровой профиль", threshold=TARGET),
    Column("change", "за неделю", "change", group="Цифровой профиль"),
    Column("without_document", "Без документа", "int"),
    Column("pupils_esia", "ученики", "percent", group="Вошли через ЕСИА, %"),
    Column("guardians_esia", "родители", "percent", group="Вошли через ЕСИА, %"),
    Column("teachers_esia", "учителя", "percent", group="Вошли через ЕСИА, %"),
)


def units_table(unit: Unit, found: Mapping[int, Profile], day: date) -> Table:
    """A municipality's schools, or a region's municipalities; the unit itself as the last row."""
    whole = pooled(found[school_id] for school_id in unit.school_ids)
    rows = [(each, pooled(found[school_id] for school_id in each.school_ids)) for each in unit.units]
    notes = [FORMULA, ESIA]
    if whole.unknown:
        silent = plural(whole.unknown, "школа", "школы", "школ")
        notes.append(f"Без контингента ОО-1: {silent}. В доле не участвуют, пока он не указан.")
    return Table(
        title="Цифровой профиль",
        subtitle=unit.as_of(day),
        columns=(Column("unit", "Муниципалитет" if unit.level == "region" else "Школа", weight=3), *COLUMNS),
        rows=tuple((each.name, *_cells(profile)) for each, profile in rows),
        totals=("Регион" if unit.level == "region" else "Муниципалитет", *_cells(whole)) if rows else None,
        notes=tuple(notes),
        row_keys=tuple(each.unit_id for each, _ in rows),
    )


def _cells(profile: Profile) -> Row:
    state: State = "muted" if profile.met is None else "good" if profile.met else "bad"
    esia: tuple[Percent, ...] = (profile.pupils_esia, profile.guardians_esia, profile.teachers_esia)
    return (
        profile.contingent, profile.restricted, profile.percent.numerator, Cell(profile.percent, state), profile.change,
        profile.without_document, *esia,
    )  # fmt: skip


def pupils_table(unit: Unit, day: date) -> Table:
    """A school's pupils who are not in the numerator, by class and name, and what each lacks. For the school only."""
    pupil = views.profile.c
    rows = session.execute(
        select(
            Person.id, Person.last_name, Person.first_name, Person.middle_name, SchoolClass.grade, SchoolClass.letter,
            pupil.has_document, pupil.is_activated, pupil.is_restricted,
        )
        .select_from(views.profile)
        .join(Person, Person.id == pupil.person_id)
        .join(SchoolClass, SchoolClass.id == pupil.class_id)
        .where(
            pupil.school_id == unit.unit_id,
            pupil.week_start == Week.of(day).start,
            (pupil.has_document == 0) | (pupil.is_activated == 0) | (pupil.is_restricted == 1),
        )
        .order_by(pupil.is_restricted, SchoolClass.grade, SchoolClass.letter, Person.sort_key, Person.id)
    ).all()  # fmt: skip
    return Table(
        title="Кому не хватает до цифрового профиля",
        subtitle=unit.as_of(day),
        columns=(
            Column("name", "Фамилия, имя, отчество", weight=3),
            Column("class", "Класс"),
            Column("lacking", "Чего не хватает", weight=2),
        ),
        rows=tuple(
            (
                full_name(row.last_name, row.first_name, row.middle_name),
                class_name(row.grade, row.letter),
                lacking(row.has_document, row.is_activated, row.is_restricted),
            )
            for row in rows
        ),
        row_keys=tuple(row.id for row in rows),
    )


def lacking(has_document: int, is_activated: int, is_restricted: int) -> str:
    """«документа», «активации», both; or why the pupil does not count at all; empty where nothing is missing."""
    if is_restricted:
        return "обработка данных запрещена"
    missing = [word for word, there in (("документа", has_document), ("активации", is_activated)) if not there]
    return " и ".join(missing)


def classes_table(unit: Unit, day: date) -> Table:
    """The same by class in numbers: what an office may see of a school."""
    pupil = views.profile.c
    free = pupil.is_restricted == 0

    def count(*conditions: object) -> object:
        return func.count(case((and_(*conditions), pupil.person_id)).distinct())  # type: ignore[arg-type]

    rows = session.execute(
        select(
            SchoolClass.id, SchoolClass.grade, SchoolClass.letter, func.count(pupil.person_id.distinct()),
            count(free, pupil.has_document == 1, pupil.is_activated == 1), count(free, pupil.has_document == 0),
            count(free, pupil.is_activated == 0), count(pupil.is_restricted == 1),
        )  # type: ignore[call-overload]
        .select_from(views.profile)
        .join(SchoolClass, SchoolClass.id == pupil.class_id)
        .where(pupil.school_id == unit.unit_id, pupil.week_start == Week.of(day).start)
        .group_by(SchoolClass.id, SchoolClass.grade, SchoolClass.letter)
        .order_by(SchoolClass.grade, SchoolClass.letter, SchoolClass.id)
    ).all()  # fmt: skip
    return Table(
        title="Цифровой профиль по классам",
        subtitle=unit.as_of(day),
        columns=(
            Column("class", "Класс"),
            Column("pupils", "Учеников", "int"),
            Column("with_profile", "С профилем", "int"),
            Column("without_document", "Без документа", "int"),
            Column("not_activated", "Не активированы", "int"),
            Column("restricted", "Обработка запрещена", "int"),
        ),
        rows=tuple((class_name(row.grade, row.letter), *row[3:]) for row in rows),
        notes=("Кто учится в двух классах, посчитан в каждом, в доле — один раз.",),
    )
