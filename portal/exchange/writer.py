"""Writes a dataset: a folder of CSV files, or a zip where the path ends in ``.zip``."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any, TextIO

from portal.exchange.tables import TABLES, TableDescription

Rows = Iterable[Mapping[str, object]]
ZIP_MOMENT = (1980, 1, 1, 0, 0, 0)
"""The same rows make the same bytes: an archive's entries carry no date of their own."""


def cell_text(value: object) -> str:
    """A value as a cell: moments in UTC with their offset (naive ones as they are), 1 and 0, nothing for none."""
    write = _TEXTS.get(type(value), str)
    return write(value)


_TEXTS: dict[type, Callable[[Any], str]] = {
    type(None): lambda _: "",
    str: lambda text: text,
    bool: lambda flag: "1" if flag else "0",
    date: date.isoformat,
    datetime: lambda moment: (moment.astimezone(UTC) if moment.tzinfo else moment).isoformat(),
    time: lambda clock: clock.strftime("%H:%M"),
}


def write_dataset(path: Path | str, tables: Iterable[tuple[str, Rows]]) -> dict[str, int]:
    """Write tables (name, rows) in the order they come; returns how many rows each has.

    Rows are read one by one. Keys a row lacks are empty cells; a table without rows makes no file.
    """
    path = Path(path)
    if path.suffix.lower() == ".zip":
        path.parent.mkdir(parents=True, exist_ok=True)
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
            return _write_all(tables, lambda name: _zip_entry(archive, name))
    path.mkdir(parents=True, exist_ok=True)
    return _write_all(tables, lambda name: (path / name).open("w", encoding="utf-8", newline=""))


def _zip_entry(archive: zipfile.ZipFile, name: str) -> TextIO:
    info = zipfile.ZipInfo(name, ZIP_MOMENT)
    info.compress_type = zipfile.ZIP_DEFLATED
    info.external_attr = 0o644 << 16
    return io.TextIOWrapper(archive.open(info, "w", force_zip64=True), encoding="utf-8", newline="")


def _write_all(tables: Iterable[tuple[str, Rows]], open_file: Callable[[str], TextIO]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for name, rows in tables:
        table, found = TABLES[name], iter(rows)
        first = next(found, None)
        counts[name] = 0
        if first is not None:
            with open_file(table.file) as file:
                counts[name] = _write_rows(table, file, first, found)
    return counts


def _write_rows(table: TableDescription, file: TextIO, first: Mapping[str, object], rows: Rows) -> int:
    writer = csv.writer(file, lineterminator="\r\n")
    keys = table.keys
    writer.writerow(keys)
    writer.writerow([cell_text(first.get(key)) for key in keys])
    count = 1
    for row in rows:
        get = row.get
        writer.writerow([cell_text(get(key)) for key in keys])
        count += 1
    return count
