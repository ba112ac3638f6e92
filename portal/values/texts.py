"""Texts people type: tidied before they are kept, told apart by a digest."""

from __future__ import annotations

import hashlib
import re

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u2028\u2029\ufeff\u200b]")


def tidy(text: str | None) -> str:
    """A text as it is kept: one kind of line break, no control characters, no blanks around.

    Blanks only (tab and no-break space too) is no text: the empty string.
    """
    return _CONTROL.sub("", (text or "").replace("\r\n", "\n").replace("\r", "\n")).strip()


def digest(text: str | None) -> str:
    """A short fingerprint of a tidied text, so that a form can say which version its reader saw."""
    return hashlib.sha256(tidy(text).encode()).hexdigest()[:16]
