"""A table as an official paper: A4 landscape, Cyrillic embedded, heads repeated, «страница x из y», a signature."""

from __future__ import annotations

import io
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from reportlab.lib.colors import HexColor
from reportlab.lib.enums import TA_CENTER
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, KeepTogether, Paragraph, SimpleDocTemplate, Spacer
from reportlab.platypus import Table as Grid

from portal.reports.head import head_cells, head_height
from portal.reports.pdf_columns import BOLD, FONT, Layout, layout
from portal.reports.plain_text import printable
from portal.reports.signs import GROUNDS, HEAD_GROUND, INKS, LINE, SIGNS
from portal.values.table import Cell, Column, Row, State, Table, Value, plain, text_of

MIMETYPE = "application/pdf"
FONTS = Path(__file__).resolve().parent / "fonts"
PAGE = landscape(A4)
MARGIN = 12 * mm
WIDTH = PAGE[0] - 2 * MARGIN - 12  # a frame pads its sides by 6 points
MUTED = HexColor("#56606b")


def render(table: Table) -> bytes:
    """The bytes of the file; the same table gives the same bytes."""
    register_fonts()
    return build(table.title, _story(table))


def build(title: str, story: list[Flowable]) -> bytes:
    """Lay a paper's parts out on numbered sheets; the fonts must be registered."""
    out = io.BytesIO()
    document = SimpleDocTemplate(
        out, pagesize=PAGE, leftMargin=MARGIN, rightMargin=MARGIN, topMargin=12 * mm, bottomMargin=12 * mm,
        title=printable(title), lang="ru", initialFontName=FONT, invariant=1,
    )  # fmt: skip
    document.build(story, canvasmaker=numbered(printable(title)))
    return out.getvalue()


@cache
def register_fonts() -> None:
    """Read the fonts once: parsing them takes a good part of a second."""
    pdfmetrics.registerFont(TTFont(FONT, FONTS / "DejaVuSansCondensed.ttf"))
    pdfmetrics.registerFont(TTFont(BOLD, FONTS / "DejaVuSansCondensed-Bold.ttf"))


def paragraph(text: str, size: float, *, font: str = FONT, **style: Any) -> Paragraph:
    """Text that wraps; what looks like mark-up in it is only text."""
    shown = escape(printable(text)).replace("\r", "").replace("\n", "<br/>")
    return Paragraph(shown, ParagraphStyle("text", fontName=font, fontSize=size, leading=size * 1.25, **style))


def _story(table: Table) -> list[Flowable]:
    story = [*heading(table.title, table.subtitle), Spacer(1, 3 * mm), grid_of(table), Spacer(1, 3 * mm)]
    if not table.rows:
        story.append(paragraph("Нет данных за это время.", 9))
    return [*story, *closing(table.notes)]


def heading(title: str, subtitle: str) -> list[Flowable]:
    """What the paper is, and whose."""
    below = [paragraph(subtitle, 9, textColor=MUTED)] if subtitle else []
    return [paragraph(title, 13, font=BOLD), *below]


def closing(notes: Sequence[str]) -> list[Flowable]:
    """Notes and the signature, kept together: no sheet with a signature alone."""
    texts = [paragraph(note, 7.5, textColor=MUTED) for note in notes]
    return [KeepTogether([*texts, Spacer(1, 5 * mm), signature()])]


def signature() -> Grid:
    """Where the paper is signed: post, signature, name, date."""
    titles = ("должность", "", "подпись", "", "фамилия и инициалы", "", "дата")
    widths = (70 * mm, 6 * mm, 45 * mm, 6 * mm, 70 * mm, 6 * mm, 35 * mm)
    grid = Grid([[""] * len(titles), list(titles)], colWidths=widths, hAlign="LEFT")
    lines = [("LINEABOVE", (place, 1), (place, 1), 0.6, HexColor("#1c2126")) for place in (0, 2, 4, 6)]
    font = [("FONT", (0, 0), (-1, -1), FONT, 7), ("TEXTCOLOR", (0, 0), (-1, -1), MUTED)]
    grid.setStyle([*font, *lines, ("ALIGN", (0, 0), (-1, -1), "CENTER"), ("TOPPADDING", (0, 1), (-1, 1), 1)])
    return grid


