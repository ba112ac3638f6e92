"""An indicator by week: a school beside the median of its municipality, a municipality beside that of its schools."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from sqlalchemy import ColumnElement, select

from portal.content.indicators import SCHOOL_ACTIVITY, Indicator
from portal.extensions import session
from portal.models.organisation import Municipality, School
from portal.queries import figures, shares
from portal.queries.indicator_rows import NEARLY_FULL
from portal.queries.monitoring import VACATION, state_of
from portal.values.percent import Percent
from portal.values.table import Cell, Column, Row, Table
from portal.values.week import Week


@dataclass(frozen=True, slots=True)
class Point:
    """A week: the figure, the median to compare it with, the threshold then in force (per cent)."""

    week: Week
    percent: Percent
    median: Percent
    threshold: Decimal | None
    on_vacation: bool

    @property
    def has_data(self) -> bool:
        """Whether any school had a value: else a share of schools is 0 % of nothing."""
        return self.median.exact is not None

    @property
    def met(self) -> bool | None:
        """Whether the threshold is reached; ``None`` where nothing can be said."""
        return None if self.threshold is None or self.percent.exact is None else self.percent.meets(self.threshold)


@dataclass(frozen=True, slots=True)
class Trend:
    """An indicator of ``name`` over weeks, oldest first. ``own`` and ``other`` name the two lines.

    ``judged``: the threshold is one for the figure itself, not for the schools it is a share of.
    """

    name: str
    indicator: Indicator
    own: str
    other: str
    judged: bool
    points: tuple[Point, ...]

    @property
    def has_data(self) -> bool:
        return any(point.has_data for point in self.points)


def last_weeks(week: Week, count: int) -> list[Week]:
    """``count`` weeks that end with ``week``, oldest first."""
    weeks = [week]
    while len(weeks) < count:
        weeks.append(weeks[-1].previous)
    return weeks[::-1]


def school_trend(school_id: int, indicator: Indicator, weeks: Sequence[Week]) -> Trend:
    """A school against the median of all schools of its municipality; ``LookupError`` for no such school."""
    own = select(School.municipality_id).where(School.id == school_id).scalar_subquery()
    schools = _schools(School.municipality_id == own)
    if school_id not in schools:
        raise LookupError(school_id)
    reading = figures.read(list(schools), weeks, {indicator.code})
    points = tuple(
        Point(
            week,
            reading.value(school_id, week, indicator.code).percent,
            shares.median(_percents(reading, schools, week, indicator)),
            reading.threshold(school_id, week, indicator),
            reading.on_vacation(school_id, week),
        )
        for week in weeks
    )
    return Trend(schools[school_id], indicator, "Школа", "Медиана муниципалитета", True, points)


def municipality_trend(municipality_id: int, indicator: Indicator, weeks: Sequence[Week]) -> Trend:
    """A municipality's figure and the median of its schools; ``LookupError`` for no such municipality."""
    name = session.scalar(select(Municipality.name).where(Municipality.id == municipality_id))
    if name is None:
        raise LookupError(municipality_id)
    schools = _schools(School.municipality_id == municipality_id)
    reading = figures.read(list(schools), weeks, {indicator.code})
    points = tuple(_unit_point(reading, list(schools), week, indicator) for week in weeks)
    pooled = indicator.block == "users"
    own = "Все школы вместе" if pooled else "Доля школ, которые выполняют порог"
    return Trend(name, indicator, own, "Медиана школ", pooled, points)


def _unit_point(reading: figures.Reading, school_ids: Sequence[int], week: Week, indicator: Indicator) -> Point:
    found = _percents(reading, school_ids, week, indicator)
    # one region, one profile in force: any of its schools knows the threshold
    threshold = reading.threshold(school_ids[0], week, indicator) if school_ids else None
    resting = bool(school_ids) and all(reading.on_vacation(school_id, week) for school_id in school_ids)
    return Point(week, shares.of_unit(indicator, found, threshold), shares.median(found), threshold, resting)


def _percents(reading: figures.Reading, school_ids: Iterable[int], week: Week, indicator: Indicator) -> list[Percent]:
    return [reading.value(school_id, week, indicator.code).percent for school_id in school_ids]


def _schools(which: ColumnElement[bool]) -> dict[int, str]:
    rows = session.execute(select(School.id, School.name).where(which).order_by(School.sort_key, School.id))
    return {row.id: row.name for row in rows}


def trend_table(trend: Trend) -> Table:
    """The same in figures, the last week first: what the picture says in words, and what files hold."""
    return Table(
        title=f"{trend.indicator.name} по неделям",
        subtitle=trend.name,
        columns=(
            Column("week", "Неделя", weight=2),
            Column("value", f"{trend.own}, %", "percent"),
            Column("numerator", "Есть", "int"),
            Column("denominator", "Всего", "int"),
            Column("median", f"{trend.other}, %", "percent"),
            Column("threshold", "Порог, %", "percent"),
            Column("vacation", VACATION),
        ),
        rows=tuple(_row(point, trend) for point in reversed(trend.points)),
        notes=(f"Считаются {trend.indicator.numerator}, от числа: {trend.indicator.denominator}.",),
        row_keys=tuple(point.week.start.isoformat() for point in reversed(trend.points)),
    )


def _row(point: Point, trend: Trend) -> Row:
    state = state_of(point.met) if trend.judged else ""
    return (
        str(point.week),
        Cell(_whole(shown_own(point, trend)), state),
        point.percent.numerator,
        point.percent.denominator,
        _whole(shown_median(point, trend)),
        "" if point.threshold is None else Percent.given(point.threshold),
        VACATION.lower() if point.on_vacation else "",
    )


def shown_own(point: Point, trend: Trend) -> int | None:
    """The whole per cent that the page of that week shows: thresholds differ from week to week."""
    if not trend.judged:
        return point.percent.whole(point.threshold)
    return point.percent.whole(point.threshold, _middle(trend))


def shown_median(point: Point, trend: Trend) -> int | None:
    """The median, whole per cent."""
    return point.median.whole(point.threshold, _middle(trend))


def _middle(trend: Trend) -> int | None:
    return NEARLY_FULL if trend.indicator.code == SCHOOL_ACTIVITY else None


def _whole(shown: int | None) -> Percent:
    return Percent(None if shown is None else Fraction(shown))
