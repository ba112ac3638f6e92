"""The dataset that hits every border of the indicators (tests/data/borders), and the figures worked out by hand."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

from sqlalchemy import select

from portal.exchange.source import open_dataset
from portal.extensions import session
from portal.models.organisation import Municipality, Region, School
from portal.operations.dataset import load
from portal.values.week import Week

FOLDER = Path(__file__).parent / "data" / "borders"
WEEK = Week(date(2026, 9, 14))
LOADED_AT = datetime(2026, 9, 25, 12, 0, tzinfo=UTC)

Figures = dict[tuple[str, str, str], tuple[int, int]]
"""(school, Monday, indicator) → numerator, denominator."""


def load_borders() -> None:
    """Load the dataset into the current database and commit. Needs an application context."""
    load(open_dataset(FOLDER), at=LOADED_AT)
    session.commit()


def expected() -> Figures:
    """The table worked out by hand; its reasoning stands beside it as comments."""
    found: Figures = {}
    for line in (FOLDER / "expected.txt").read_text(encoding="utf-8").splitlines():
        words = line.split("#")[0].split()
        if words:
            school, monday, indicator, numerator, denominator = words
            found[school, monday, indicator] = int(numerator), int(denominator)
    return found


def id_of(key: str) -> int:
    """The id of a school, a municipality or a region of the dataset."""
    for table in (School, Municipality, Region):
        found = session.scalar(select(table.id).where(table.key == key))
        if found is not None:
            return found
    raise LookupError(key)
