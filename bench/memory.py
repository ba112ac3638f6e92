"""What the plain application holds in memory: the portal's own pages, taken apart into blocks and cells."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass, field
from datetime import date
from html.parser import HTMLParser
from typing import Any

from flask import Flask

BLOCKS = frozenset({"tr", "li", "h1", "h2", "h3", "summary", "form", "dl", "div"})
CELLS = frozenset({"td", "th", "p", "span", "a", "b", "small", "dt", "dd", "button", "label"})


@dataclass
class Cell:
    """An element with its text."""

    tag: str
    kind: str
    url: str
    text: str = ""


@dataclass
class Block:
    """A row, an item, a heading: an element that holds cells."""

    tag: str
    kind: str
    cells: list[Cell] = field(default_factory=list)


class _Reader(HTMLParser):
    """Flattens a page's body: each text with its nearest element, each element with its nearest block."""

    def __init__(self) -> None:
        super().__init__()
        self.blocks = [Block("div", "")]
        self._url = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        if tag in BLOCKS:
            self.blocks.append(Block(tag, found.get("class", "")))
        elif tag == "a" and self.blocks[-1].cells and not self.blocks[-1].cells[-1].text:
            self.blocks[-1].cells[-1].url = found.get("href", "")
        elif tag in CELLS:
            self.blocks[-1].cells.append(Cell(tag, found.get("class", ""), found.get("href", "")))

    def handle_data(self, data: str) -> None:
        text = " ".join(data.split())
        cells = self.blocks[-1].cells
        if text and cells:
            cells[-1].text += text
        elif text:
            cells.append(Cell("span", "", "", text))


def blocks_of(page: str) -> list[dict[str, Any]]:
    """A page's content as plain data."""
    reader = _Reader()
    reader.feed(page[page.find("<body") :])
    return [asdict(block) for block in reader.blocks if block.cells]


def pieces_of(page: str) -> list[str]:
    """A page's text cut where a cell, an item or a paragraph begins."""
    return re.split(r"(?=<(?:td|th|li|p|a)\b)", page)


def journal_of(app: Flask, group_id: int, today: date) -> dict[str, Any]:
    """A journal's table as plain data, from the same query as the page's."""
    from portal.extensions import begin_mode, session
    from portal.queries import journal_grid, journal_spans

    with app.app_context():
        begin_mode.set("read")
        header = journal_spans.group_header(group_id)
        span = header.chosen(None, today)
        assert span, "no period"
        grid = journal_grid.grid(header, span)
        session.remove()
    lessons = [
        {"id": one.id, "date": str(one.date), "day": f"{one.date:%d}", "month": f"{one.date:%m}", "topic": one.topic}
        for one in grid.lessons
    ]
    rows = [
        {
            "id": row.pupil.id, "name": row.pupil.name, "average": str(row.average),
            "cells": [_cell(row.cells.get(one.id), one.id) for one in grid.lessons],
        }
        for row in grid.rows
    ]  # fmt: skip
    return {"lessons": lessons, "rows": rows}


def _cell(cell: Any, lesson_id: int) -> dict[str, Any]:
    if cell is None:
        return {"lesson": lesson_id, "absence": "", "marks": []}
    marks = [{"id": m.id, "value": m.value, "type": m.work_type_id, "weight": m.weight} for m in cell.marks]
    return {"lesson": lesson_id, "absence": cell.absence, "marks": marks}
