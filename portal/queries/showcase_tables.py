"""Showcase readiness as tables and as a JSON document: the same for the page, PDF, XLSX and CSV."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from portal.content.showcase import kinds
from portal.queries.showcase import KindState, Readiness
from portal.queries.units import Unit
from portal.values.plural import plural
from portal.values.table import Cell, Column, Row, Table

DOCUMENT, VERSION = "school-portal/showcase-readiness", 1
"""Name and version of the JSON document (docs/showcase.md)."""

WORDS = {"good": "есть", "warn": "есть не всё", "bad": "не хватает", "muted": "срок не наступил"}
"""A kind's state in words."""

Found = Mapping[int, Readiness]

NOTES = (
    "✓ есть всё, ! есть не всё, но достаточно, ✕ нет или слишком мало. Пусто — срок ещё не наступил.",
    "Школа готова, если ни один из одиннадцати видов данных не отмечен ✕.",
)  # fmt: skip


def school_table(unit: Unit, found: Found, day: date) -> Table:
    """One school: a row a kind, with counts and what is missing."""
    own = found[unit.unit_id]
    ready, every = own.ready_kinds, len(own.states)
    return Table(
        title="Готовность к витрине «Моё образование»",
        subtitle=unit.as_of(day),
        columns=(
            Column("kind", "Вид данных", weight=2),
            Column("state", "Итог"),
            Column("present", "Есть", "int"),
            Column("expected", "Нужно", "int"),
            Column("missing", "Не хватает", "int"),
            Column("lacking", "Чего не хватает", weight=2),
        ),
        rows=tuple(_kind_row(state) for state in own.states.values()),
        totals=(
            "Школа в целом",
            Cell("готова" if own.is_ready else "не готова", "good" if own.is_ready else "bad"),
            ready,
            every,
            every - ready,
            "",
        ),
        row_keys=tuple(own.states),
        notes=(NOTES[1], *(f"{state.kind.name}: {state.kind.explained}" for state in own.states.values())),
    )


def _kind_row(state: KindState) -> Row:
    kind = state.kind
    due = state.state != "muted"
    lacking = f"{kind.lacking}: {kind.count(state.missing)}" if state.missing and kind.of != "events" else ""
    if not state.present and (kind.of == "events" or (due and not state.expected)):
        lacking = kind.lacking if kind.of == "events" else "считать пока не из чего: нет классов, уроков или учеников"
    return (
        kind.name, Cell(WORDS[state.state], state.state), state.present, state.expected, state.missing, lacking,
    )  # fmt: skip


def municipality_table(unit: Unit, found: Found, day: date) -> Table:
    """School × kind: how much is there, how much is missing; the least ready first."""
    schools = sorted(unit.units, key=lambda school: found[school.unit_id].ready_kinds)
    ready = sum(found[school.unit_id].is_ready for school in schools)
    return Table(
        title="Готовность школ к витрине «Моё образование»",
        subtitle=unit.as_of(day),
        columns=(
            Column("school", "Школа", weight=3),
            Column("ready", f"Готово из {len(kinds())}", "int"),
            *(column for kind in kinds() for column in _pair(kind.code, kind.short)),
        ),
        rows=tuple(_school_row(school.name, found[school.unit_id]) for school in schools),
        row_keys=tuple(school.unit_id for school in schools),
        notes=(f"Готовы {plural(ready, 'школа', 'школы', 'школ')} из {len(schools)}.", *NOTES),
    )


def _pair(code: str, title: str) -> tuple[Column, Column]:
    return Column(code, "есть", "int", group=title), Column(f"{code}_missing", "нет", "int", group=title)


def _school_row(name: str, own: Readiness) -> Row:
    cells: list[Any] = [name, Cell(own.ready_kinds, "good" if own.is_ready else "bad")]
    for state in own.states.values():
        due = state.state != "muted"
        cells += [state.present if due else None, Cell(state.missing if state.expected else None, state.state)]
    return tuple(cells)


def region_table(unit: Unit, found: Found, day: date) -> Table:
    """Municipality × kind: how many schools have the kind; the region as the last row."""
    return Table(
        title="Готовность муниципалитетов к витрине «Моё образование»",
        subtitle=unit.as_of(day),
        columns=(
            Column("municipality", "Муниципалитет", weight=3),
            Column("schools", "Школ", "int"),
            Column("ready", "Готовы", "int"),
            *(Column(kind.code, kind.short, "int", group="Школы, у которых есть вид данных") for kind in kinds()),
        ),
        rows=tuple(_unit_row(each, found) for each in unit.units),
        totals=_unit_row(unit, found, "Регион") if unit.units else None,
        row_keys=tuple(each.unit_id for each in unit.units),
        notes=(NOTES[1],),
    )


def _unit_row(unit: Unit, found: Found, title: str = "") -> Row:
    own = [found[school_id] for school_id in unit.school_ids]
    ready = sum(each.is_ready for each in own)
    counts = [sum(each.states[kind.code].is_ready for each in own) for kind in kinds()]
    return (title or unit.name, len(own), Cell(ready, "good" if own and ready == len(own) else ""), *counts)


def readiness_document(unit: Unit, found: Found, day: date) -> dict[str, Any]:
    """The readiness of every school of the unit for programs; its structure is told in docs/showcase.md."""
    return {
        "document": DOCUMENT,
        "version": VERSION,
        "level": unit.level,
        "unit_id": unit.key,
        "name": unit.name,
        "date": day.isoformat(),
        "kinds": [{"kind": kind.code, "name": kind.name, "enough_percent": kind.enough} for kind in kinds()],
        "schools": [_school_document(school, found[school.unit_id]) for school in unit.schools],
    }


def _school_document(school: Unit, own: Readiness) -> dict[str, Any]:
    return {
        "school_id": school.key,
        "name": school.name,
        "ready": own.is_ready,
        "kinds": {
            code: {
                "present": state.present, "expected": state.expected, "missing": state.missing,
                "ready": state.is_ready, "due": state.state != "muted",
            }
            for code, state in own.states.items()
        },
    }  # fmt: skip
