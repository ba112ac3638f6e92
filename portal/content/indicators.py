"""The catalogue of indicators: what each is called, counts, and falls short of (indicators.toml)."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

from portal.values.plural import plural

FILE = Path(__file__).with_name("indicators.toml")

Block = Literal["users", "journal"]
Owner = Literal["school", "families"]
ShortfallKind = Literal["people", "classes", "lessons", "criteria"]

BLOCK_TITLES: dict[Block, str] = {"users": "Пользователи", "journal": "Электронный журнал"}
OWNER_TITLES: dict[Owner, str] = {"school": "исправляет школа", "families": "зависит от семей"}

SCHOOL_ACTIVITY = "school_activity"


@dataclass(frozen=True, slots=True)
class Indicator:
    """One indicator. ``unit`` holds the three plurals of what the denominator counts; ``owner`` who can mend it.

    ``share_threshold`` (per cent) is for shares of schools where the profile in force names no threshold.
    """

    code: str
    name: str
    block: Block
    owner: Owner
    numerator: str
    denominator: str
    lacking: str
    unit: tuple[str, str, str]
    shortfall: ShortfallKind
    share_threshold: int | None = None

    @property
    def lacking_title(self) -> str:
        """``lacking`` at the head of something: «Без входа через ЕСИА»."""
        return self.lacking[:1].upper() + self.lacking[1:]

    @property
    def owner_title(self) -> str:
        """«исправляет школа» or «зависит от семей»."""
        return OWNER_TITLES[self.owner]

    def counted(self, count: int) -> str:
        """«5 уроков»."""
        return plural(count, *self.unit)


@cache
def indicators() -> tuple[Indicator, ...]:
    """Every indicator, in the order pages show them."""
    rows: list[dict[str, Any]] = tomllib.loads(FILE.read_text(encoding="utf-8"))["indicator"]
    return tuple(Indicator(**{**row, "unit": tuple(row["unit"])}) for row in rows)


@cache
def by_code() -> dict[str, Indicator]:
    """Indicators by their code."""
    return {indicator.code: indicator for indicator in indicators()}


def indicator(code: str) -> Indicator:
    """The indicator of a code; ``LookupError`` for no such one."""
    return by_code()[code]


def of_block(block: Block) -> tuple[Indicator, ...]:
    """The indicators of one block, in order."""
    return tuple(found for found in indicators() if found.block == block)
