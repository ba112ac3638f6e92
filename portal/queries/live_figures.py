"""Computes the figures of schools from the indicator views, imported history laid over them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from sqlalchemy import Select, Table, select

from portal.content.indicators import SCHOOL_ACTIVITY
from portal.extensions import session
from portal.models import views
from portal.queries.readings import NO_VALUE, Criterion, Key, Reading, SchoolMonday, Value
from portal.values.percent import Percent
from portal.values.week import Week

HISTORY_SCALE = 10_000
"""Imported values are kept in ten-thousandths of a per cent."""


def read(school_ids: Collection[int], weeks: Collection[Week], codes: Collection[str] | None = None) -> Reading:
    """Figures (of some ``codes`` alone where named) as they are now, in four queries however many there are."""
    rules = criteria(school_ids, weeks)
    wanted = codes
    if codes is not None and SCHOOL_ACTIVITY in codes:  # made of the counted ones
        wanted = {*codes, *(code for (_, _, code), criterion in rules.items() if criterion.counted)}
    found = values(school_ids, weeks, wanted)
    found |= activities(found, rules)
    return Reading(found, rules, vacations(school_ids, weeks), {})


def values(
    school_ids: Collection[int], weeks: Iterable[Week], codes: Collection[str] | None = None
) -> dict[Key, Value]:
    """Every indicator (or ``codes``) but ``school_activity`` of the schools in the weeks, in two queries."""
    mondays = [week.start for week in weeks]
    query = _of_weeks(select(views.figure), views.figure, school_ids, mondays)
    if codes is not None:
        query = query.where(views.figure.c.indicator.in_(sorted(codes)))
    found = {
        (row.school_id, row.week_start, row.indicator): Value(Percent.of(row.numerator, row.denominator))
        for row in session.execute(query)
    }
    for row in session.execute(_of_weeks(select(views.history), views.history, school_ids, mondays)):
        key = (row.school_id, row.week_start, row.indicator)
        if key in found:  # activity is always computed from the values
            found[key] = Value(imported(row), imported=True)
    return found


def _of_weeks(query: Select[Any], view: Table, school_ids: Collection[int], mondays: Collection[date]) -> Select[Any]:
    return query.where(view.c.school_id.in_(list(school_ids)), view.c.week_start.in_(mondays))


def imported(row: Any) -> Percent:
    """The percentage of a row with ``value`` (ten-thousandths of a per cent), ``numerator`` and ``denominator``."""
    if row.value is None:
        return Percent.of(row.numerator, row.denominator)
    return Percent(Fraction(row.value, HISTORY_SCALE), row.numerator, row.denominator)


def criteria(school_ids: Collection[int], weeks: Iterable[Week]) -> dict[Key, Criterion]:
    """The rows of the profiles in force, by school, Monday and indicator."""
    columns = views.criterion.c
    query = select(columns.school_id, columns.week_start, columns.indicator, columns.threshold, columns.is_counted)
    rows = session.execute(_of_weeks(query, views.criterion, school_ids, [week.start for week in weeks]))
    return {
        (row.school_id, row.week_start, row.indicator): Criterion(Decimal(row.threshold) / 100, bool(row.is_counted))
        for row in rows
    }


def vacations(school_ids: Collection[int], weeks: Iterable[Week]) -> set[SchoolMonday]:
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
