"""Text that came from people, made harmless for spreadsheets and paper."""

from __future__ import annotations

import re

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_FORMULA = "=+-@＝＋－＠"


def printable(text: str) -> str:
    """Without control characters (tab and line breaks stay): neither XLSX nor PDF can hold them."""
    return _CONTROL.sub("", text)


def begins_a_formula(text: str) -> bool:
    """Whether a spreadsheet could take the text for a formula: it begins with ``= + - @``, a tab or a line break.

    The full-width signs count too, and blanks before a sign do not hide it.
    """
    return text[:1] in {"\t", "\r", "\n"} or text.lstrip()[:1] in set(_FORMULA)
