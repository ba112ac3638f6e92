"""CSV bytes → records of texts, in chunks, with every way a file may be no CSV told as a fault."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from typing import BinaryIO

from portal.exchange.faults import (
    NO_HEADER,
    TOO_LONG,
    UNREADABLE,
    WRONG_DELIMITER,
    WRONG_ENCODING,
    WRONG_QUOTES,
    Fault,
    FaultLog,
)
from portal.exchange.files import READ_ERRORS, DatasetFile

CHUNK, CHUNK_BYTES = 5000, 16 * 2**20
"""A chunk ends after so many records or bytes."""
LONGEST_FIELD = 2**20
OTHER_DELIMITERS = ";\t|"
Record = list[str]
Chunk = tuple[int, list[Record]]
"""The number of the first record (the header is 1), and the records."""


class _NulFoundError(ValueError):
    """A zero byte: no database keeps one in a text, and UTF-16 is full of them."""


class _CheckedBytes(io.RawIOBase):
    """Counts what is read, for the progress bar, and stops at a zero byte."""

    def __init__(self, inner: BinaryIO, counted: Callable[[int], None]) -> None:
        self._inner = inner
        self._counted = counted
        self.total = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        data = self._inner.read(len(buffer))
        if b"\0" in data:
            raise _NulFoundError
        self.total += len(data)
        self._counted(len(data))
        buffer[: len(data)] = data
        return len(data)

    def close(self) -> None:
        self._inner.close()
        super().close()


class CsvRecords:
    """A file's header (empty where there is none) and its records; ``broken``: some of the file could not be read."""

    def __init__(self, file: DatasetFile, faults: FaultLog, counted: Callable[[int], None]) -> None:
        self._file = file
        self._faults = faults
        self._counted = counted
        self.header: list[str] = []
        self.broken = False

    def chunks(self) -> Iterator[Chunk]:
        """Chunks of records; ``header`` stands before the first of them."""
        row, chunk, problem = 1, list[Record](), None
        csv.field_size_limit(LONGEST_FIELD)
        try:
            with self._file.open() as opened:
                checked, begun = _CheckedBytes(opened, self._counted), 0
                buffered = io.BufferedReader(checked, 2**18)
                records = csv.reader(io.TextIOWrapper(buffered, encoding="utf-8-sig", newline=""), strict=True)
                self.header = [name.strip() for name in next(records, [])]
                row = 2
                if not self._header_is_good():
                    return
                for record in records:
                    chunk.append(record)
                    if len(chunk) == CHUNK or checked.total - begun > CHUNK_BYTES:
                        yield row, chunk
                        row, chunk, begun = row + len(chunk), [], checked.total
        except (UnicodeDecodeError, _NulFoundError, csv.Error, *READ_ERRORS) as error:
            problem = error
        if chunk:
            yield row, chunk
        if problem:
            self._tell(problem, row + len(chunk))

    def _header_is_good(self) -> bool:
        if not any(self.header):
            self._break(1, NO_HEADER)
        elif len(self.header) == 1 and any(other in self.header[0] for other in OTHER_DELIMITERS):
            self._break(1, WRONG_DELIMITER, was=self.header[0])
        if self.broken:
            self.header = []
        return not self.broken

    def _tell(self, problem: Exception, row: int) -> None:
        if isinstance(problem, UnicodeDecodeError | _NulFoundError):
            self._break(*_where_not_utf8(self._file))
        elif isinstance(problem, csv.Error):
            limit = "field larger" in str(problem)
            self._break(row, TOO_LONG.format(limit=LONGEST_FIELD) if limit else WRONG_QUOTES)
        else:
            self._break(row, UNREADABLE, was=type(problem).__name__)

    def _break(self, row: int, what: str, column: str = "", was: str = "") -> None:
        self.broken = True
        self._faults.add(Fault(self._file.name, row, column, what, was))


def _where_not_utf8(file: DatasetFile) -> tuple[int, str, str, str]:
    """The record, column and text where the bytes stop being UTF-8: the quick reader reads ahead."""
    with file.open() as opened:
        text = io.TextIOWrapper(io.BufferedReader(opened), "utf-8-sig", errors="surrogateescape", newline="")  # type: ignore[type-var]
        header: Record = []
        try:
            for row, record in enumerate(csv.reader(text), start=1):
                header = header or record
                for place, cell in enumerate(record):
                    if "\0" in cell or any("\udc80" <= c <= "\udcff" for c in cell):
                        shown = cell.encode(errors="surrogateescape").decode(errors="replace")
                        column = header[place] if row > 1 and place < len(header) else ""
                        return row, WRONG_ENCODING, column, shown
        except csv.Error:
            pass
    return 1, WRONG_ENCODING, "", ""
