"""A school's week and what an indicator of it lacks, as tables for files; the pages show the same with more links."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from portal.content.indicators import BLOCK_TITLES, Indicator, by_code, indicators
from portal.queries.indicators import Figure, SchoolWeek
from portal.queries.monitoring import state_of
from portal.queries.monitoring_tables import figure_cell, figure_change
from portal.queries.shortfalls import Kind, Shortfall
from portal.values.percent import NO_DATA
from portal.values.table import Cell, Column, Row, Table, Value
from portal.values.week import weekday_date

WHOLE = 100_000
"""Rows of a list in a file: all of them."""


def whole_number(threshold: Decimal | None) -> Value:
    """A threshold as a number: a whole one where it is whole."""
    if threshold is None:
        return None
    return int(threshold) if threshold == threshold.to_integral_value() else float(threshold)


def school_table(school: SchoolWeek) -> Table:
    """Every indicator of a school's week with what it is made of."""
    frozen = f"Неделя зафиксирована {school.stamp.text}." if school.stamp else "Неделя не зафиксирована."
    return Table(
        title="Показатели школы за неделю",
        subtitle=f"{school.name}, {school.week}",
        columns=(
            Column("indicator", "Показатель", weight=3),
            Column("value", "Значение, %", "percent"),
            Column("numerator", "Есть", "int"),
            Column("denominator", "Всего", "int"),
            Column("threshold", "Порог, %", "number"),
            Column("change", "За неделю", "change"),
            Column("lacking", "Чего не хватает", weight=3),
            Column("block", "Группа"),
            Column("owner", "Кто исправляет"),
        ),
        rows=tuple(_figure_row(found, school.figures[found.code]) for found in indicators()),
        notes=("«За неделю» — на сколько пунктов изменилось значение с прошлой недели.", frozen),
    )


def _figure_row(indicator: Indicator, figure: Figure) -> Row:
    shown = Cell(NO_DATA if figure.shown is None else figure.shown, figure_cell(figure).state)
    lacking = f"{indicator.lacking}: {indicator.counted(figure.lacking)}" if figure.lacking else ""
    return (
        indicator.name, shown, figure.percent.numerator, figure.percent.denominator, whole_number(figure.threshold),
        figure_change(figure), lacking, BLOCK_TITLES[indicator.block], indicator.owner_title,
    )  # fmt: skip


def missing_table(school: SchoolWeek, missing: Shortfall, *, with_names: bool) -> Table:
    """What an indicator lacks: lessons, classes, people (by name only for the school itself), criteria."""
    indicator, form = by_code()[missing.code], FORMS[missing.kind]
    columns, row = form.columns(indicator, with_names), form.row
    return Table(
        title=f"{indicator.name}: {indicator.lacking}",
        subtitle=f"{school.name}, {school.week}",
        columns=columns,
        rows=tuple(row(each, with_names) for each in missing.rows),
        notes=form.notes,
    )


@dataclass(frozen=True, slots=True)
class _Form:
    """How one kind of missing things is laid out."""

    columns: Callable[[Indicator, bool], tuple[Column, ...]]
    row: Callable[[Any, bool], Row]
    notes: tuple[str, ...] = ()


def _lesson_columns(_indicator: Indicator, with_names: bool) -> tuple[Column, ...]:
    teacher = (Column("teacher", "Учитель", weight=2),) if with_names else ()
    return (
        Column("lesson", "Урок", weight=2), Column("class", "Класс"), Column("subject", "Предмет", weight=2), *teacher,
        Column("reason", "Чего не хватает", weight=3),
    )  # fmt: skip


def _lesson_row(row: Any, with_names: bool) -> Row:
    subject = f"{row.subject} ({row.subgroup})" if row.subgroup else row.subject
    teacher = (row.teacher,) if with_names else ()
    return (f"{weekday_date(row.date)}, {row.number}-й урок", row.class_title, subject, *teacher, row.reason)


def _criterion_row(row: Any, _with_names: bool) -> Row:
    figure: Figure = row.figure
    shown = Cell(NO_DATA if figure.shown is None else figure.shown, state_of(figure.met))
    return (by_code()[figure.code].name, shown, whole_number(figure.threshold))


FORMS: dict[Kind, _Form] = {
    "lessons": _Form(_lesson_columns, _lesson_row),
    "classes": _Form(
        lambda indicator, names: (Column("class", "Класс"), Column("slots", "Уроков за неделю", "int")),
        lambda row, names: (row.title, row.slots),
        ("Нужно не меньше 8 уроков за неделю. Подгруппы, которые учатся в одно время, — это один урок.",),
    ),
    "counts": _Form(
        lambda indicator, names: (
            Column("place", "Где", weight=2), Column("lacking", indicator.lacking_title, "int"),
            Column("total", "Всего", "int"),
        ),
        lambda row, names: (row.title, row.lacking, row.total),
        ("Фамилии видит только сама школа. Кто учится в двух классах, посчитан в каждом, в показателе — один раз.",),
    ),
    "people": _Form(
        lambda indicator, names: (
            Column("person", "Фамилия, имя, отчество", weight=2), Column("place", "Класс или должность"),
        ),
        lambda row, names: (row.name, row.place),
    ),
    "criteria": _Form(
        lambda indicator, names: (
            Column("criterion", "Критерий", weight=2), Column("value", "Значение, %", "percent"),
            Column("threshold", "Порог, %", "number"),
        ),
        _criterion_row,
    ),
}  # fmt: skip
"""Kind of what is missing → its columns and rows."""
