"""The head of a table: neighbours with the same ``group`` stand under one common cell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from portal.values.table import Column


@dataclass(frozen=True, slots=True)
class HeadCell:
    """A cell of the head: where it starts (from 0), and how many rows and columns it covers."""

    title: str
    row: int
    column: int
    rows: int
    columns: int


def head_height(columns: Sequence[Column]) -> int:
    """Rows of the head: two where any column belongs to a group."""
    return 2 if any(column.group for column in columns) else 1


def head_cells(columns: Sequence[Column]) -> list[HeadCell]:
    """Every cell of the head, left to right; a column without a group covers both rows."""
    height = head_height(columns)
    cells: list[HeadCell] = []
    for place, column in enumerate(columns):
        if not column.group:
            cells.append(HeadCell(column.title, 0, place, height, 1))
            continue
        if place == 0 or columns[place - 1].group != column.group:
            cells.append(HeadCell(column.group, 0, place, 1, _neighbours(columns, place)))
        cells.append(HeadCell(column.title, 1, place, 1, 1))
    return cells


def _neighbours(columns: Sequence[Column], start: int) -> int:
    group, end = columns[start].group, start
    while end < len(columns) and columns[end].group == group:
        end += 1
    return end - start


def one_line_title(column: Column) -> str:
    """The title of a column where only one line of head is possible: «Ученики: пользователей»."""
    return f"{column.group}: {column.title}" if column.group else column.title
