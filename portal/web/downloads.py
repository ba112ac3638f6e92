"""A table as a download: the right renderer, a safe file name, nothing kept in caches."""

from __future__ import annotations

import re
from collections.abc import Callable
from importlib import import_module
from tempfile import TemporaryFile
from typing import IO, Any
from urllib.parse import quote

from flask import Response, abort, make_response, send_file, url_for

from portal.values.paper import Paper
from portal.values.table import Table

FORMATS = ("pdf", "xlsx", "csv")
"""File endings, each a module of ``portal.reports`` (loaded when first asked for: they are large)."""

LONGEST_NAME = 120
_UNSAFE = re.compile(r'[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069/\\:*?"<>|]+')


def download(table: Table, ending: str, name: str) -> Response:
    """The table as a file ``name.ending``; an ending we do not make is «not found»."""
    if ending not in FORMATS:
        abort(404)
    return _rendered(ending, table, name, ending)


PAPERS = {"pdf": "paper", "xlsx": "paper_xlsx"}
"""File ending of a paper → module of ``portal.reports``; a CSV holds one table only."""


def download_paper(paper: Paper, name: str, ending: str = "pdf") -> Response:
    """A paper of several tables as the file ``name.pdf``, or as a workbook of a sheet a table."""
    if ending not in PAPERS:
        abort(404)
    return _rendered(PAPERS[ending], paper, name, ending)


def _rendered(module: str, content: Table | Paper, name: str, ending: str) -> Response:
    renderer = import_module(f"portal.reports.{module}")
    response = make_response(renderer.render(content))
    response.headers["Content-Type"] = renderer.MIMETYPE
    response.headers["Content-Disposition"] = _disposition(file_name(name), ending)
    response.headers["Cache-Control"] = "no-store"
    return response


def download_written(write: Callable[[IO[bytes]], None], mimetype: str, ending: str, name: str) -> Response:
    """A file too long to hold: ``write`` fills a nameless one on disk, which is sent piece by piece and gone after."""
    file = TemporaryFile()  # noqa: SIM115 - the response closes it
    write(file)
    file.seek(0)
    response = send_file(file, mimetype=mimetype, etag=False)
    response.headers["Content-Type"] = mimetype
    response.headers["Content-Disposition"] = _disposition(file_name(name), ending)
    response.headers["Cache-Control"] = "no-store"
    return response


def files_of(endpoint: str, **arguments: Any) -> dict[str, str]:
    """Ending → address of a report's files."""
    return {ending: url_for(endpoint, ending=ending, **arguments) for ending in FORMATS}


def file_name(text: str) -> str:
    """A name every file system takes: no signs of paths, no control characters, not too long."""
    cleaned = " ".join(_UNSAFE.sub(" ", text).split()).strip(" .")
    return cleaned[:LONGEST_NAME].rstrip(" .") or "Отчёт"


def _disposition(name: str, ending: str) -> str:
    """Russian names for browsers (RFC 6266), a plain one for the rest."""
    return f"attachment; filename=report.{ending}; filename*=UTF-8''{quote(f'{name}.{ending}', safe='')}"
