"""The guides by role: Markdown files of docs/, rendered once."""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise
from pathlib import Path

from markdown_it import MarkdownIt

FOLDER = Path(__file__).resolve().parents[2] / "docs"

GUIDES = {
    "teacher": "Учителю",
    "guardian": "Родителю и ученику",
    "head": "Директору и завучу",
    "municipal-specialist": "Специалисту муниципалитета",
    "region": "Специалисту региона",
}
"""File name in docs/ without «.md» → what the list of guides calls it."""


@cache
def guide(name: str) -> str:
    """A guide as HTML, its own H1 left out: the page has one. ``LookupError`` for no such guide.

    Each heading can be linked to by its words: «Журнал группы» is ``#журнал-группы``.
    """
    if name not in GUIDES:
        raise LookupError(name)
    lines = (FOLDER / f"{name}.md").read_text(encoding="utf-8").splitlines()
    text = "\n".join(line for line in lines if not line.startswith("# "))
    markdown = MarkdownIt("commonmark", {"html": False}).enable("table")
    tokens = markdown.parse(text)
    for opening, inline in pairwise(tokens):
        if opening.type == "heading_open":
            opening.attrSet("id", "-".join(re.findall(r"\w+", inline.content.lower())))
    return str(markdown.renderer.render(tokens, markdown.options, {}))