def grid_of(table: Table) -> Grid:
    """The table laid out: head repeated on every sheet, totals set apart, states by colour and sign."""
    plan = layout(table, WIDTH)
    height = head_height(table.columns)
    head: list[list[Any]] = [[""] * len(table.columns) for _ in range(height)]
    style: list[tuple[Any, ...]] = [
        ("FONT", (0, 0), (-1, -1), FONT, plan.size, plan.size * 1.25),
        ("GRID", (0, 0), (-1, -1), 0.4, HexColor(f"#{LINE}")),
        ("BACKGROUND", (0, 0), (-1, height - 1), HexColor(f"#{HEAD_GROUND}")),
        ("VALIGN", (0, 0), (-1, height - 1), "MIDDLE"),
        ("VALIGN", (0, height), (-1, -1), "TOP"),
        *((name, (0, 0), (-1, -1), plan.padding) for name in ("LEFTPADDING", "RIGHTPADDING")),
        *((name, (0, 0), (-1, -1), 2) for name in ("TOPPADDING", "BOTTOMPADDING")),
    ]
    for found in head_cells(table.columns):
        head[found.row][found.column] = paragraph(found.title, plan.size, font=BOLD, alignment=TA_CENTER)
        end = (found.column + found.columns - 1, found.row + found.rows - 1)
        style.append(("SPAN", (found.column, found.row), end))
    body: list[list[Any]] = []
    for row in (*table.rows, *((table.totals,) if table.totals else ())):
        total = row is table.totals
        body.append(_cells(row, table.columns, plan, style, height + len(body), bold=total))
        if total:
            style.append(("BACKGROUND", (0, -1), (-1, -1), HexColor(f"#{HEAD_GROUND}")))
    # splitInRow: a cell taller than a page goes on overleaf instead of failing
    grid = Grid([*head, *body], colWidths=plan.widths, repeatRows=height, splitInRow=1)
    grid.setStyle(style)
    return grid


def _cells(
    row: Row, columns: tuple[Column, ...], plan: Layout, style: list[tuple[Any, ...]], line: int, *, bold: bool
) -> list[Any]:
    """One row of the grid. Numbers are plain strings set to the right, which is quick; texts wrap."""
    cells: list[Any] = []
    for place, (cell, column) in enumerate(zip(row, columns, strict=True)):
        at, state = (place, line), _state(cell)
        text = printable(text_of(plain(cell), column))
        shown = f"{text} {SIGNS[state]}" if state in SIGNS else text
        ink = f"#{INKS.get(state, '1C2126')}"
        if state in GROUNDS:
            style.append(("BACKGROUND", at, at, HexColor(f"#{GROUNDS[state]}")))
        if column.kind == "text":
            cells.append(paragraph(shown, plan.size, font=BOLD if bold else FONT, textColor=HexColor(ink)))
        else:
            cells.append(shown)
            style += [("ALIGN", at, at, "RIGHT"), ("TEXTCOLOR", at, at, HexColor(ink))]
            if bold:
                style.append(("FONT", at, at, BOLD, plan.size, plan.size * 1.25))
    return cells


def _state(cell: Value | Cell) -> State:
    return cell.state if isinstance(cell, Cell) else ""


def numbered(title: str) -> type[Canvas]:
    """A canvas that knows how many pages there are: it keeps them all and writes the footers last."""

    class NumberedCanvas(Canvas):
        def __init__(self, *arguments: Any, **named: Any) -> None:
            super().__init__(*arguments, **named)
            self._kept: list[dict[str, Any]] = []

        def showPage(self) -> None:  # noqa: N802 - reportlab's name
            self._kept.append(dict(self.__dict__))
            self._startPage()

        def save(self) -> None:
            for number, kept in enumerate(self._kept, 1):
                self.__dict__.update(kept)
                self.setFont(FONT, 7.5)
                self.setFillColor(MUTED)
                self.drawRightString(PAGE[0] - MARGIN - 6, 7 * mm, f"страница {number} из {len(self._kept)}")
                if number > 1:
                    self.drawString(MARGIN + 6, PAGE[1] - 9 * mm, title[:150])
                super().showPage()
            super().save()

    return NumberedCanvas
