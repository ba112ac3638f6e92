"""«Что упало за неделю»: the figures of schools that are lower than a week before, most fallen first."""

from __future__ import annotations

from portal.content.indicators import Indicator, indicators
from portal.queries.indicators import Figure, SchoolWeek, UnitWeek
from portal.queries.monitoring import frozen_text, state_of
from portal.values.table import Cell, Column, Row, Table

Fallen = tuple[SchoolWeek, Indicator, Figure]

NOTE = (
    "Показатели, которые стали ниже, чем неделей раньше: сначала те, что упали больше всего. Школы, у которых на этой "
    "или на прошлой неделе каникулы, не сравниваются."
)


def fallen(unit: UnitWeek) -> list[Fallen]:
    """(school, indicator, figure) of all that fell, by how much, then in the order of schools and indicators."""
    found = [
        (school, indicator, figure)
        for school in unit.schools
        for indicator in indicators()
        if ((figure := school.figures[indicator.code]).change or 0) < 0
    ]
    return sorted(found, key=lambda each: each[2].change or 0)


def fallen_table(unit: UnitWeek, limit: int | None = None) -> Table:
    """A row a figure that fell; ``limit`` keeps the first ones and tells how many there are."""
    found = fallen(unit)
    shown = found[:limit]
    region = unit.level == "region"
    names = {part.unit_id: part.name for part in unit.units}
    more = (f"Показаны {len(shown)} из {len(found)}; все — в отчёте «Что упало за неделю».",)
    return Table(
        title="Что упало за неделю",
        subtitle=f"{unit.name}, {unit.week}",
        columns=(
            Column("school", "Школа", weight=3),
            *([Column("municipality", "Муниципалитет", weight=2)] if region else []),
            Column("indicator", "Показатель", weight=3),
            Column("before", "Было, %", "int"),
            Column("now", "Стало, %", "int"),
            Column("change", "За неделю", "change"),
            Column("owner", "Кто исправляет"),
        ),
        rows=tuple(_row(each, names[each[0].municipality_id] if region else "") for each in shown),
        notes=(NOTE, *(more if len(shown) < len(found) else () if limit else (frozen_text(unit),))),
        row_keys=tuple(f"{school.school_id}/{indicator.code}" for school, indicator, _ in shown),
    )


def _row(each: Fallen, municipality: str) -> Row:
    school, indicator, figure = each
    now, change = figure.shown or 0, figure.change or 0
    shown = Cell(now, state_of(figure.met))
    return (
        school.name, *([municipality] if municipality else []), indicator.name, now - change, shown, change,
        indicator.owner_title,
    )  # fmt: skip
