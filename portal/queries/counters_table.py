"""The counters as a report: a row a school, or a municipality."""

from __future__ import annotations

from datetime import datetime

from portal.queries.counters import by_school
from portal.queries.last_days import WEEK
from portal.queries.unit_rows import BELOW, Numbers, summed
from portal.queries.units import Unit
from portal.values.deadlines import local_day
from portal.values.table import Column, Row, Table

MARKS, LESSONS, SERVICES = "Поставлено отметок", "Уроков с темой или заданием", "Оказано услуг"

COLUMNS = (
    *(
        Column(f"{key}_{span}", title, "int", group=group)
        for key, group in (("marks", MARKS), ("lessons", LESSONS))
        for span, title in (("ever", "за всё время"), ("year", "за учебный год"), ("month", "за 30 дней"))
    ),
    Column("services_month", "за 30 дней", "int", group=SERVICES),
    Column("services_week", "за 7 дней", "int", group=SERVICES),
    Column("services_day", "в среднем за день", "number", group=SERVICES),
)
NOTES = (
    "Отметки — по дню, когда они поставлены, удалённые не считаются. Уроки — по их дате, отменённые не считаются.",
    "Услуга — дневник одного ученика, который за один день открыл сам ученик или один из его родителей. "
    "В среднем за день — сумма за последние 7 дней, делённая на 7.",
)  # fmt: skip
OFFICE_ZONE = "Europe/Moscow"


def counters_table(unit: Unit, at: datetime) -> Table:
    """As of now; the unit itself as the last row."""
    rows, whole = summed(unit, by_school(unit.school_ids, at), 8)
    return Table(
        title="Счётчики",
        subtitle=unit.as_of(local_day(at, OFFICE_ZONE)),
        columns=(Column("unit", BELOW[unit.level], weight=3), *COLUMNS),
        rows=tuple(_row(part.name, numbers) for part, numbers in rows),
        totals=_row("Итого", whole) if rows else None,
        notes=NOTES,
        row_keys=tuple(part.unit_id for part, _ in rows),
    )


def _row(name: str, numbers: Numbers) -> Row:
    return (name, *numbers, numbers[-1] / WEEK)
