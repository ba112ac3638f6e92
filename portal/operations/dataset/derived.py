"""Columns made while a table is read: sort keys, grades as numbers, keyed hashes and encrypted numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Integer, SmallInteger, String, select
from sqlalchemy.types import TypeEngine

from portal.exchange.cells import grades_span
from portal.exchange.reader import Batch
from portal.exchange.tables import YEAR_MARK_PREFIX
from portal.extensions import session, vault
from portal.models.base import ordered_text
from portal.models.people import Person
from portal.values.names import sort_key

Extras = Mapping[str, Sequence[Any]]

EXTRA_COLUMNS: dict[str, dict[str, TypeEngine[Any]]] = {
    "schools": {"sort_key": ordered_text()},
    "people": {"sort_key": ordered_text(), "snils_hash": String(64), "document_hash": String(64)},
    "periods": {"grade_from": SmallInteger(), "grade_to": SmallInteger()},
    "period_marks": {"year": Integer()},
}


class Deriver:
    """Makes a table's extra columns. ``days`` remembers the lessons' dates."""

    def __init__(self) -> None:
        self.days: set[str] = set()
        self._people_known: bool | None = None

    def extras(self, name: str, batch: Batch) -> Extras:
        columns = batch.columns
        if name == "schools":
            return {"sort_key": [sort_key(_text(value)) for value in columns["name"]]}
        if name == "people":
            return self._people(batch)
        if name == "periods":
            spans = [grades_span(str(grades)) if grades else (1, 11) for grades in columns.get("grades", [])]
            spans = spans or [(1, 11)] * len(batch.rows)
            return {"grade_from": [first for first, _ in spans], "grade_to": [last for _, last in spans]}
        if name == "period_marks":
            return {"year": [_year(value) for value in columns["period_id"]]}
        if name == "lessons":
            self.days.update(str(day) for day in columns["date"] if day)
        return {}

    def _people(self, batch: Batch) -> Extras:
        """Numbers are encrypted only where they differ from what is kept: encryption is never twice the same,
        and a hundred thousand of them take seconds.
        """
        columns, known = batch.columns, self._known_people(batch)
        keys = columns["person_id"]
        nobody: tuple[None, None, None] = (None, None, None)
        kept = [known.get(key, nobody) for key in keys]
        middle = columns.get("middle_name") or [row[0] for row in kept]
        names = zip(columns["last_name"], columns["first_name"], middle, strict=True)
        extras: dict[str, list[str | None]] = {"sort_key": [sort_key(*map(_text, parts)) for parts in names]}
        for place, (column, hashed) in enumerate((("snils", "snils_hash"), ("document_number", "document_hash")), 1):
            if column in columns:
                hashes = [vault().fingerprint(str(value)) if value else None for value in columns[column]]
                extras[hashed] = hashes
                columns[column] = [
                    vault().encrypt(str(value)) if value and hashes[n] != kept[n][place] else None
                    for n, value in enumerate(columns[column])
                ]
        return extras

    def _known_people(self, batch: Batch) -> dict[Any, Any]:
        if self._people_known is None:
            self._people_known = session.scalar(select(Person.id).limit(1)) is not None
        if not self._people_known:
            return {}
        rows = session.execute(
            select(Person.key, Person.middle_name, Person.snils_hash, Person.document_hash).where(
                Person.key.in_([key for key in batch.columns["person_id"] if key])
            )
        )
        return {key: (middle, snils, document) for key, middle, snils, document in rows}


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _year(period: object) -> int | None:
    """2026 of «year:2026»; none of a period's key."""
    text = str(period or "")
    year = text.removeprefix(YEAR_MARK_PREFIX)
    return int(year) if text != year and len(year) == 4 and year.isascii() and year.isdigit() else None
