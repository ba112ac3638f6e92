"""How a school uses the portal: everything, something or nothing, by its share of activated users."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from portal.demo.figures import LEADING_SCHOOL, SchoolFigures

IDLE = 0.08
"""Schools with a smaller share of activated users have no timetable in the portal at all."""
BEGINNER = 0.11
"""Below this share only some classes have one."""


@dataclass(frozen=True, slots=True)
class Habit:
    """Shares from 0 to 1: classes with a timetable; lessons planned, kept, marked in time; homework issued,
    issued in time; weeks in which somebody with an account opens the diary; period marks set.
    """

    timetable: float
    planning: float
    keeping: float
    timely: float
    homework: float
    homework_timely: float
    viewing: float
    period_marks: float

    @property
    def level(self) -> float:
        return self.keeping


def habit_of(rng: Random, figures: SchoolFigures) -> Habit:
    """The more of a school's people are activated, the fuller its journals; with a character of its own."""
    share = figures.active_share
    level = min(1.0, max(0.0, (share - 0.07) / 0.32))

    def part(floor: float, spread: float) -> float:
        return min(0.99, max(0.0, floor + (1 - floor) * level + rng.uniform(-spread, spread) * (1 - level * 0.6)))

    if figures.name == LEADING_SCHOOL:
        return Habit(1.0, 0.97, 0.96, 0.86, 0.93, 0.92, 0.85, 0.98)
    return Habit(
        timetable=0.0 if share < IDLE else rng.uniform(0.3, 0.6) if share < BEGINNER else 1.0,
        planning=part(0.0, 0.3),
        keeping=part(0.0, 0.25),
        timely=part(0.2, 0.3),
        homework=part(0.0, 0.2),
        homework_timely=part(0.1, 0.3),
        viewing=part(0.3, 0.2),
        period_marks=part(0.0, 0.2),
    )


def diligence(rng: Random, habit: float) -> float:
    """A teacher's own share around the school's."""
    return min(0.995, max(0.0, rng.gauss(habit, 0.12 if 0.05 < habit < 0.95 else 0.02)))
