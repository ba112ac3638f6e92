"""The activity profiles that come with the product (profiles.toml)."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path

FILE = Path(__file__).with_name("profiles.toml")


@dataclass(frozen=True, slots=True)
class Criterion:
    """A row of a profile; ``threshold`` in per cent, not ``counted``: shown only."""

    indicator: str
    threshold: Decimal
    counted: bool


@dataclass(frozen=True, slots=True)
class Profile:
    """A named set of criteria; the ``default`` one holds where a region has none."""

    name: str
    default: bool
    criteria: tuple[Criterion, ...]


@cache
def profiles() -> tuple[Profile, ...]:
    """The product's profiles, the default one first."""
    rows = tomllib.loads(FILE.read_text(encoding="utf-8"), parse_float=Decimal)["profile"]
    return tuple(
        Profile(
            name=row["name"],
            default=row.get("default", False),
            criteria=tuple(
                Criterion(line["indicator"], Decimal(line["threshold"]), line.get("counted", True))
                for line in row["criteria"]
            ),
        )
        for row in rows
    )


def profile(name: str) -> Profile:
    """The profile of a name; ``LookupError`` for no such one."""
    for found in profiles():
        if found.name == name:
            return found
    raise LookupError(name)
