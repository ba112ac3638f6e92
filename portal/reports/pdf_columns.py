"""How wide the columns of a table are on paper, and how large its letters."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from reportlab.pdfbase.pdfmetrics import stringWidth

from portal.reports.plain_text import printable
from portal.reports.signs import SIGNS
from portal.values.table import Cell, Table, plain, text_of

FONT, BOLD = "DejaVuCondensed", "DejaVuCondensed-Bold"
SIZES = (9.0, 8.0, 7.0, 6.0, 5.0)
PADDING = 3.0
WIDEST_WORD = 110.0
"""Points: a longer word of a text column is broken instead of starving the other columns."""


@dataclass(frozen=True, slots=True)
class Layout:
    """Letter size, side padding and column widths, all in points."""

    size: float
    padding: float
    widths: list[float]


def layout(table: Table, width: float) -> Layout:
    """The largest letters at which no number and no word of a head is broken."""
    for size in SIZES:
        needed = [_needed(table, place, size) for place in range(len(table.columns))]
        if sum(needed) <= width:
            return Layout(size, PADDING, _filled(table, needed, size, width))
    squeezed = width / sum(needed)
    return Layout(SIZES[-1], 1.0, [each * squeezed for each in needed])


def _needed(table: Table, place: int, size: float) -> float:
    """Room for the longest word of the head and of the texts, and for whole numbers."""
    column = table.columns[place]
    head = max((stringWidth(word, BOLD, size) for word in column.title.split()), default=0.0)
    if column.kind == "text":
        words = max(
            (stringWidth(word, BOLD, size) for text in _texts(table, place) for word in text.split()), default=0
        )
        return max(head, min(words, WIDEST_WORD)) + 2 * PADDING + 1
    return max([head, *(stringWidth(text, BOLD, size) for text in _texts(table, place))]) + 2 * PADDING + 1


def _texts(table: Table, place: int) -> Iterator[str]:
    """What stands in a column, as it is printed."""
    column = table.columns[place]
    for row in (*table.rows, *((table.totals,) if table.totals else ())):
        cell = row[place]
        sign = f" {SIGNS[cell.state]}" if isinstance(cell, Cell) and cell.state in SIGNS else ""
        yield printable(text_of(plain(cell), column)) + sign


def _filled(table: Table, needed: list[float], size: float, width: float) -> list[float]:
    """What is left over goes to texts until their lines fit, by ``weight``; the rest to all alike."""
    widths = list(needed)
    for place in sorted(range(len(widths)), key=lambda each: -table.columns[each].weight):
        if table.columns[place].kind == "text":
            line = max((stringWidth(text, BOLD, size) for text in _texts(table, place)), default=0.0)
            widths[place] += max(0.0, min(line + 2 * PADDING + 1 - widths[place], width - sum(widths)))
    rest = (width - sum(widths)) / len(widths)
    return [each + rest for each in widths]
