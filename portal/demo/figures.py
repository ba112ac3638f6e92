"""The real district's figures (users.csv, staff.csv of 2020), which the demo reproduces exactly."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FIGURES = Path(__file__).with_name("figures")
CONTENT = Path(__file__).with_name("content")
LEADING_SCHOOL = 'МКОУ "Сергокалинская СОШ №1"'
"""Comes first, so that the printed sign-ins are the same however few schools are made: it fills its journals."""


@dataclass(frozen=True, slots=True)
class SchoolFigures:
    """A school's row: people in all and activated, by role and as distinct persons, and its posts.

    A person with two roles is counted once in ``users_total``. Pupils are nobody's guardians, so the
    difference is exactly the number of staff who are guardians too; the same for the activated.
    """

    name: str
    settlement: str
    users_total: int
    users_active: int
    staff_total: int
    staff_active: int
    pupils_total: int
    pupils_active: int
    guardians_total: int
    guardians_active: int
    teaching_staff: int
    deputy_heads: int
    heads: int
    heads_of_studies: int
    teachers: int

    @property
    def parents_on_staff(self) -> int:
        return self.staff_total + self.pupils_total + self.guardians_total - self.users_total

    @property
    def active_parents_on_staff(self) -> int:
        return self.staff_active + self.pupils_active + self.guardians_active - self.users_active

    @property
    def active_share(self) -> float:
        return self.users_active / self.users_total

    @property
    def kind(self) -> str:
        return "НОШ" if "НОШ" in self.name else "СОШ"

    @property
    def last_grade(self) -> int:
        return 4 if self.kind == "НОШ" else 11

    def check(self) -> None:
        """``ValueError`` where no school of people could have these figures."""
        both, both_active = self.parents_on_staff, self.active_parents_on_staff
        both_idle = both - both_active
        possible = (
            0 <= both_active <= min(self.staff_active, self.guardians_active)
            and 0 <= both_idle <= self.staff_total - self.staff_active
            and both_idle <= self.guardians_total - self.guardians_active
            and self.guardians_total <= self.pupils_total
            and self.teaching_staff == self.staff_total
            and self.staff_total - self.teachers <= self.heads + self.deputy_heads + self.heads_of_studies
        )
        if not possible:
            raise ValueError(f"the figures of {self.name} contradict each other")


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def load_figures() -> tuple[SchoolFigures, ...]:
    """All schools, the leading one first, then as the office's table orders them."""
    posts = {row["school"]: row for row in _rows(FIGURES / "staff.csv")}
    places = {row["school"]: row["settlement"] for row in _rows(CONTENT / "settlements.csv")}
    wanted = [name for name in SchoolFigures.__slots__ if name not in {"name", "settlement"}]
    found = []
    for row in _rows(FIGURES / "users.csv"):
        merged = row | posts[row["school"]]
        counts = {name: int(merged[name]) for name in wanted}
        found.append(SchoolFigures(row["school"], places[row["school"]], **counts))
    for figures in found:
        figures.check()
    return tuple(sorted(found, key=lambda figures: figures.name != LEADING_SCHOOL))
