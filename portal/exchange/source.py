"""Where a dataset comes from: a folder, a zip, or rows in memory."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Protocol

from portal.exchange.faults import FaultLog
from portal.exchange.files import DatasetFiles, find_files
from portal.exchange.reader import Batch, TableReader
from portal.exchange.records import CHUNK, Chunk, CsvRecords
from portal.exchange.tables import TABLES, TableDescription
from portal.exchange.writer import cell_text

Progress = Callable[[str, int, float | None], None]
"""Called with a table's name, its rows so far, and the share of the whole dataset read (none: unknown)."""
Rows = Iterable[Mapping[str, object]]


class TableSource(Protocol):
    """One table of a dataset."""

    table: TableDescription
    present: tuple[str, ...]
    unsure: bool
    """After reading: some of its rows or all of their keys are unknown, so nobody can say what it lacks."""

    def batches(self) -> Iterator[Batch]:
        """Its rows, once; ``present`` stands before the first batch."""


class Source(Protocol):
    """A dataset, read once. ``notes`` are Russian sentences about files left aside."""

    notes: tuple[str, ...]

    def tables(self, faults: FaultLog) -> Iterator[TableSource]:
        """Its tables in the order of loading; what is wrong goes to ``faults``."""

    def share(self) -> float | None:
        """How much of it has been read, 0 to 1, where it can be told."""


def open_dataset(path: Path | str) -> Source:
    """The dataset in a folder or zip of CSV files. ``FileNotFoundError`` where there is nothing."""
    path = Path(path)
    if not path.exists():
        raise FileNotFoundError(path)
    return _FileSource(find_files(path))


def of_rows(tables: Iterable[tuple[str, Rows]]) -> Source:
    """A dataset of rows in memory, of the same shape ``write_dataset`` takes; read once, table by table.

    The rows of a table are asked for in the order of loading, whatever the order of ``tables``.
    """
    return _RowSource(dict(tables))


class _FileSource:
    def __init__(self, found: DatasetFiles) -> None:
        self.notes = tuple(found.notes)
        self._found = found
        self._size = sum(file.size for file in found.files.values()) or 1
        self._read = 0

    def tables(self, faults: FaultLog) -> Iterator[TableSource]:
        for fault in self._found.faults:
            faults.add(fault)
        for name, table in TABLES.items():
            if file := self._found.files.get(name):
                yield _FileTable(table, CsvRecords(file, faults, self._count), faults)

    def share(self) -> float:
        return min(1.0, self._read / self._size)

    def _count(self, size: int) -> None:
        self._read += size


class _FileTable:
    def __init__(self, table: TableDescription, records: CsvRecords, faults: FaultLog) -> None:
        self.table = table
        self.unsure = False
        self._records = records
        chunks = records.chunks()
        first = next(chunks, None)  # reads the header
        self._reader = TableReader(table, records.header, faults) if records.header else None
        self.present = self._reader.present if self._reader else ()
        self._chunks = itertools.chain([first] if first else [], chunks)

    def batches(self) -> Iterator[Batch]:
        if self._reader:
            yield from self._reader.batches(self._chunks)
        self.unsure = self._records.broken or (self._reader is not None and not self._reader.has_own_key)


class _RowSource:
    notes: tuple[str, ...] = ()

    def __init__(self, tables: dict[str, Rows]) -> None:
        self._tables = tables

    def tables(self, faults: FaultLog) -> Iterator[TableSource]:
        for name, table in TABLES.items():
            if name in self._tables:
                yield _RowTable(table, self._tables[name], faults)

    def share(self) -> None:
        return None


class _RowTable:
    unsure = False

    def __init__(self, table: TableDescription, rows: Rows, faults: FaultLog) -> None:
        self.table = table
        self._rows = rows
        self._reader = TableReader(table, table.keys, faults)
        self.present = table.keys

    def batches(self) -> Iterator[Batch]:
        return self._reader.batches(self._chunks())

    def _chunks(self) -> Iterator[Chunk]:
        keys, rows, first = self.table.keys, iter(self._rows), 2
        while records := [[cell_text(row.get(key)) for key in keys] for row in itertools.islice(rows, CHUNK)]:
            yield first, records
            first += len(records)
