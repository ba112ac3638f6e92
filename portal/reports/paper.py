"""A paper of several tables as PDF: the same letters, heads, page numbers and signature as a single table's."""

from __future__ import annotations

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Spacer

from portal.reports import pdf
from portal.values.paper import Paper
from portal.values.table import Table

MIMETYPE = pdf.MIMETYPE


def render(paper: Paper) -> bytes:
    """The bytes of the file; the same paper gives the same bytes."""
    pdf.register_fonts()
    story: list[Flowable] = [*pdf.heading(paper.title, paper.subtitle), Spacer(1, 2 * mm)]
    for part in paper.parts:
        story += _part(part)
    return pdf.build(paper.title, [*story, *pdf.closing(paper.notes)])


def _part(table: Table) -> list[Flowable]:
    """One table under its own title; the title never stays alone at the foot of a page."""
    title = pdf.paragraph(table.title, 10, font=pdf.BOLD, keepWithNext=1, spaceBefore=6)
    if not table.rows:
        return [title, pdf.paragraph("Нет: всё на месте.", 8), Spacer(1, 3 * mm)]
    notes = [pdf.paragraph(note, 7.5, textColor=pdf.MUTED) for note in table.notes]
    return [title, Spacer(1, 1 * mm), pdf.grid_of(table), *notes, Spacer(1, 3 * mm)]
