"""Subjects with their hours by grade, and what is taught and set for home in them."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from random import Random
from typing import Any

from portal.demo.figures import CONTENT


@dataclass(frozen=True, slots=True)
class Subject:
    """A subject. ``area`` says which teachers teach it; ``pass_fail``: зачёт instead of marks."""

    key: str
    name: str
    area: str
    hours: tuple[int, ...]
    homework: float
    works: bool
    primary: bool = False
    split: bool = False
    pass_fail: bool = False

    def hours_in(self, grade: int) -> int:
        return self.hours[grade - 1]

    def area_in(self, grade: int) -> str:
        """In grades 1–4 the class teacher teaches most subjects."""
        return "primary" if self.primary and grade <= 4 else self.area


@dataclass(frozen=True, slots=True)
class Band:
    """Topics in their order, and patterns of homework, of one subject in some grades."""

    topics: tuple[str, ...]
    homework: tuple[str, ...]

    def topic(self, number: int) -> str:
        """The topic of the group's lesson ``number`` of the year: two lessons each, then from the start again."""
        title = self.topics[number // 2 % len(self.topics)]
        return title if number % 2 == 0 else f"{title}. Закрепление"

    def test(self, number: int) -> str:
        return f"Контрольная работа по теме «{self.topics[number // 2 % len(self.topics)]}»"

    def task(self, rng: Random, number: int) -> str:
        """Homework after the lesson ``number`` of the year."""
        paragraph = number // 2 + 1
        return rng.choice(self.homework).format(n=paragraph, p=paragraph * 4 + rng.randint(1, 4))


@cache
def load_subjects() -> tuple[Subject, ...]:
    found = tomllib.loads((CONTENT / "curriculum.toml").read_text(encoding="utf-8"))["subject"]
    return tuple(Subject(**(row | {"hours": tuple(row["hours"])})) for row in found)


def subjects_of(grade: int) -> list[Subject]:
    return [subject for subject in load_subjects() if subject.hours_in(grade)]


@cache
def _topics() -> dict[str, Any]:
    return tomllib.loads((CONTENT / "topics.toml").read_text(encoding="utf-8"))


def comments() -> tuple[str, ...]:
    """Comments teachers leave at lessons."""
    return tuple(_topics()["lesson"]["comments"])


@cache
def band_of(subject: str, grade: int) -> Band:
    """The band of a grade: the lowest that still reaches it."""
    bands = [row for row in _topics()["band"] if row["subject"] == subject and row["to"] >= grade]
    row = min(bands, key=lambda band: band["to"])
    return Band(tuple(row["topics"]), tuple(row["homework"]))
