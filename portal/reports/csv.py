"""A table as CSV that Excel in Russia opens by a double click.

UTF-8 with a BOM (else Excel takes it for windows-1251), semicolons (the list separator of the Russian
settings, where a comma is the decimal sign), CRLF. One line of head; the totals are the last line. The title
and notes stay out, so that programs can read the file too. (Datasets are another format: exchange/.)
"""

from __future__ import annotations

import csv
import io

from portal.reports.head import one_line_title
from portal.reports.plain_text import begins_a_formula, printable
from portal.values.table import Cell, Column, Table, Value, plain, text_of

MIMETYPE = "text/csv; charset=utf-8"


def render(table: Table) -> bytes:
    """The bytes of the file."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(_as_text(one_line_title(column)) for column in table.columns)
    for row in (*table.rows, *((table.totals,) if table.totals else ())):
        writer.writerow(_field(cell, column) for cell, column in zip(row, table.columns, strict=True))
    return out.getvalue().encode("utf-8-sig")


def _field(cell: Value | Cell, column: Column) -> str:
    value = plain(cell)
    if isinstance(value, int):
        return str(value)  # a change is a plain number here: a spreadsheet knows no typographic minus
    text = text_of(value, column)
    return _as_text(text) if isinstance(value, str) else text


def _as_text(text: str) -> str:
    """An apostrophe before what looks like a formula: a spreadsheet shows it as text and computes nothing."""
    text = printable(text)
    return f"'{text}" if begins_a_formula(text) else text
