"""A table as an Excel workbook: numbers are numbers, dates are dates, the head and the first column stay in sight."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from datetime import date, datetime

from openpyxl import Workbook
from openpyxl.cell import Cell as SheetCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from portal.reports.head import head_cells, head_height
from portal.reports.plain_text import begins_a_formula, printable
from portal.reports.signs import GROUNDS, HEAD_GROUND, INKS, SIGNS
from portal.values.percent import Percent
from portal.values.table import Cell, Column, State, Table, Value, plain, text_of

MIMETYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

LONGEST_TEXT = 32_767
"""Characters a cell of Excel can hold."""

LONGEST_NAME = 31
"""Characters Excel allows in a sheet's name."""

_UNSAFE_IN_NAMES = re.compile(r"[\\/*?:\[\]]")

FORMATS = {
    "int": "0",
    "change": "+0;-0;0",
    "percent": "0",
    "number": "0.00",
    "date": "dd.mm.yyyy",
    "moment": "dd.mm.yyyy hh:mm",
}
_LINE = Side(style="thin", color="C9D1D9")
_BORDER = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_HEAD = PatternFill("solid", fgColor=HEAD_GROUND)


def render(table: Table) -> bytes:
    """The bytes of the file: a title, the head, the rows, the totals, the notes, on one sheet."""
    return workbook(table.title, [("Отчёт", table)])


def workbook(title: str, sheets: Sequence[tuple[str, Table]]) -> bytes:
    """A workbook of a sheet a table; the names of sheets are made such as Excel takes them."""
    book = Workbook()
    book.remove(book.active)
    book.properties.title = printable(title)
    for name, table in sheets:
        fill(book.create_sheet(_UNSAFE_IN_NAMES.sub(" ", printable(name))[:LONGEST_NAME]), table)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def fill(sheet: Worksheet, table: Table) -> None:
    """Write one table onto a sheet."""
    top = _title(sheet, table)
    first = top + head_height(table.columns)
    _head(sheet, table, top)
    for number, row in enumerate(table.rows, first):
        _row(sheet, table, row, number)
    end = first + len(table.rows)
    if table.totals:
        _row(sheet, table, table.totals, end, bold=True)
        end += 1
    for number, note in enumerate(table.notes, end + 1):
        _text(sheet.cell(number, 1), note)
    _widths(sheet, table)
    _printing(sheet, top, first)


def _title(sheet: Worksheet, table: Table) -> int:
    """Write the title above the table; the number of the head's first row."""
    _text(sheet.cell(1, 1), table.title)
    sheet.cell(1, 1).font = Font(bold=True, size=14)
    if table.subtitle:
        _text(sheet.cell(2, 1), table.subtitle)
    return 4 if table.subtitle else 3


def _head(sheet: Worksheet, table: Table, top: int) -> None:
    for row in range(top, top + head_height(table.columns)):
        for place in range(1, len(table.columns) + 1):
            sheet.cell(row, place).border = _BORDER
            sheet.cell(row, place).fill = _HEAD
    for found in head_cells(table.columns):
        row, place = top + found.row, found.column + 1
        cell = sheet.cell(row, place)
        _text(cell, found.title)
        cell.font = Font(bold=True)
        cell.alignment = Alignment(wrap_text=True, horizontal="center", vertical="center")
        if found.rows > 1 or found.columns > 1:
            sheet.merge_cells(
                start_row=row, start_column=place, end_row=row + found.rows - 1, end_column=place + found.columns - 1
            )


def _row(sheet: Worksheet, table: Table, row: tuple[Value | Cell, ...], number: int, *, bold: bool = False) -> None:
    for place, (cell, column) in enumerate(zip(row, table.columns, strict=True), 1):
        state: State = cell.state if isinstance(cell, Cell) else ""
        written = sheet.cell(number, place)
        _value(written, plain(cell), column, state)
        written.border = _BORDER
        if bold:
            written.font = Font(bold=True)
            written.fill = _HEAD
        if state in GROUNDS:
            written.fill = PatternFill("solid", fgColor=GROUNDS[state])
            written.font = Font(bold=bold, color=INKS[state])


def _value(cell: SheetCell, value: Value, column: Column, state: State) -> None:
    """Numbers and dates as themselves, everything else as text. A percentage is the whole number people see:
    Excel would round an exact ratio across the border of its threshold."""
    if isinstance(value, Percent):
        shown = text_of(value, column)
        value = int(shown) if value.exact is not None else shown
    if isinstance(value, datetime):
        value = value.replace(tzinfo=None)
    if value is None or isinstance(value, (int, float, date)):
        cell.value = value
        sign = f'" {SIGNS[state]}"' if state in SIGNS else ""
        kind = "int" if column.kind == "number" and isinstance(value, int) else column.kind
        cell.number_format = FORMATS.get(kind, "General") + (sign if kind in FORMATS else "")
        cell.alignment = Alignment(vertical="top")
        return
    _text(cell, f"{value} {SIGNS[state]}" if state in SIGNS else value)
    cell.alignment = Alignment(wrap_text=True, vertical="top", horizontal=None if column.kind == "text" else "right")


def _text(cell: SheetCell, text: str) -> None:
    """Text that stays text: Excel computes nothing in it, nor when somebody edits the cell."""
    cell.value = printable(text).replace("\r", "")[:LONGEST_TEXT]
    cell.data_type = "s"
    if begins_a_formula(text):
        cell.quotePrefix = True


def _widths(sheet: Worksheet, table: Table) -> None:
    for place, column in enumerate(table.columns):
        texts = [text_of(plain(row[place]), column) for row in table.rows]
        words = [len(word) for word in column.title.split()]
        wanted = max([len(text) for text in texts], default=0) if column.kind == "text" else 0
        sheet.column_dimensions[get_column_letter(place + 1)].width = min(max(wanted, *words, 9) + 2, 48)


def _printing(sheet: Worksheet, top: int, first: int) -> None:
    sheet.freeze_panes = sheet.cell(first, 2)
    sheet.print_title_rows = f"{top}:{first - 1}"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.oddFooter.right.text = "Страница &P из &N"
