"""People's names: how they are shown, sorted and found."""

from __future__ import annotations


def sort_key(*parts: str | None) -> str:
    """A key that sorts and searches Russian names on any database: case-folded, ё as е, single blanks."""
    return " ".join(" ".join(part for part in parts if part).casefold().replace("ё", "е").split())


def full_name(last: str, first: str, middle: str | None = None) -> str:
    """«Иванова Мария Петровна»."""
    return " ".join(part for part in (last, first, middle) if part)


def short_name(last: str, first: str, middle: str | None = None) -> str:
    """«Иванова М. П.»."""
    initials = " ".join(f"{part[0]}." for part in (first, middle) if part)
    return f"{last} {initials}".strip()


def class_name(grade: int, letter: str) -> str:
    """«5А»; a letter of several characters stands apart: «10 хим-био»."""
    return f"{grade}{letter}" if len(letter) <= 1 else f"{grade} {letter}"
