"""A paper of several tables, tiles and bars as PDF: letters, heads, page numbers, signature as a single table's."""

from __future__ import annotations

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, KeepTogether, Spacer

from portal.reports import pdf, pdf_looks
from portal.values.paper import Paper
from portal.values.table import Table

MIMETYPE = pdf.MIMETYPE

SHORT = 15
"""Rows: a table of no more stays on one page."""


def render(paper: Paper) -> bytes:
    """The bytes of the file; the same paper gives the same bytes."""
    pdf.register_fonts()
    story: list[Flowable] = [*pdf.heading(paper.title, paper.subtitle), Spacer(1, 2 * mm)]
    for part in paper.parts:
        story += _part(part)
    return pdf.build(paper.title, [*story, *pdf.closing(paper.notes)])


def _part(table: Table) -> list[Flowable]:
    """One part under its own title, which never stays alone at the foot of a page; what is short never breaks."""
    title = pdf.paragraph(table.title, 10, font=pdf.BOLD, keepWithNext=1, spaceBefore=6)
    if not table.rows:
        return [title, pdf.paragraph("Нет: всё на месте.", 8), Spacer(1, 3 * mm)]
    notes = [pdf.paragraph(note, 7.5, textColor=pdf.MUTED) for note in table.notes]
    drawn = {"table": pdf.grid_of, "tiles": pdf_looks.tiles, "bar": pdf_looks.bar}[table.look](table)
    part = [title, Spacer(1, 1 * mm), drawn, Spacer(1, 1 * mm), *notes, Spacer(1, 2 * mm)]
    return part if table.look == "table" and len(table.rows) > SHORT else [KeepTogether(part)]
