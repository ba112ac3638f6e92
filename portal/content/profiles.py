"""Activity profiles: a named set of criteria; those that come with the product are in profiles.toml."""

from __future__ import annotations

import json
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


HUNDREDTHS = 100
"""Thresholds are kept in hundredths of a per cent: whole-number arithmetic."""


def as_text(profile: Profile) -> str:
    """A profile as history keeps it and forms compare it: the same set is the same text."""
    rows = sorted((each.indicator, int(each.threshold * HUNDREDTHS), each.counted) for each in profile.criteria)
    return json.dumps({"name": profile.name, "criteria": rows}, ensure_ascii=False)


def from_text(text: str) -> Profile:
    """The profile of a text written by :func:`as_text`."""
    read = json.loads(text)
    rows = tuple(
        Criterion(code, Decimal(hundredths) / HUNDREDTHS, counted) for code, hundredths, counted in read["criteria"]
    )
    return Profile(read["name"], False, rows)
