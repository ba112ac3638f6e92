"""The dataset being made: rows by table, kept as tuples until somebody reads them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from portal.exchange.tables import TABLES

Row = dict[str, str]
DAY_SECONDS = 86_400


class Rows:
    """Texts as a dataset's cells hold them; ``add`` takes a table's columns in the order of its header."""

    def __init__(self) -> None:
        self._rows: dict[str, list[tuple[str, ...]]] = {name: [] for name in TABLES}

    def add(self, table: str, *cells: object) -> None:
        """One row; a missing tail and ``None`` are empty cells."""
        self._rows[table].append(tuple("" if cell is None else str(cell) for cell in cells))

    def add_texts(self, table: str, rows: list[tuple[str, ...]]) -> None:
        """Many rows that are texts already."""
        self._rows[table].extend(rows)

    def tables(self) -> Iterator[tuple[str, Iterator[Row]]]:
        """Every table with its rows, in the order of loading."""
        for name in TABLES:
            yield name, self.of(name)

    def of(self, table: str) -> Iterator[Row]:
        """The rows of one table."""
        keys = TABLES[table].keys
        for row in self._rows[table]:
            yield dict(zip(keys, row, strict=False))

    def count(self, table: str | None = None) -> int:
        if table is not None:
            return len(self._rows[table])
        return sum(len(rows) for rows in self._rows.values())


class Clock:
    """Moments of the schools' own time as whole seconds (``day.toordinal() * 86400`` and the second of the day)."""

    OFFSET = "+03:00"

    def __init__(self, today: date) -> None:
        self.now = today.toordinal() * DAY_SECONDS
        """Midnight of today: what the demo tells has happened before it."""
        self._days: dict[int, str] = {}

    @staticmethod
    def at(day: date, hour: int, minute: int = 0) -> int:
        return day.toordinal() * DAY_SECONDS + hour * 3600 + minute * 60

    def text(self, second: int) -> str:
        """«2026-09-14T14:05:00+03:00»."""
        day, rest = divmod(second, DAY_SECONDS)
        shown = self._days.get(day)
        if shown is None:
            shown = self._days[day] = date.fromordinal(day).isoformat()
        return f"{shown}T{rest // 3600:02d}:{rest // 60 % 60:02d}:{rest % 60:02d}{self.OFFSET}"
