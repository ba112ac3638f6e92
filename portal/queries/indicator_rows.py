"""What is told of a school, a municipality, a region in a reporting week."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Literal

from portal.content.indicators import SCHOOL_ACTIVITY
from portal.queries.readings import Stamp
from portal.values.percent import Percent
from portal.values.week import Week

Level = Literal["school", "municipality", "region"]

NEARLY_FULL = 85
"""Per cent of ``school_activity``: the lower border of the middle group (domain/indicators.md, «Levels»)."""


@dataclass(frozen=True, slots=True)
class Figure:
    """An indicator of one school in one week.

    ``percent`` carries numerator and denominator; imported values may lack them. ``threshold`` (per cent) is what
    the profile in force names, else what shares of schools are shown by; ``met`` is ``None`` where there is none.
    ``counted``: it is a criterion of ``school_activity``. ``previous`` is last week's value, judged by
    ``previous_threshold``. ``change_hidden``: on vacation this week or the last, «Каникулы» stands in its place.
    """

    code: str
    percent: Percent
    threshold: Decimal | None
    counted: bool
    met: bool | None
    previous: Percent
    previous_threshold: Decimal | None
    on_vacation: bool
    change_hidden: bool
    imported: bool = False

    def _whole(self, percent: Percent, threshold: Decimal | None) -> int | None:
        """Never across the threshold, nor across the lower border of the spread's middle group."""
        return percent.whole(threshold, NEARLY_FULL if self.code == SCHOOL_ACTIVITY else None)

    @property
    def shown(self) -> int | None:
        """Whole per cent, never across a border; ``None`` is «нет данных»."""
        return self._whole(self.percent, self.threshold)

    @property
    def change(self) -> int | None:
        """Points between the figures shown last week and now; ``None`` where there is no change to show."""
        before = self._whole(self.previous, self.previous_threshold)
        if self.change_hidden or before is None or self.shown is None:
            return None
        return self.shown - before

    @property
    def lacking(self) -> int | None:
        """How many of the denominator fall short; ``None`` where the counts are not known."""
        if self.percent.numerator is None or self.percent.denominator is None:
            return None
        return self.percent.denominator - self.percent.numerator


@dataclass(frozen=True, slots=True)
class SchoolWeek:
    """All figures of a school in a week, by code, in the catalogue's order; ``stamp`` where they are frozen."""

    school_id: int
    key: str
    name: str
    municipality_id: int
    week: Week
    on_vacation: bool
    change_hidden: bool
    figures: Mapping[str, Figure]
    stamp: Stamp | None = None

    @property
    def activity(self) -> Figure:
        return self.figures[SCHOOL_ACTIVITY]


@dataclass(frozen=True, slots=True)
class UnitFigure:
    """An indicator of a municipality or region.

    Block «Пользователи»: ``percent`` is the pooled ratio, ``lacking`` how many fall short, ``met`` judges the
    pooled ratio, ``unpooled`` schools have an imported value without the counts behind it.
    Block «Электронный журнал»: ``percent`` is the share of schools that meet ``threshold``, its numerator and
    denominator are schools; ``failing`` are those that do not, ``lacking`` their number.
    """

    code: str
    percent: Percent
    threshold: Decimal | None
    met: bool | None
    lacking: int | None
    failing: tuple[SchoolWeek, ...] = ()
    unpooled: int = 0


@dataclass(frozen=True, slots=True)
class Spread:
    """Schools by ``school_activity``: below 85 %, from 85 to below 100 %, 100 %, and those without a value."""

    below_85: int
    from_85: int
    full: int
    no_data: int

    @classmethod
    def of(cls, activities: Iterable[Percent]) -> Spread:
        """How schools of these activities fall into the groups."""
        counts = Counter(group_of(percent) for percent in activities)
        return cls(counts["below_85"], counts["from_85"], counts["full"], counts["no_data"])


Group = Literal["below_85", "from_85", "full", "no_data"]


def group_of(activity: Percent) -> Group:
    """The group of the spread a school belongs to."""
    if activity.exact is None:
        return "no_data"
    return "full" if activity.meets(100) else "from_85" if activity.meets(NEARLY_FULL) else "below_85"


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
    def stamps(self) -> tuple[Stamp, ...]:
        """How the week of each school that is frozen was frozen, the latest last."""
        found = [school.stamp for school in self.schools if school.stamp is not None]
        return tuple(sorted(found, key=lambda stamp: stamp.at))

    @cached_property
    def spread(self) -> Spread:
        """How the schools fall into the groups."""
        return Spread.of(school.activity.percent for school in self.schools)

    @cached_property
    def ranking(self) -> tuple[tuple[int | None, SchoolWeek], ...]:
        """(place, school) by ``school_activity``, best first; equals share a place; no value: no place, at the end."""
        values = [school.activity.percent.exact for school in self.schools]
        known = [value for value in values if value is not None]
        placed = [
            (None if value is None else 1 + sum(other > value for other in known), school)
            for value, school in zip(values, self.schools, strict=True)
        ]
        return tuple(sorted(placed, key=lambda pair: pair[0] or len(placed) + 1))
