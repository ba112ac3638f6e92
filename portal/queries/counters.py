"""Counters beside the indicators: marks, filled lessons, services, visits, people and users (indicators.md, «Levels»)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from portal.values.percent import Percent
from portal.values.week import Week


@dataclass(frozen=True, slots=True)
class Three:
    """One counter over all time, this school year, and the last 30 days."""

    ever: int
    year: int
    month: int


@dataclass(frozen=True, slots=True)
class Services:
    """Diaries opened by one of the family, one pupil on one day: last 30 days, last 7, and their seventh part."""

    month: int
    week: int

    @property
    def day_average(self) -> float:
        return self.week / 7


@dataclass(frozen=True, slots=True)
class Visits:
    """Visits (one person on one day) in the last 1, 7, 30 days, and the distinct people behind them."""

    day: int
    week: int
    month: int
    people_day: int
    people_week: int
    people_month: int


@dataclass(frozen=True, slots=True)
class Users:
    """People of a school as of a week's end, and how many of them are activated: ``Percent.of(users, people)``.

    ``everybody`` counts each person once, whatever roles they hold.
    """

    everybody: Percent
    staff: Percent
    pupils: Percent
    guardians: Percent


def marks(school_ids: Collection[int], at: datetime) -> Three:
    """Marks set at the schools, removed ones left out."""
    raise NotImplementedError


def filled_lessons(school_ids: Collection[int], at: datetime) -> Three:
    """Lessons with homework due at them or a topic, cancelled ones left out."""
    raise NotImplementedError


def services(school_ids: Collection[int], at: datetime) -> Services:
    """Services rendered."""
    raise NotImplementedError


def visits(school_ids: Collection[int], at: datetime) -> dict[int, Visits]:
    """Visits by school; days are the school's own, today is the last of them."""
    raise NotImplementedError


def users(school_ids: Collection[int], week: Week) -> dict[int, Users]:
    """People and users by school, as of the end of ``week``."""
    raise NotImplementedError
