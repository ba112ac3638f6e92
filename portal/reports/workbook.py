"""Sheets as one Excel workbook, written row by row: memory does not grow with the rows."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import IO, Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from portal.reports.plain_text import begins_a_formula, printable
from portal.reports.signs import HEAD_GROUND
from portal.reports.xlsx import FORMATS, LONGEST_TEXT, MIMETYPE
from portal.values.sheet import Sheet
from portal.values.table import Column, Value

__all__ = ["MIMETYPE", "write"]

LONGEST_NAME = 31
"""Characters Excel allows in a sheet's name."""

MOST_ROWS = 1_048_576 - 1
"""Rows of a sheet below its head; more go on in a further sheet."""

WIDTH = 16


def write(sheets: Iterable[Sheet], out: IO[bytes], title: str) -> None:
    """Write the workbook; numbers and dates as themselves, the head stays in sight."""
    book = Workbook(write_only=True)
    book.properties.title = printable(title)
    for sheet in sheets:
        page = _page(book, sheet, sheet.title)
        cells = [_cell(page, column) for column in sheet.columns]
        for number, row in enumerate(sheet.rows):
            if number and number % MOST_ROWS == 0:
                page = _page(book, sheet, f"{sheet.title[: LONGEST_NAME - 4]} ({number // MOST_ROWS + 1})")
            page.append([_filled(cell, value) for cell, value in zip(cells, row, strict=True)])
    book.save(out)


def _page(book: Workbook, sheet: Sheet, name: str) -> WriteOnlyWorksheet:
    page: WriteOnlyWorksheet = book.create_sheet(printable(name)[:LONGEST_NAME])
    page.freeze_panes = "B2"
    for place in range(1, len(sheet.columns) + 1):
        page.column_dimensions[get_column_letter(place)].width = WIDTH
    head = []
    for column in sheet.columns:
        cell = WriteOnlyCell(page, column.title)
        cell.font, cell.fill = Font(bold=True), PatternFill("solid", fgColor=HEAD_GROUND)
        head.append(cell)
    page.append(head)
    return page


def _cell(page: WriteOnlyWorksheet, column: Column) -> WriteOnlyCell:
    """One cell serves a whole column: its format is looked up once, and a row is written before the next comes."""
    cell = WriteOnlyCell(page)
    cell.number_format = FORMATS.get(column.kind, "General")
    return cell


def _filled(cell: WriteOnlyCell, value: Value) -> Any:
    """Numbers and plain texts bare, which is quick; texts that look like more than text stay texts."""
    if value is None or isinstance(value, (int, float)):
        return value
    if isinstance(value, date):
        cell.value = value.replace(tzinfo=None) if isinstance(value, datetime) else value
        return cell
    text = printable(str(value)).replace("\r", "")[:LONGEST_TEXT]
    if not begins_a_formula(text) and not text.startswith("#"):  # «#N/A» would be an error's value
        return text
    guarded = WriteOnlyCell(cell.parent)
    guarded.value, guarded.data_type, guarded.quotePrefix = text, "s", True
    return guarded
