"""Keeps the calendar tables wide enough for what schools record."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from sqlalchemy import func, insert, select

from portal.extensions import session
from portal.models.calendar import CalendarDay, WeekBorder
from portal.values.deadlines import MIDNIGHT, local_moment
from portal.values.week import Week

FIRST_DAY = date(2018, 1, 1)
LAST_DAY = date(2039, 12, 31)


def ensure_calendar(zones: Iterable[str], first: date = FIRST_DAY, last: date = LAST_DAY) -> None:
    """Make calendar rows of every time zone cover ``first`` … ``last`` and the product's usual span."""
    first_week, last_week = Week.of(min(first, FIRST_DAY)), Week.of(max(last, LAST_DAY))
    _ensure_days(first_week, last_week)
    known = dict[str, tuple[date, date]](
        (zone, (low, high))
        for zone, low, high in session.execute(
            select(WeekBorder.timezone, func.min(WeekBorder.week_start), func.max(WeekBorder.week_start)).group_by(
                WeekBorder.timezone
            )
        )
    )
    for zone in sorted(set(zones)):
        rows = [_border(zone, week) for week in _missing_weeks(known.get(zone), first_week, last_week)]
        if rows:
            session.execute(insert(WeekBorder), rows)


def _ensure_days(first: Week, last: Week) -> None:
    low, high = session.execute(select(func.min(CalendarDay.week_start), func.max(CalendarDay.week_start))).one()
    rows = [
        {"day": day, "week_start": week.start}
        for week in _missing_weeks((low, high) if low else None, first, last)
        for day in week.days
    ]
    if rows:
        session.execute(insert(CalendarDay), rows)


def _missing_weeks(known: tuple[date, date] | None, first: Week, last: Week) -> list[Week]:
    """Weeks of the span outside what is known; the known rows have no gaps, so we only widen them."""
    count = (last.start - first.start).days // 7 + 1
    weeks = [Week(first.start + timedelta(weeks=n)) for n in range(count)]
    if known is None:
        return weeks
    low, high = known
    gap_before = [w for w in weeks if w.start < low]
    gap_after = [w for w in weeks if w.start > high]
    return gap_before + gap_after


def _border(zone: str, week: Week) -> dict[str, Any]:
    return {
        "timezone": zone,
        "week_start": week.start,
        "sunday": week.sunday,
        "previous_week_start": week.previous.start,
        "next_week_start": week.next.start,
        "starts_at": local_moment(week.start, MIDNIGHT, zone),
        "ends_at": local_moment(week.next.start, MIDNIGHT, zone),
    }
