"""Writes a dataset: a folder of CSV files, or a zip where the path ends in ``.zip``."""

from __future__ import annotations

import csv
import io
import os
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

    Rows are read one by one; keys a row lacks are empty cells. What is made is for its owner's eyes only:
    datasets hold personal data.
    """
    path = Path(path)
    if path.suffix.lower() != ".zip":
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
        return {name: _write(TABLES[name], _folder_file(path, TABLES[name].file), rows) for name, rows in tables}
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(path.name + ".part")
    with (
        open(unfinished, "wb", opener=_private) as file,
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive,
    ):
        counts = {name: _write(TABLES[name], _zip_entry(archive, TABLES[name].file), rows) for name, rows in tables}
    unfinished.replace(path)
    return counts


def _private(name: str, flags: int) -> int:
    return os.open(name, flags, 0o600)


def _folder_file(folder: Path, name: str) -> TextIO:
    return open(folder / name, "w", encoding="utf-8", newline="", opener=_private)


def _zip_entry(archive: zipfile.ZipFile, name: str) -> TextIO:
    info = zipfile.ZipInfo(name, ZIP_MOMENT)
    info.compress_type = zipfile.ZIP_DEFLATED
    info.external_attr = 0o600 << 16
    return io.TextIOWrapper(archive.open(info, "w", force_zip64=True), encoding="utf-8", newline="")


def _write(table: TableDescription, file: TextIO, rows: Rows) -> int:
    """A full header and every row, RFC 4180; the same rows always make the same bytes."""
    keys, count = table.keys, 0
    with file:
        writer = csv.writer(file, lineterminator="\r\n")
        writer.writerow(keys)
        for row in rows:
            get = row.get
            writer.writerow([cell_text(get(key)) for key in keys])
            count += 1
    return count
