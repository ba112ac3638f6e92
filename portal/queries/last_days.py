"""The last days of every time zone as rows: views and visits are counted by a school's own days."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, time, timedelta

from sqlalchemy import CTE, Integer, literal, select, union_all

from portal.models.base import UtcMoment
from portal.values.deadlines import local_day, local_moment

MONTH = 30
WEEK = 7
"""Days up to and with today (domain/indicators.md, «Levels»)."""


def last_days(zones: Collection[str], at: datetime, count: int = MONTH) -> tuple[CTE, datetime]:
    """(timezone, back, starts_at, ends_at) of the last ``count`` days, ``back`` 0 for today; the first moment of all.

    ``ends_at`` is the first moment after the day. Needs at least one zone.
    """
    rows = [
        (zone, back, local_moment(day, time(0), zone), local_moment(day + timedelta(days=1), time(0), zone))
        for zone in sorted(zones)
        for back in range(count)
        for day in [local_day(at, zone) - timedelta(days=back)]
    ]
    days = union_all(
        *(
            select(
                literal(zone).label("timezone"),
                literal(back, Integer).label("back"),
                literal(start, UtcMoment).label("starts_at"),
                literal(end, UtcMoment).label("ends_at"),
            )
            for zone, back, start, end in rows
        )
    ).cte("days")
    return days, min(start for _, _, start, _ in rows)
