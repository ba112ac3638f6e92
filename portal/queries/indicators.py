"""The indicators of schools, municipalities and regions in a reporting week (domain/indicators.md)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Literal

from portal.content.indicators import SCHOOL_ACTIVITY
from portal.values.percent import Percent
from portal.values.week import Week

Level = Literal["school", "municipality", "region"]


@dataclass(frozen=True, slots=True)
class Figure:
    """An indicator of one school in one week.

    ``percent`` carries numerator and denominator; imported values may lack them. ``threshold`` (per cent) is what
    the profile in force names, else what shares of schools are shown by; ``met`` is ``None`` where there is none.
    ``counted``: it is a criterion of ``school_activity``. ``previous`` is last week's value. ``change_hidden``:
    on vacation this week or the last, «Каникулы» stands in place of the change.
    """

    code: str
    percent: Percent
    threshold: Decimal | None
    counted: bool
    met: bool | None
    previous: Percent
    on_vacation: bool
    change_hidden: bool
    imported: bool = False

    @property
    def shown(self) -> int | None:
        """Whole per cent, never across a border; ``None`` is «нет данных»."""
        return self.percent.whole(self.threshold)

    @property
    def change(self) -> int | None:
        """Points between the figures shown last week and now; ``None`` where there is no change to show."""
        before = self.previous.whole(self.threshold)
        if self.change_hidden or before is None or self.shown is None:
            return None
        return self.shown - before

    @property
    def lacking(self) -> int | None:
        """How many of the denominator fall short."""
        if self.percent.numerator is None or self.percent.denominator is None:
            return None
        return self.percent.denominator - self.percent.numerator


@dataclass(frozen=True, slots=True)
class SchoolWeek:
    """All figures of a school in a week, by code, in the catalogue's order."""

    school_id: int
    key: str
    name: str
    municipality_id: int
    week: Week
    on_vacation: bool
    change_hidden: bool
    figures: Mapping[str, Figure]

    @property
    def activity(self) -> Figure:
        return self.figures[SCHOOL_ACTIVITY]


@dataclass(frozen=True, slots=True)
class UnitFigure:
    """An indicator of a municipality or region.

    Block «Пользователи»: ``percent`` is the pooled ratio, ``lacking`` how many are not activated; ``met`` judges
    the pooled ratio. Block «Электронный журнал»: ``percent`` is the share of schools that meet ``threshold``,
    its numerator and denominator are schools; ``failing`` are those that do not, ``lacking`` their number.
    """

    code: str
    percent: Percent
    threshold: Decimal | None
    met: bool | None
    lacking: int | None
    failing: tuple[SchoolWeek, ...] = ()


@dataclass(frozen=True, slots=True)
class Spread:
    """Schools by ``school_activity``: below 85 %, from 85 to below 100 %, 100 %, and those without a value."""

    below_85: int
    from_85: int
    full: int
    no_data: int


@dataclass(frozen=True)
class UnitWeek:
    """A municipality or region in a week. ``units`` are a region's municipalities (empty for a municipality)."""

    level: Level
    unit_id: int
    key: str
    name: str
    week: Week
    figures: Mapping[str, UnitFigure]
    schools: tuple[SchoolWeek, ...]
    units: tuple[UnitWeek, ...] = ()

    @property
    def on_vacation(self) -> bool:
        """Every school is."""
        return bool(self.schools) and all(school.on_vacation for school in self.schools)

    @cached_property
    def spread(self) -> Spread:
        raise NotImplementedError

    @cached_property
    def ranking(self) -> tuple[tuple[int, SchoolWeek], ...]:
        """(place, school) by ``school_activity``, best first; equals share a place; no value comes last."""
        raise NotImplementedError


def school_week(school_id: int, week: Week) -> SchoolWeek:
    """One school's figures; ``LookupError`` for no such school."""
    raise NotImplementedError


def schools_week(school_ids: Collection[int], week: Week) -> list[SchoolWeek]:
    """Many schools' figures by name, in the same few queries as one's."""
    raise NotImplementedError


def municipality_week(municipality_id: int, week: Week) -> UnitWeek:
    """A municipality's figures with its schools; ``LookupError`` for no such municipality."""
    raise NotImplementedError


def region_week(region_id: int, week: Week) -> UnitWeek:
    """A region's figures with its municipalities and schools; ``LookupError`` for no such region."""
    raise NotImplementedError


def weeks_with_data(school_ids: Collection[int]) -> tuple[Week, Week] | None:
    """The first and the last week that holds lessons or imported values of any of the schools."""
    raise NotImplementedError
