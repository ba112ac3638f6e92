"""Records → checked columns: every cell read by its kind, every fault of a cell told."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from portal.exchange.cells import CellError, Kept
from portal.exchange.faults import (
    COLUMN_TWICE,
    NO_COLUMN,
    NO_VALUE,
    UNKNOWN_COLUMN,
    WRONG_WIDTH,
    Fault,
    FaultLog,
)
from portal.exchange.records import Chunk, Record
from portal.exchange.tables import Column, TableDescription

MEMO_SIZE, MEMO_TEXT = 20_000, 200
"""So many texts are remembered, none of them longer."""


@dataclass(slots=True)
class Batch:
    """Some rows of a table, column by column, in the form they are kept (:mod:`portal.exchange.cells`).

    ``columns`` holds the columns that are there, and those that should be. ``faulty`` are the numbers of rows
    with a fault: they count as there when others refer to them, and are never loaded. So do ``lost_keys``, of
    rows that are no rows.
    """

    rows: Sequence[int]
    columns: dict[str, list[Kept | None]]
    faulty: set[int]
    lost_keys: list[str]


class _Memo(dict[str, Kept | None]):
    """Remembers what a text was read as: dates, words and numbers repeat much."""

    def __init__(self, read: Callable[[str], Kept]) -> None:
        super().__init__()
        self._read = read

    def __missing__(self, text: str) -> Kept | None:
        value = self._read(text) if text.strip() else None
        if len(text) <= MEMO_TEXT:
            if len(self) >= MEMO_SIZE:
                self.clear()
            self[text] = value
        return value


class TableReader:
    """Reads one table's records. ``present``: the described columns its header has."""

    def __init__(self, table: TableDescription, header: Sequence[str], faults: FaultLog) -> None:
        self._table = table
        self._header = header
        self._faults = faults
        self._places = self._check_header()
        self._memos = {key: _Memo(table.column(key).cell.read) for key in self._places if table.column(key).cell.few}
        self._lacking = [c for c in table.columns if c.needed and c.key not in self._places]
        for column in self._lacking:
            self._fault(1, column.key, NO_COLUMN)

    @property
    def present(self) -> tuple[str, ...]:
        return tuple(self._places)

    @property
    def has_own_key(self) -> bool:
        """Whether the rows can be told by others at all."""
        return self._table.own_key is None or self._table.own_key in self._places

    def batches(self, chunks: Iterable[Chunk]) -> Iterator[Batch]:
        for first_row, records in chunks:
            if {len(self._header)} == set(map(len, records)):
                yield self._batch(range(first_row, first_row + len(records)), records, [])
            else:
                yield self._batch(*self._even(first_row, records))

    def _check_header(self) -> dict[str, int]:
        places: dict[str, int] = {}
        for place, key in enumerate(self._header):
            if key not in self._table.keys:
                self._fault(1, key or str(place + 1), UNKNOWN_COLUMN, key)
            elif key in places:
                self._fault(1, key, COLUMN_TWICE, key)
            else:
                places[key] = place
        return places

    def _even(self, first_row: int, records: list[Record]) -> tuple[list[int], list[Record], list[str]]:
        """Without empty lines, and without rows of another width, which are faults; and the keys of those."""
        rows, kept, lost, width = [], [], [], len(self._header)
        key = self._places.get(self._table.own_key or "", width)
        for row, record in enumerate(records, start=first_row):
            if len(record) == width:
                rows.append(row)
                kept.append(record)
            elif record:
                self._fault(row, "", WRONG_WIDTH.format(found=len(record), expected=width), ",".join(record))
                lost += record[key : key + 1]
        return rows, kept, lost

    def _batch(self, rows: Sequence[int], records: list[Record], lost_keys: list[str]) -> Batch:
        texts = list(zip(*records, strict=True)) or [()] * len(self._header)
        batch = Batch(rows, {}, set(rows) if self._lacking else set(), lost_keys)
        for key, place in self._places.items():
            batch.columns[key] = self._column(self._table.column(key), texts[place], batch)
        for column in self._lacking:
            batch.columns[column.key] = [None] * len(rows)
        return batch

    def _column(self, column: Column, texts: tuple[str, ...], batch: Batch) -> list[Kept | None]:
        read, memo = column.cell.read, self._memos.get(column.key)
        try:
            values = (
                list(map(memo.__getitem__, texts)) if memo is not None
                else [read(t) if t and not t.isspace() else None for t in texts]
            )  # fmt: skip
        except CellError:
            values = [self._cell(column, text, row, batch) for row, text in zip(batch.rows, texts, strict=True)]
        if column.filled and None in values:
            for row, text, value in zip(batch.rows, texts, values, strict=True):
                if value is None and (not text or text.isspace()):
                    self._fault(row, column.key, NO_VALUE)
                    batch.faulty.add(row)
        return values

    def _cell(self, column: Column, text: str, row: int, batch: Batch) -> Kept | None:
        if not text or text.isspace():
            return None
        try:
            return column.cell.read(text)
        except CellError as error:
            self._fault(row, column.key, str(error), text)
            batch.faulty.add(row)
            return None

    def _fault(self, row: int, column: str, what: str, was: str = "") -> None:
        self._faults.add(Fault(self._table.file, row, column, what, was))
