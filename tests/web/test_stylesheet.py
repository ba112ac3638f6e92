"""The one stylesheet: each rule is used, old browsers read it, its colours can be told apart."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest

PORTAL = Path(__file__).resolve().parents[2] / "portal"
CSS = re.sub(r"/\*.*?\*/", "", (PORTAL / "static" / "portal.css").read_text(encoding="utf-8"), flags=re.S)
FROM_HTMX = {"htmx-request"}
PAIRS = (
    ("ink", "paper"), ("ink", "panel"), ("muted", "paper"), ("muted", "panel"), ("accent", "paper"),
    ("accent", "panel"), ("accent", "chosen"), ("on-accent", "accent"), ("good", "good-ground"),
    ("warn", "warn-ground"), ("bad", "bad-ground"), ("good", "paper"), ("warn", "paper"), ("bad", "paper"),
)  # fmt: skip


def test_every_class_is_used():
    selectors = " ".join(part for part in re.findall(r"([^{}]+)\{", CSS) if not part.strip().startswith("@"))
    styled = set(re.findall(r"[.#]([a-zA-Z][\w-]*)", selectors))
    sources = [*PORTAL.rglob("*.html"), *PORTAL.rglob("*.py"), *(PORTAL / "static").glob("*.js")]
    words = set(re.findall(r"[\w-]+", " ".join(path.read_text(encoding="utf-8") for path in sources)))
    numbered = {name for name in styled if re.fullmatch(r"[a-z]+\d+", name)}
    assert styled - words - numbered - FROM_HTMX == set()


def test_old_browsers_can_read_it():
    assert ":has(" not in CSS
    assert "color-mix" not in CSS
    assert "light-dark(" not in CSS
    depth, query = 0, False
    for token in re.findall(r"@media|@page|[{}]", CSS):
        query |= token.startswith("@")
        depth += {"{": 1, "}": -1}.get(token, 0)
        assert depth <= (2 if query else 1), "nested rules"
        query &= token != "}" or depth > 0
    assert len(gzip.compress(CSS.encode(), 9)) < 7 * 1024


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_texts_stand_out_from_their_ground(theme):
    blocks = re.findall(r":root \{([^}]*)\}", CSS)
    tokens: dict[str, str] = {}
    for block in blocks[: 1 if theme == "light" else 2]:
        tokens |= dict(re.findall(r"--([\w-]+): (#[0-9a-f]{3,6});", block))
    for text, ground in PAIRS:
        assert contrast(tokens[text], tokens[ground]) >= 4.5, (theme, text, ground)


def contrast(one: str, other: str) -> float:
    """WCAG contrast ratio of two colours."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(2 * digit for digit in colour[1:])
    parts = [int(digits[n : n + 2], 16) / 255 for n in (0, 2, 4)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
