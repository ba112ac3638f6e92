"""The tables of a unit's week: the same for the page, PDF, XLSX and CSV (domain/indicators.md, «Levels»)."""

from __future__ import annotations

from portal.content.indicators import BLOCK_TITLES, SCHOOL_ACTIVITY, Indicator, indicators
from portal.queries.indicators import Figure, UnitWeek
from portal.queries.monitoring import VACATION, frozen_text, state_of, threshold_text
from portal.values.table import Cell, Column, Row, Table

NOTES = (
    "✓ порог выполнен, ✕ не выполнен. «Активность» — доля критериев профиля, которые школа выполняет.",
    "Последняя строка: в блоке «Пользователи» — доля по всем школам вместе, в блоке «Электронный журнал» и "
    "в «Активности» — доля школ, которые выполняют порог.",
    "В блоке «Пользователи» — доля по всем школам вместе, в блоке «Электронный журнал» — доля школ, которые "
    "выполняют порог.",
    "Проценты округлены до целых, но никогда через порог: 49,6 при пороге 50 — это 49.",
)


def schools_table(unit: UnitWeek) -> Table:
    """A municipality's week: a row a school, best activity first; the municipality itself as the last row."""
    own = unit.figures[SCHOOL_ACTIVITY]
    return Table(
        title="Показатели школ за неделю",
        subtitle=f"{unit.name}, {unit.week}",
        columns=(
            Column("school", "Школа", weight=3),
            Column("place", "Место", "int"),
            Column(SCHOOL_ACTIVITY, "Активность, %", "percent", threshold=own.threshold),
            Column("change", "За неделю", "change"),
            *_columns(unit),
        ),
        rows=tuple(
            (
                school.name, place, figure_cell(school.activity), figure_change(school.activity),
                *(figure_cell(school.figures[found.code]) for found in _shown()),
            )
            for place, school in unit.ranking
        ),
        totals=("Муниципалитет", None, own.percent, "", *(unit.figures[found.code].percent for found in _shown()))
        if unit.schools else None,
        notes=(NOTES[0], NOTES[1], NOTES[3], frozen_text(unit), _thresholds(unit)),
        row_keys=tuple(school.school_id for _, school in unit.ranking),
    )  # fmt: skip


def units_table(region: UnitWeek) -> Table:
    """A region's week: a row a municipality, the region itself as the last row."""
    return Table(
        title="Показатели муниципалитетов за неделю",
        subtitle=f"{region.name}, {region.week}",
        columns=(
            Column("municipality", "Муниципалитет", weight=3),
            Column("schools", "Школ", "int"),
            Column("full", "100 %", "int", group="Школы по активности"),
            Column("from_85", "от 85 %", "int", group="Школы по активности"),
            Column("below_85", "ниже 85 %", "int", group="Школы по активности"),
            Column("no_data", "нет данных", "int", group="Школы по активности"),
            *_columns(region),
        ),
        rows=tuple(_unit_row(unit) for unit in region.units),
        totals=_unit_row(region, "Регион") if region.units else None,
        notes=(NOTES[2], NOTES[3], frozen_text(region), _thresholds(region)),
        row_keys=tuple(unit.unit_id for unit in region.units),
    )


def _unit_row(unit: UnitWeek, title: str = "") -> Row:
    spread = unit.spread
    counts = (len(unit.schools), spread.full, spread.from_85, spread.below_85, spread.no_data)
    return (title or unit.name, *counts, *(unit.figures[found.code].percent for found in _shown()))


def _shown() -> list[Indicator]:
    """The indicators with a column of their own among the others: all but the activity made of them."""
    return [found for found in indicators() if found.code != SCHOOL_ACTIVITY]


def _columns(unit: UnitWeek) -> list[Column]:
    return [
        Column(
            found.code, found.name, "percent", group=BLOCK_TITLES[found.block],
            threshold=unit.figures[found.code].threshold,
        )
        for found in _shown()
    ]  # fmt: skip


def figure_cell(figure: Figure) -> Cell:
    """The percentage with its state: met, not met, without a value."""
    return Cell(figure.percent, state_of(figure.met) if figure.percent.exact is not None else "muted")


def figure_change(figure: Figure) -> int | str | None:
    """The points since last week, or «Каникулы»."""
    return VACATION if figure.change_hidden else figure.change


def _thresholds(unit: UnitWeek) -> str:
    """«Пороги: …», so that a printed table can be read without the portal."""
    named = [(found.name, unit.figures[found.code].threshold) for found in indicators()]
    return (
        "Пороги: "
        + "; ".join(f"{name} — {threshold_text(threshold)}" for name, threshold in named if threshold is not None)
        + "."
    )
