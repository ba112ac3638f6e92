"""Invented names that fit the place: gendered surnames, patronymics made of the father's name."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from random import Random
from typing import Any

from portal.demo.figures import CONTENT


@dataclass(frozen=True, slots=True)
class Name:
    """A full name. ``surname`` is the family's in its male form."""

    surname: str
    first: str
    middle: str
    female: bool

    @property
    def last(self) -> str:
        return self.surname + "а" if self.female else self.surname


@cache
def _book() -> dict[str, Any]:
    return tomllib.loads((CONTENT / "names.toml").read_text(encoding="utf-8"))


def invent_name(rng: Random, female: bool, surname: str | None = None, father: str | None = None) -> Name:
    """A person of a family (``surname``) and a father (his first name), each invented where not given."""
    book = _book()
    patronymics = {first: (his, hers) for first, his, hers in book["male"]}
    first = rng.choice(book["female"]) if female else rng.choice(book["male"])[0]
    middle = patronymics[father or rng.choice(book["male"])[0]][1 if female else 0]
    return Name(surname or rng.choice(book["surnames"]), first, middle, female)


def invent_father(rng: Random) -> str:
    """A man's first name."""
    first: str = rng.choice(_book()["male"])[0]
    return first
