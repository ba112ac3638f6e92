"""The shares of a school's weekly control: what each counts, with an example (control.toml)."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from portal.values.plural import plural

FILE = Path(__file__).with_name("control.toml")

Lists = Literal["teachers", "journals", "lessons", "pupils", "guardians"]


@dataclass(frozen=True, slots=True)
class Share:
    """One share. ``unit`` holds the three plurals of what is counted; ``rule`` the paragraph of the regulation.

    ``counts_lack``: the numerator counts those who fall short. ``required``: the regulation asks for all.
    """

    code: str
    name: str
    rule: str
    numerator: str
    denominator: str
    example: str
    lacking: str
    unit: tuple[str, str, str]
    lists: Lists
    counts_lack: bool = False
    required: bool = False

    def counted(self, count: int) -> str:
        """«5 журналов»."""
        return plural(count, *self.unit)


@cache
def shares() -> tuple[Share, ...]:
    """Every share, in the order pages show them."""
    rows = tomllib.loads(FILE.read_text(encoding="utf-8"))["share"]
    return tuple(Share(**{**row, "unit": tuple(row["unit"])}) for row in rows)


@cache
def by_code() -> dict[str, Share]:
    """Shares by their code."""
    return {share.code: share for share in shares()}
