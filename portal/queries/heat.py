"""School × indicator of a unit's week against thresholds: which schools, in which order, as one table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from portal.content.indicators import (
    BLOCK_TITLES,
    OWNER_TITLES,
    SCHOOL_ACTIVITY,
    Indicator,
    Owner,
    indicators,
)
from portal.queries.indicator_rows import NEARLY_FULL, Figure, SchoolWeek, UnitWeek
from portal.queries.monitoring import VACATION, frozen_text, threshold_text
from portal.values.table import Cell, Column, Row, State, Table, Value, plain, text_of

NEARLY = 10
"""Points below the threshold that still count as «немного ниже»."""

ANY = "any"
"""Of ``Choice.below``: schools that miss any criterion that counts."""

NOTES = (
    "✓ порог выполнен; ! немного ниже: не хватает не больше 10 пунктов (активность от 85 %); ✕ не выполнен. "
    "Без знака — порога нет.",
    "Проценты округлены до целых, но никогда через порог: 49,6 при пороге 50 — это 49.",
)


@dataclass(frozen=True, slots=True)
class Choice:
    """What a reader asked to see; empty is everything, the least active school first.

    ``below``: schools that do not meet this indicator (or :data:`ANY`). ``fallen``: schools whose figure of it fell
    since last week, the deepest fall first. ``holiday``: «yes» or «no». ``owner``: only the indicators that are the
    school's or the families' to mend. ``municipality``: one of a region's. ``sort``: a column's key.
    """

    below: str = ""
    fallen: str = ""
    holiday: str = ""
    owner: Owner | Literal[""] = ""
    municipality: int | None = None
    sort: str = ""
    descending: bool = False


def heat_state(figure: Figure) -> State:
    """Met, nearly, not met; ``muted`` without a value, empty where no threshold judges it."""
    if figure.percent.exact is None:
        return "muted"
    if figure.threshold is None:
        return ""
    if figure.met:
        return "good"
    nearly = Decimal(NEARLY_FULL) if figure.code == SCHOOL_ACTIVITY else figure.threshold - NEARLY
    return "warn" if figure.percent.meets(nearly) else "bad"


def chosen_schools(unit: UnitWeek, choice: Choice) -> list[SchoolWeek]:
    """The schools asked for, in the order asked for."""
    found = [school for school in unit.schools if _is_asked(school, choice)]
    return _sorted(found, unit, choice)


def _is_asked(school: SchoolWeek, choice: Choice) -> bool:
    if choice.municipality is not None and school.municipality_id != choice.municipality:
        return False
    if choice.holiday and school.on_vacation != (choice.holiday == "yes"):
        return False
    if choice.fallen and (school.figures[choice.fallen].change or 0) >= 0:
        return False
    if choice.below == ANY:
        return any(figure.counted and not figure.met for figure in school.figures.values())
    return not choice.below or school.figures[choice.below].met is False


def sorted_by(choice: Choice) -> str:
    """The key of the column that orders the rows."""
    return choice.sort or ("change" if choice.fallen else SCHOOL_ACTIVITY)


def _sorted(schools: list[SchoolWeek], unit: UnitWeek, choice: Choice) -> list[SchoolWeek]:
    """By the column asked for; equals stay by name, what has no value comes last either way."""
    sort = sorted_by(choice)
    if sort in ("school", "municipality"):
        names = {part.unit_id: part.name for part in unit.units if sort == "municipality"}
        places = {school.school_id: place for place, school in enumerate(unit.schools)}

        def by_name(school: SchoolWeek) -> tuple[str, int]:
            return names.get(school.municipality_id, ""), places[school.school_id]

        return sorted(schools, key=by_name, reverse=choice.descending)
    known = [(value, school) for school in schools if (value := _sort_value(school, sort, choice)) is not None]
    ordered = [school for _, school in sorted(known, key=lambda pair: pair[0], reverse=choice.descending)]
    return ordered + [school for school in schools if _sort_value(school, sort, choice) is None]


def _sort_value(school: SchoolWeek, sort: str, choice: Choice) -> Fraction | int | None:
    if sort == "vacation":
        return int(school.on_vacation)
    if sort == "change":
        return school.figures[choice.fallen].change if choice.fallen else None
    return school.figures[sort].percent.exact


def heat_table(unit: UnitWeek, choice: Choice) -> Table:
    """The table of the chosen schools. Its last row counts how many of them miss each threshold."""
    schools = chosen_schools(unit, choice)
    columns = heat_columns(unit, choice)
    names = {part.unit_id: part.name for part in unit.units}
    return Table(
        title="Тепловая таблица: школы и показатели",
        subtitle=f"{unit.name}, {unit.week}",
        columns=columns,
        rows=tuple(tuple(_cell(school, column.key, choice, names) for column in columns) for school in schools),
        totals=_missing(schools, columns) if schools else None,
        notes=(*chosen_text(unit, choice), *NOTES, *_thresholds(unit, columns), frozen_text(unit)),
        row_keys=tuple(school.school_id for school in schools),
    )


HOLIDAYS = {"no": "только не на каникулах", "yes": "только на каникулах"}


def chosen_text(unit: UnitWeek, choice: Choice) -> list[str]:
    """«Отбор: …», so that nobody takes a part of the schools on paper for all of them; nothing for all."""
    named = {found.code: found.name for found in indicators()} | {ANY: "хотя бы один критерий"}
    parts = [part.name for part in unit.units if part.unit_id == choice.municipality]
    parts += [f"порог не выполнен — {named[choice.below]}"] if choice.below else []
    parts += [f"упало за неделю — {named[choice.fallen]}"] if choice.fallen else []
    parts += [f"показатели — что {OWNER_TITLES[choice.owner]}"] if choice.owner else []
    parts += [HOLIDAYS[choice.holiday]] if choice.holiday else []
    return [f"Отбор: {'; '.join(parts)}."] if parts else []


def shown_indicators(owner: str) -> list[Indicator]:
    """The indicators with a column: activity first, then the blocks; of one owner where one is asked for."""
    ordered = sorted(indicators(), key=lambda found: found.code != SCHOOL_ACTIVITY)
    return [found for found in ordered if not owner or found.owner == owner]


def heat_columns(unit: UnitWeek, choice: Choice) -> tuple[Column, ...]:
    """The columns there are: some only where they say something."""
    named = {found.code: found for found in indicators()}
    columns = [Column("school", "Школа", weight=3)]
    if unit.level == "region":
        columns.append(Column("municipality", "Муниципалитет", weight=2))
    if any(school.on_vacation for school in unit.schools):
        columns.append(Column("vacation", VACATION))
    if choice.fallen:
        columns.append(Column("change", f"За неделю: {named[choice.fallen].name}", "change"))
    return (*columns, *(_column(found, unit) for found in shown_indicators(choice.owner)))


def _column(found: Indicator, unit: UnitWeek) -> Column:
    group = "" if found.code == SCHOOL_ACTIVITY else BLOCK_TITLES[found.block]
    return Column(found.code, found.name, "percent", group=group, threshold=unit.figures[found.code].threshold)


def _cell(school: SchoolWeek, key: str, choice: Choice, names: dict[int, str]) -> Value | Cell:
    if key == "school":
        return school.name
    if key == "municipality":
        return names[school.municipality_id]
    if key == "vacation":
        return VACATION if school.on_vacation else ""
    if key == "change":
        return school.figures[choice.fallen].change
    figure = school.figures[key]
    return Cell(figure.percent, heat_state(figure))


def _missing(schools: Sequence[SchoolWeek], columns: Iterable[Column]) -> Row:
    """«Порог не выполнен, школ»: a count under each indicator that is judged."""

    def count(column: Column) -> Value:
        if column.key == "school":
            return "Порог не выполнен, школ"
        if column.threshold is None:
            return None
        return sum(school.figures[column.key].met is False for school in schools)

    return tuple(count(column) for column in columns)


def _thresholds(unit: UnitWeek, columns: Iterable[Column]) -> list[str]:
    """«Пороги: …», so that a printed table can be read without the portal."""
    judged = [column for column in columns if column.threshold is not None]
    named = [f"{column.title} — {threshold_text(unit.figures[column.key].threshold)}" for column in judged]
    return [f"Пороги: {'; '.join(named)}."] if named else []


@dataclass(frozen=True, slots=True)
class HeatRow:
    """A row as the page shows it: cells are (indicator's code or empty, text, class names, state)."""

    key: int | str | None
    name: str
    cells: tuple[tuple[str, str, str, State], ...]


def page_rows(table: Table, start: int, limit: int) -> list[HeatRow]:
    """Some rows with every text ready: the page has hundreds of cells and must not think over each."""
    codes = {found.code for found in indicators()}
    columns = [(column, column.key if column.key in codes else "") for column in table.columns[1:]]
    return [
        HeatRow(key, str(plain(row[0])), _cells(row[1:], columns))
        for row, key in zip(table.rows[start : start + limit], table.row_keys[start : start + limit], strict=True)
    ]


def _cells(row: Row, columns: Sequence[tuple[Column, str]]) -> tuple[tuple[str, str, str, State], ...]:
    return tuple(_shown(cell, column, code) for cell, (column, code) in zip(row, columns, strict=True))


def _shown(cell: Value | Cell, column: Column, code: str) -> tuple[str, str, str, State]:
    state = cell.state if isinstance(cell, Cell) else ""
    number = "" if column.kind == "text" else "number"
    return code, text_of(plain(cell), column), f"{number} {state}".strip(), state
