"""Where a dataset comes from: a folder, a zip, or rows in memory."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Protocol

Progress = Callable[[str, int, float | None], None]
"""Called with a table's name, its rows so far, and the share of the whole dataset read (none: unknown)."""


class Source(Protocol):
    """A dataset to read."""


def open_dataset(path: Path | str) -> Source:
    """The dataset in a folder or zip of CSV files."""
    raise NotImplementedError


def of_rows(tables: Iterable[tuple[str, Iterable[Mapping[str, object]]]]) -> Source:
    """A dataset of rows in memory, of the same shape ``write_dataset`` takes; read once, table by table."""
    raise NotImplementedError
