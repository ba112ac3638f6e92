"""One table value that every renderer (page, PDF, XLSX, CSV) understands."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Literal

from portal.values.percent import Percent

Kind = Literal["text", "int", "change", "percent", "number", "date", "moment"]
State = Literal["good", "warn", "bad", "muted", ""]
Value = str | int | float | Percent | date | datetime | None
Look = Literal["table", "tiles", "bar"]


@dataclass(frozen=True, slots=True)
class Column:
    """A column: ``key`` names it for programs, ``title`` for people.

    ``change`` is a whole number shown with its sign.
    ``group`` puts neighbours under one common head; ``weight`` is the relative width on paper;
    ``threshold`` (per cent) keeps a shown percentage on its side of the border; ``truncate`` shows a
    percentage cut down instead of rounded (the office's users table).
    """

    key: str
    title: str
    kind: Kind = "text"
    group: str = ""
    weight: float = 1.0
    threshold: Decimal | int | None = None
    truncate: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """A value with a state: shown by colour *and* by a word or sign."""

    value: Value
    state: State = ""


Row = tuple[Value | Cell, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A report. ``rows`` are as long as ``columns``; ``totals`` is an optional last row, set apart.

    ``row_keys`` (one a row, when given) name what a row is about, so that a page can link it; the other
    renderers ignore them.

    ``look`` is how page and paper draw it where a picture tells more; spreadsheets always get the table.
    ``tiles``: a tile a row; its first cell is the title, the second the figure with its state, the others small
    lines. ``bar``: a part of one bar a row; the first cell is its name, the second how many, with its state.
    """

    title: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    notes: tuple[str, ...] = ()
    subtitle: str = ""
    totals: Row | None = None
    row_keys: tuple[int | str | None, ...] = field(default=())
    look: Look = "table"

    def __post_init__(self) -> None:
        for row in (*self.rows, *((self.totals,) if self.totals else ())):
            if len(row) != len(self.columns):
                raise ValueError(f"{self.title}: a row of {len(row)} cells under {len(self.columns)} columns")


def plain(cell: Value | Cell) -> Value:
    """The value of a cell, whether or not it carries a state."""
    return cell.value if isinstance(cell, Cell) else cell


def signed(change: int) -> str:
    """«+5», «−3», «0»."""
    return "0" if change == 0 else f"{'+' if change > 0 else '−'}{abs(change)}"


def text_of(value: Value, column: Column) -> str:
    """A value as people read it: the same words on the page, in the PDF and in the CSV."""
    if value is None:
        return ""
    if isinstance(value, Percent):
        whole = value.truncated() if column.truncate else value.whole(column.threshold)
        return "нет данных" if whole is None else str(whole)
    if column.kind == "change" and isinstance(value, int):
        return signed(value)
    if isinstance(value, date):
        return value.strftime("%d.%m.%Y %H:%M" if isinstance(value, datetime) else "%d.%m.%Y")
    if isinstance(value, float):
        return f"{value:.2f}".replace(".", ",")
    return str(value)
