"""Russian plurals: «1 урок, 2 урока, 5 уроков»."""

from __future__ import annotations


def plural_form(count: int, one: str, few: str, many: str) -> str:
    """The noun alone, in the form ``count`` asks for."""
    tens, units = abs(count) % 100, abs(count) % 10
    if 11 <= tens <= 14:
        return many
    if units == 1:
        return one
    return few if 2 <= units <= 4 else many


def plural(count: int, one: str, few: str, many: str) -> str:
    """The number with its noun: ``plural(5, "урок", "урока", "уроков")`` is «5 уроков»."""
    return f"{count} {plural_form(count, one, few, many)}"
