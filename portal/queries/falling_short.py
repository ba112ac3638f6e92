"""The schools of a municipality or a region by one indicator, those that fall short first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import groupby

from portal.content.indicators import Indicator
from portal.queries.indicator_rows import Figure, SchoolWeek, UnitWeek
from portal.queries.monitoring import frozen_text, threshold_text
from portal.queries.monitoring_tables import figure_cell, figure_change
from portal.values.plural import plural
from portal.values.table import Column, Row, Table

FallenShort = tuple[UnitWeek, SchoolWeek]
"""A school that falls short, with its municipality."""


def falls_short(figure: Figure) -> bool:
    """Below the threshold; where there is none, anything that lacks."""
    return not figure.met if figure.met is not None else bool(figure.lacking)


def worst_first(schools: Sequence[SchoolWeek], indicator: Indicator) -> list[SchoolWeek]:
    """By how many fall short in block «Пользователи», where the office looks for people; else by the value."""

    def key(school: SchoolWeek) -> tuple[int, Fraction]:
        figure = school.figures[indicator.code]
        lacking = -(figure.lacking or 0) if indicator.block == "users" else 0
        return lacking, Fraction(-1) if figure.percent.exact is None else figure.percent.exact

    return sorted(schools, key=key)


def municipality_tables(unit: UnitWeek, indicator: Indicator) -> tuple[Table, ...]:
    """A municipality's schools, worst first. Block «Электронный журнал»: those that do not meet the threshold, then
    those that do; block «Пользователи»: all in one.
    """
    schools = worst_first(unit.schools, indicator)
    if indicator.block == "users":
        return (_titled(unit, indicator, "Все школы", schools),)
    failing = {school.school_id for school in unit.figures[indicator.code].failing}
    return (
        _titled(unit, indicator, "Порог не выполнен", [s for s in schools if s.school_id in failing]),
        _titled(unit, indicator, "Порог выполнен", [s for s in schools if s.school_id not in failing]),
    )


def municipality_table(unit: UnitWeek, indicator: Indicator) -> Table:
    """All schools of a municipality in one table, in the order of the page."""
    schools = worst_first(unit.schools, indicator)
    return _table(unit, indicator, f"{indicator.name}: школы", [(unit, school) for school in schools])


def in_region(region: UnitWeek, indicator: Indicator) -> list[FallenShort]:
    """Every school of a region that falls short: the municipality with most of them first, in it the worst first."""
    groups = [
        (unit, [school for school in unit.schools if falls_short(school.figures[indicator.code])])
        for unit in region.units
    ]
    groups.sort(key=lambda group: -len(group[1]))
    return [(unit, school) for unit, schools in groups for school in worst_first(schools, indicator)]


def region_table(region: UnitWeek, indicator: Indicator, found: Sequence[FallenShort]) -> Table:
    """Schools that fall short as one table, with their municipalities."""
    return _table(region, indicator, f"{indicator.name}: школы, которым не хватает", found, municipality=True)


def region_tables(
    region: UnitWeek, indicator: Indicator, found: Sequence[FallenShort], start: int, limit: int
) -> list[Table]:
    """One page of them, a table a municipality, under the number of all that fall short there."""
    counts: dict[int, int] = {}
    for unit, _ in found:
        counts[unit.unit_id] = counts.get(unit.unit_id, 0) + 1
    return [
        replace(_table(region, indicator, f"{unit.name}: {_schools(counts[unit.unit_id])}", list(group)), notes=())
        for unit, group in groupby(found[start : start + limit], key=lambda pair: pair[0])
    ]


def _titled(unit: UnitWeek, indicator: Indicator, title: str, schools: Sequence[SchoolWeek]) -> Table:
    found = [(unit, school) for school in schools]
    return replace(_table(unit, indicator, f"{title}: {_schools(len(schools))}", found), notes=())


def _schools(count: int) -> str:
    return plural(count, "школа", "школы", "школ")


def _table(
    unit: UnitWeek, indicator: Indicator, title: str, found: Sequence[FallenShort], *, municipality: bool = False
) -> Table:
    threshold = unit.figures[indicator.code].threshold
    counted = f"Считаются {indicator.numerator}, от числа: {indicator.denominator}."
    return Table(
        title=title,
        subtitle=f"{unit.name}, {unit.week}",
        columns=(
            *([Column("municipality", "Муниципалитет", weight=2)] if municipality else []),
            Column("school", "Школа", weight=3),
            Column("value", "Значение, %", "percent", threshold=threshold),
            Column("numerator", "Есть", "int"),
            Column("denominator", "Всего", "int"),
            Column("lacking", "Не хватает", "int"),
            Column("change", "За неделю", "change"),
        ),
        rows=tuple(
            _row(school, school.figures[indicator.code], part.name if municipality else "") for part, school in found
        ),
        notes=(counted if threshold is None else f"{counted} Порог — {threshold_text(threshold)}.", frozen_text(unit)),
        row_keys=tuple(school.school_id for _, school in found),
    )


def _row(school: SchoolWeek, figure: Figure, municipality: str) -> Row:
    counts = (figure.percent.numerator, figure.percent.denominator, figure.lacking, figure_change(figure))
    return (*([municipality] if municipality else []), school.name, figure_cell(figure), *counts)
