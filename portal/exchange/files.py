"""The files of a dataset on disk: a folder or a zip, neither of which is trusted."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from portal.exchange.faults import UNREADABLE, Fault
from portal.exchange.tables import TABLES

MAX_UNPACKED = 32 * 2**30
"""No dataset is larger; a region's school year is about 2 GiB."""
MAX_RATIO = 200
"""CSV of a journal shrinks 10 to 30 times; what shrinks more was made to fill the disk or the memory."""
RATIO_FREE = 4 * 2**20
MAX_ENTRIES = 1000
READ_ERRORS = (OSError, EOFError, zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError)
"""What reading a damaged, encrypted or exotic archive raises."""


class BrokenFile(Exception):  # noqa: N818 - becomes a fault of the dataset
    """A file or an archive that cannot be read, with the Russian reason."""


@dataclass(frozen=True, slots=True)
class DatasetFile:
    """One table's file: its name as told to people, its size in bytes, and how to open it."""

    name: str
    size: int
    open: Callable[[], BinaryIO]


@dataclass(slots=True)
class DatasetFiles:
    """Files by table, notes about files left aside, and faults of the whole."""

    files: dict[str, DatasetFile] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


_TABLE_OF = {table.file: table.name for table in TABLES.values()}


def find_files(path: Path) -> DatasetFiles:
    """The dataset's files in a folder or in a zip."""
    found = DatasetFiles()
    if path.is_dir():
        for child in sorted(path.iterdir()):
            if child.name in _TABLE_OF:
                size = child.stat().st_size if child.is_file() else 0
                found.files[_TABLE_OF[child.name]] = DatasetFile(child.name, size, _opener(child))
            else:
                _note(found, child.name)
        return _complete(found, path)
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
    except READ_ERRORS as error:
        found.faults.append(Fault(path.name, 0, "", f"{UNREADABLE}: это не папка и не zip", str(error)))
        return found
    try:
        _take_entries(path, entries, found)
    except BrokenFile as broken:
        found.files.clear()
        found.faults.append(Fault(path.name, 0, "", str(broken.args[0]), str(broken.args[1])))
        return found
    return _complete(found, path)


def _complete(found: DatasetFiles, path: Path) -> DatasetFiles:
    if not found.files:
        found.faults.append(Fault(path.name, 0, "", "нет ни одного файла набора данных"))
    return found


def _opener(path: Path) -> Callable[[], BinaryIO]:
    return lambda: path.open("rb")


def _note(found: DatasetFiles, name: str) -> None:
    if name.endswith(".csv") and not PurePosixPath(name).name.startswith("."):
        found.notes.append(f"Файл {name} не из набора данных: пропущен.")


def _take_entries(path: Path, entries: list[zipfile.ZipInfo], found: DatasetFiles) -> None:
    if len(entries) > MAX_ENTRIES:
        raise BrokenFile("в архиве слишком много файлов", str(len(entries)))
    if sum(entry.file_size for entry in entries) > MAX_UNPACKED:
        raise BrokenFile("архив слишком велик после распаковки", "")
    for entry in entries:
        place = PurePosixPath(entry.filename)
        if place.is_absolute() or ".." in place.parts or "\\" in entry.filename or ":" in entry.filename:
            raise BrokenFile("путь выходит за пределы архива", entry.filename)
        if entry.is_dir() or place.parts[0] == "__MACOSX":
            continue
        table = _TABLE_OF.get(place.name)
        if table is None:
            _note(found, entry.filename)
            continue
        if table in found.files:
            raise BrokenFile("файл есть в архиве дважды", entry.filename)
        if entry.file_size > max(RATIO_FREE, entry.compress_size * MAX_RATIO):
            raise BrokenFile(f"файл сжат больше чем в {MAX_RATIO} раз", entry.filename)
        found.files[table] = DatasetFile(place.name, entry.file_size, _entry_opener(path, entry))


def _entry_opener(path: Path, entry: zipfile.ZipInfo) -> Callable[[], BinaryIO]:
    """Never unpacked to disk; the archive closes with its entry. zipfile stops at the declared size."""

    def open_entry() -> BinaryIO:
        archive = zipfile.ZipFile(path)
        try:
            stream = archive.open(entry)
        finally:
            archive.close()  # the file stays open until the entry's stream closes
        return io.BufferedReader(stream, 2**18)  # type: ignore[type-var]

    return open_entry
