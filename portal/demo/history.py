"""The region's activity profile, and indicators of weeks before the portal as another system gave them."""

from __future__ import annotations

from datetime import date
from random import Random

from portal.demo.figures import SchoolFigures
from portal.demo.habits import Habit
from portal.demo.rows import Rows

PROFILE = "Дагестан, 2020"
PROFILE_FROM = date(2020, 9, 7)
PROFILE_ROWS = (
    ("timetable_filled", 50, 1), ("lessons_planned", 50, 1), ("journal_kept", 50, 1), ("marks_timely", 50, 1),
    ("accounts_activated", 60, 0), ("guardian_engagement", 50, 1), ("pupils_activated", 70, 1),
    ("teachers_activated", 70, 1),
)  # fmt: skip
"""Indicator, threshold, counted (domain/indicators.md, «Activity profiles»)."""


def add_profile(rows: Rows, region: str) -> None:
    for indicator, threshold, counted in PROFILE_ROWS:
        rows.add("activity_profiles", region, PROFILE, PROFILE_FROM.isoformat(), indicator, threshold, counted)


def add_history(
    rng: Random, rows: Rows, school: str, weeks: list[date], *, figures: SchoolFigures, habit: Habit
) -> None:
    """A school's weeks before the portal: shares with their counts for people, values alone for the journal."""
    for place, monday in enumerate(weeks):
        grown = 0.8 + 0.15 * place / max(1, len(weeks) - 1)
        for indicator, active, total in _people(figures):
            count = int(active * grown)
            value = f"{100 * count / total:.4f}"
            rows.add("indicator_history", monday, school, indicator, value, count, total, 0)
        for indicator, share in _journal(habit):
            value = min(1.0, max(0.0, rng.gauss(share * grown, 0.06)))
            rows.add("indicator_history", monday, school, indicator, f"{100 * value:.2f}", None, None, 0)


def _people(figures: SchoolFigures) -> list[tuple[str, int, int]]:
    return [
        ("teachers_activated", figures.staff_active, figures.staff_total),
        ("pupils_activated", figures.pupils_active, figures.pupils_total),
        ("guardians_activated", figures.guardians_active, figures.guardians_total),
        ("accounts_activated", figures.users_active, figures.users_total),
    ]


def _journal(habit: Habit) -> list[tuple[str, float]]:
    return [
        ("timetable_filled", habit.timetable),
        ("lessons_planned", habit.planning),
        ("journal_kept", habit.keeping),
        ("marks_timely", habit.timely if habit.keeping > 0.05 else 0.0),
        ("homework_timely", habit.homework * habit.homework_timely),
        ("guardian_engagement", habit.viewing * 0.6),
    ]
