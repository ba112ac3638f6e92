"""Reads the figures of schools from the indicator views, imported history laid over them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from sqlalchemy import Select, Table, literal, select, union_all

from portal.content.indicators import SCHOOL_ACTIVITY, Indicator, indicators
from portal.extensions import session
from portal.models import views
from portal.values.percent import Percent
from portal.values.week import Week

HISTORY_SCALE = 10_000
"""Imported values are kept in ten-thousandths of a per cent."""

Key = tuple[int, date, str]
"""School, Monday, indicator."""


@dataclass(frozen=True, slots=True)
class Value:
    """A figure of a school's week, and whether it was imported."""

    percent: Percent
    imported: bool = False


NO_VALUE = Value(Percent(None))


def values(
    school_ids: Collection[int], weeks: Iterable[Week], codes: Collection[str] | None = None
) -> dict[Key, Value]:
    """Every indicator (or ``codes``) but ``school_activity`` of the schools in the weeks, in two queries."""
    mondays = [week.start for week in weeks]
    wanted = [found.code for found in indicators() if found.code != SCHOOL_ACTIVITY]
    if codes is not None:
        wanted = [code for code in wanted if code in codes]
    arms = [_arm(code, views.indicator_view(code), school_ids, mondays) for code in wanted]
    found = {
        (row.school_id, row.week_start, row.code): Value(Percent.of(row.numerator, row.denominator))
        for row in session.execute(union_all(*arms))
    }
    for row in session.execute(_of_weeks(select(views.history), views.history, school_ids, mondays)):
        key = (row.school_id, row.week_start, row.indicator)
        if row.indicator != SCHOOL_ACTIVITY and key in found:  # activity is always computed from the values
            found[key] = Value(_imported(row), imported=True)
    return found


def _arm(code: str, view: Table, school_ids: Collection[int], mondays: list[date]) -> Select[Any]:
    columns = (view.c.school_id, view.c.week_start, view.c.numerator, view.c.denominator)
    return _of_weeks(select(literal(code).label("code"), *columns), view, school_ids, mondays)


def _of_weeks(query: Select[Any], view: Table, school_ids: Collection[int], mondays: list[date]) -> Select[Any]:
    return query.where(view.c.school_id.in_(list(school_ids)), view.c.week_start.in_(mondays))


def _imported(row: Any) -> Percent:
    if row.value is None:
        return Percent.of(row.numerator, row.denominator)
    return Percent(Fraction(row.value, HISTORY_SCALE), row.numerator, row.denominator)


@dataclass(frozen=True, slots=True)
class Criterion:
    """What the profile in force says of an indicator; ``threshold`` in per cent."""

    threshold: Decimal
    counted: bool


def criteria(school_ids: Collection[int], weeks: Iterable[Week]) -> dict[Key, Criterion]:
    """The rows of the profiles in force, by school, Monday and indicator."""
    columns = views.criterion.c
    query = select(columns.school_id, columns.week_start, columns.indicator, columns.threshold, columns.is_counted)
    rows = session.execute(_of_weeks(query, views.criterion, school_ids, [week.start for week in weeks]))
    return {
        (row.school_id, row.week_start, row.indicator): Criterion(Decimal(row.threshold) / 100, bool(row.is_counted))
        for row in rows
    }


def vacations(school_ids: Collection[int], weeks: Iterable[Week]) -> set[tuple[int, date]]:
    """The (school, Monday) in which a school is on vacation."""
    view = views.vacation
    query = _of_weeks(select(view.c.school_id, view.c.week_start), view, school_ids, [week.start for week in weeks])
    return {(row.school_id, row.week_start) for row in session.execute(query.where(view.c.is_on_vacation == 1))}


def activities(found: Mapping[Key, Value], rules: Mapping[Key, Criterion]) -> dict[Key, Value]:
    """``school_activity`` from figures already read: the view computes every other indicator once more.

    A test holds it to ``indicator_school_activity`` on every dataset there is.
    """
    counts: dict[Key, tuple[int, int]] = {}
    for (school_id, monday, code), criterion in rules.items():
        if criterion.counted:
            value = found.get((school_id, monday, code), NO_VALUE)
            met, criteria_in_all = counts.get((school_id, monday, SCHOOL_ACTIVITY), (0, 0))
            met += value.percent.meets(criterion.threshold)
            counts[school_id, monday, SCHOOL_ACTIVITY] = (met, criteria_in_all + 1)
    return {key: Value(Percent.of(*pair)) for key, pair in counts.items()}


@dataclass(frozen=True, slots=True)
class Reading:
    """All that is known of some schools in a week and the one before."""

    week: Week
    values: Mapping[Key, Value]
    criteria: Mapping[Key, Criterion]
    vacations: Collection[tuple[int, date]]

    def value(self, school_id: int, week: Week, code: str) -> Value:
        return self.values.get((school_id, week.start, code), NO_VALUE)

    def criterion(self, school_id: int, code: str) -> Criterion | None:
        return self.criteria.get((school_id, self.week.start, code))

    def on_vacation(self, school_id: int, week: Week) -> bool:
        return (school_id, week.start) in self.vacations


def read(school_ids: Collection[int], week: Week) -> Reading:
    """Values, criteria and vacations of the schools, in four queries however many they are."""
    weeks = [week.previous, week]
    found, rules = values(school_ids, weeks), criteria(school_ids, weeks)
    return Reading(week, {**found, **activities(found, rules)}, rules, vacations(school_ids, weeks))


def share_threshold(indicator: Indicator) -> Decimal | None:
    """The threshold for shares of schools where the profile in force names none."""
    return None if indicator.share_threshold is None else Decimal(indicator.share_threshold)
