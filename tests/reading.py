"""Reading a page as a person does: its text, and the part under a heading."""

from __future__ import annotations

import html as entities
import re


def text(html: str) -> str:
    """The words of a page, single-spaced."""
    return " ".join(entities.unescape(re.sub(r"<[^>]+>", " ", html)).split())


def section(html: str, heading: str) -> str:
    """The text of the ``<section>`` whose heading says ``heading``."""
    for part in re.findall(r"<section\b.*?</section>", html, re.S):
        title = re.search(r"<h[23].*?</h[23]>", part, re.S)
        if title and heading in text(title[0]):
            return text(part)
    raise AssertionError(f"no section «{heading}»")
