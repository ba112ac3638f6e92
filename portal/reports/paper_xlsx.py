"""A paper of several tables as one Excel workbook: a sheet a table, numbers as numbers."""

from __future__ import annotations

from dataclasses import replace

from portal.reports import xlsx
from portal.values.paper import Paper

MIMETYPE = xlsx.MIMETYPE


def render(paper: Paper) -> bytes:
    """The bytes of the file. Whose paper it is stands on every sheet."""
    sheets = [(table.title, replace(table, subtitle=paper.subtitle)) for table in paper.parts]
    return xlsx.workbook(paper.title, sheets)
