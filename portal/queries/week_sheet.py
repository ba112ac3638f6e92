"""The Monday sheet: a unit's week as one paper to sign and send."""

from __future__ import annotations

from dataclasses import replace

from portal.content.indicators import BLOCK_TITLES, Block, Indicator, indicators, of_block
from portal.queries.fallen import fallen_table
from portal.queries.indicators import Figure, UnitWeek
from portal.queries.monitoring import frozen_text, spread_table, tile_state, tile_sub, unit_change
from portal.queries.monitoring_tables import schools_table, units_table
from portal.queries.school_tables import whole_number
from portal.values.paper import Paper
from portal.values.percent import NO_DATA
from portal.values.plural import plural
from portal.values.table import Cell, Column, Row, Table

MOST_FALLEN = 6
"""Rows of what fell on the sheet, so that they fit its first page: all of them are in a report of their own."""

BLOCK_NOTES: dict[Block, str] = {
    "users": "Доля по всем школам вместе.",
    "journal": "Доля школ, которые выполняют порог.",
}


def week_sheet(unit: UnitWeek) -> Paper:
    """Tiles of both blocks, the spread, what fell, the ranking, the thresholds, the place for a signature."""
    below = units_table(unit) if unit.level == "region" else schools_table(unit)
    return Paper(
        title="Показатели электронного журнала за неделю",
        subtitle=f"{unit.name}, {unit.week}. {_schools(unit)}. {frozen_text(unit)}",
        parts=(
            *(block_table(unit, block) for block in BLOCK_TITLES),
            spread_table(unit),
            fallen_table(unit, MOST_FALLEN),
            replace(below, notes=below.notes[:-2]),  # whether it is frozen, and the thresholds, stand elsewhere here
            thresholds_table(unit),
        ),
    )


def _schools(unit: UnitWeek) -> str:
    return plural(len(unit.schools), "школа", "школы", "школ")


def block_table(unit: UnitWeek, block: Block) -> Table:
    """The unit's figures of one block; drawn as tiles."""
    return Table(
        title=BLOCK_TITLES[block],
        subtitle=f"{unit.name}, {unit.week}",
        columns=(
            Column("indicator", "Показатель", weight=3),
            Column("value", "Значение, %", "percent"),
            Column("change", "За неделю", "change"),
            Column("lacking", "Чего не хватает", weight=2),
            Column("owner", "Кто исправляет"),
        ),
        rows=tuple(_tile(unit, found) for found in of_block(block)),
        notes=(BLOCK_NOTES[block],),
        look="tiles",
    )


def _tile(unit: UnitWeek, indicator: Indicator) -> Row:
    figure = unit.figures[indicator.code]
    shown = figure.percent.whole(figure.threshold)
    value = Cell(NO_DATA if shown is None else shown, tile_state(unit, indicator))
    return indicator.name, value, unit_change(unit, indicator), tile_sub(unit, indicator), indicator.owner_title


def thresholds_table(unit: UnitWeek) -> Table:
    """What the schools are judged by this week: one region, one profile in force."""
    judged = unit.schools[0].figures if unit.schools else {}
    return Table(
        title="Пороги недели",
        subtitle=f"{unit.name}, {unit.week}",
        columns=(
            Column("indicator", "Показатель", weight=2),
            Column("threshold", "Порог, %", "number"),
            Column("use", "Как используется", weight=2),
        ),
        rows=tuple(
            (found.name, whole_number(figure.threshold), _use(found, figure))
            for found in indicators()
            if (figure := judged.get(found.code)) is not None and figure.threshold is not None
        ),
    )


def _use(indicator: Indicator, figure: Figure) -> str:
    if figure.counted:
        return "критерий активности школы"
    return "порог для доли школ" if indicator.share_threshold is not None else "показывается, в активность не входит"
