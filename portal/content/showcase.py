"""The eleven kinds of data of the showcase «Моё образование» (showcase.toml)."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

from portal.values.plural import plural

FILE = Path(__file__).with_name("showcase.toml")

Items = Literal["pupils", "classes", "journals", "subjects", "fields", "events"]

FULL = 100
"""Per cent."""

SCHOOL_FIELDS = {1: "адрес", 2: "тип школы", 3: "ОКТМО", 4: "КПП", 5: "ИНН"}
"""Items of the kind «school», as its view numbers them."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of data; the meaning of each field stands in showcase.toml. ``enough`` in per cent."""

    code: str
    name: str
    short: str
    unit: tuple[str, str, str]
    lacking: str
    counted: str
    way: str
    of: Items
    enough: int
    may_be_empty: bool = False

    @property
    def explained(self) -> str:
        """What is counted, and how much is enough."""
        return f"{self.counted}." if self.enough == FULL else f"{self.counted}. Достаточно {self.enough} %."

    def count(self, number: int) -> str:
        """«5 классов»."""
        return plural(number, *self.unit)


@cache
def kinds() -> tuple[Kind, ...]:
    """Every kind, in the order pages show them."""
    rows: list[dict[str, Any]] = tomllib.loads(FILE.read_text(encoding="utf-8"))["kind"]
    return tuple(Kind(**{**row, "unit": tuple(row["unit"])}) for row in rows)


def kind(code: str) -> Kind:
    """The kind of a code; ``LookupError`` for no such one."""
    for found in kinds():
        if found.code == code:
            return found
    raise LookupError(code)
