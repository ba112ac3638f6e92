"""A sheet of an export of many rows: its columns, and its rows one by one as they are read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from portal.values.table import Column, Value


@dataclass(frozen=True, slots=True)
class Sheet:
    """``code`` names it for programs, ``title`` for people. ``rows`` are read once and may be many."""

    code: str
    title: str
    columns: tuple[Column, ...]
    rows: Iterable[tuple[Value, ...]]
