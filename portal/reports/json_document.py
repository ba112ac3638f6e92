"""Sheets as one JSON document, written row by row: memory does not grow with the rows."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date
from typing import IO, Any

from portal.values.sheet import Sheet

MIMETYPE = "application/json; charset=utf-8"


def write(head: Mapping[str, Any], sheets: Iterable[Sheet], out: IO[bytes]) -> None:
    """``head``'s members, then ``kinds``: code → title, and rows as objects by the columns' keys."""
    out.write(_dump(head)[:-1].encode() + b',"kinds":{')
    for place, sheet in enumerate(sheets):
        titles = {column.key: column.title for column in sheet.columns}
        opening = f'{_dump(sheet.code)}:{{"title":{_dump(sheet.title)},"columns":{_dump(titles)},"rows":['
        out.write(b",\n" * bool(place) + opening.encode())
        keys = list(titles)
        for number, row in enumerate(sheet.rows):
            line = _dump(dict(zip(keys, row, strict=True)))
            out.write(b",\n" * bool(number) + line.encode())
        out.write(b"]}")
    out.write(b"}}\n")


def write_all(document: Mapping[str, Any], out: IO[bytes]) -> None:
    """A small document at once."""
    out.write(_dump(document).encode() + b"\n")


def _dump(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=_plain)


def _plain(value: object) -> str:
    """Dates as ISO 8601, moments with their offset."""
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(type(value).__name__)
