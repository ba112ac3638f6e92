"""A progress bar of rows on a terminal's error stream; one line a table where nobody watches."""

from __future__ import annotations

import sys
import time

WIDTH = 30
PAUSE = 0.1


class RowsProgress:
    """Called with a table, its rows so far, and the share of the whole that is read (none: unknown)."""

    def __init__(self) -> None:
        self._watched = sys.stderr.isatty()
        self._table = ""
        self._rows = 0
        self._shown_at = 0.0

    def __call__(self, table: str, rows: int, share: float | None) -> None:
        if table != self._table:
            self._end_table()
        self._table, self._rows = table, rows
        now = time.monotonic()
        if self._watched and now - self._shown_at > PAUSE:
            self._shown_at = now
            full = round(WIDTH * (share or 0))
            bar = "█" * full + "░" * (WIDTH - full) if share is not None else ""
            sys.stderr.write(f"\r\x1b[K{bar} {table} {rows:,}".replace(",", " "))
            sys.stderr.flush()

    def finish(self) -> None:
        """End the last table, and wipe the bar."""
        self._end_table()
        if self._watched:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()

    def _end_table(self) -> None:
        if self._table and not self._watched:
            sys.stderr.write(f"{self._table}: {self._rows:,}\n".replace(",", " "))
        self._table = ""
