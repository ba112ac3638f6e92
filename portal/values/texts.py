"""Texts people type: tidied before they are kept, told apart by a digest."""

from __future__ import annotations

import hashlib
import re

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u2028-\u202e\u2066-\u2069\ufeff\u200b\ud800-\udfff]")


def printable(text: str) -> str:
    """A text with one kind of line break, without control characters and signs that turn the direction of reading."""
    return _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def tidy(text: str | None) -> str:
    """A text as it is kept: :func:`printable`, no blanks around.

    Blanks only (tab and no-break space too) is no text: the empty string.
    """
    return printable(text or "").strip()


def digest(text: str | None) -> str:
    """A short fingerprint of a tidied text, so that a form can say which version its reader saw."""
    return hashlib.sha256(tidy(text).encode()).hexdigest()[:16]
