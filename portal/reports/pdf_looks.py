"""Tables drawn as pictures on paper: tiles, and one bar of parts (``Table.look``)."""

from __future__ import annotations

from math import ceil
from typing import Any

from reportlab.graphics.shapes import Drawing, Rect, String
from reportlab.lib.colors import HexColor
from reportlab.lib.units import mm
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.platypus import Flowable
from reportlab.platypus import Table as Grid

from portal.reports.pdf import MUTED, WIDTH, paragraph
from portal.reports.pdf_columns import BOLD
from portal.reports.plain_text import printable
from portal.reports.signs import GROUNDS, HEAD_GROUND, INKS, LINE, SIGNS
from portal.values.table import Cell, Column, Row, State, Table, Value, plain, text_of

INK = "1C2126"
MOST_ABREAST = 7
"""Tiles in one row: narrower ones break their titles' words."""
GAP = 1.5 * mm
BAR_HEIGHT = 8 * mm


def tiles(table: Table) -> Grid:
    """A tile a row, evenly laid out in as few lines as there is room for."""
    count = max(len(table.rows), 1)
    abreast = ceil(count / ceil(count / MOST_ABREAST))
    width = WIDTH / abreast
    style: list[tuple[Any, ...]] = [
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        *((name, (0, 0), (-1, -1), 5) for name in ("LEFTPADDING", "RIGHTPADDING", "TOPPADDING", "BOTTOMPADDING")),
    ]
    lines: list[list[Any]] = [[""] * abreast for _ in range(ceil(count / abreast))]
    for number, row in enumerate(table.rows):
        at = (number % abreast, number // abreast)
        state = _state(row)
        lines[at[1]][at[0]] = _tile(row, table.columns, state)
        style += [
            ("BOX", at, at, 0.5, HexColor(f"#{LINE}")),
            ("BACKGROUND", at, at, HexColor(f"#{GROUNDS.get(state, HEAD_GROUND)}")),
        ]
    grid = Grid(lines, colWidths=[width] * abreast, hAlign="LEFT")
    grid.setStyle(style)
    return grid


def _tile(row: Row, columns: tuple[Column, ...], state: State) -> list[Flowable]:
    figure = told(plain(row[1]), columns[1])
    shown = f"{figure} {SIGNS[state]}" if state in SIGNS else figure
    small = [
        paragraph(line, 6.5, textColor=MUTED)
        for cell, column in zip(row[2:], columns[2:], strict=True)
        if (line := small_line(plain(cell), column))
    ]
    ink = HexColor(f"#{INKS.get(state, INK)}")
    return [
        paragraph(text_of(plain(row[0]), columns[0]), 7.5),
        paragraph(shown, 13 if shown[:1].isdigit() else 9, font=BOLD, textColor=ink, spaceAfter=1),
        *small,
    ]


def told(value: Value, column: Column) -> str:
    """A figure standing alone: a percentage says that it is one."""
    text = text_of(value, column)
    return f"{text} %" if column.kind == "percent" and text[-1:].isdigit() else text


def small_line(value: Value, column: Column) -> str:
    """A cell as a line of a tile: texts as they are, numbers under their column's title."""
    text = told(value, column)
    return text if column.kind == "text" or not text else f"{column.title.lower()}: {text}"


def bar(table: Table) -> Drawing:
    """The parts beside each other, as wide as their counts; below them the same in words."""
    drawing = Drawing(WIDTH, BAR_HEIGHT + 7 * mm)
    counts = [_count(row) for row in table.rows]
    total = sum(counts) or 1
    left = words_left = 0.0
    for row, count in zip(table.rows, counts, strict=True):
        state, width = _state(row), WIDTH * count / total
        ground, ink = HexColor(f"#{GROUNDS.get(state, HEAD_GROUND)}"), HexColor(f"#{INKS.get(state, INK)}")
        sign = SIGNS.get(state, "?")
        if count:
            drawing.add(Rect(left, 7 * mm, width, BAR_HEIGHT, fillColor=ground, strokeColor=ink, strokeWidth=0.6))
            if width > 12 * mm:
                drawing.add(_text(left + width / 2, 9.6 * mm, f"{sign} {count}", 9, ink, middle=True))
        words = f"{sign} {text_of(plain(row[0]), table.columns[0])}: {count}"
        drawing.add(_text(words_left, 2 * mm, words, 8, ink))
        words_left += stringWidth(printable(words), BOLD, 8) + 8 * mm
        left += width
    return drawing


def _text(x: float, y: float, text: str, size: float, ink: Any, *, middle: bool = False) -> String:
    anchor = "middle" if middle else "start"
    return String(x, y, printable(text), fontName=BOLD, fontSize=size, fillColor=ink, textAnchor=anchor)


def _count(row: Row) -> int:
    value = plain(row[1])
    return value if isinstance(value, int) else 0


def _state(row: Row) -> State:
    return row[1].state if isinstance(row[1], Cell) else ""
