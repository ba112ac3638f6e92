"""The last days of every time zone: views and visits are counted by a school's own days."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Integer, case, cast, literal, null

from portal.models.base import UtcMoment
from portal.values.deadlines import local_day, local_moment

MONTH = 30
WEEK = 7
"""Days up to and with today (domain/indicators.md, «Levels»)."""


def days_back(
    moment: Any, timezone: Any, zones: Collection[str], at: datetime, count: int = MONTH
) -> tuple[ColumnElement[int], datetime]:
    """How many days ago on a school's clock ``moment`` was, 0 for today, null outside the last ``count`` days; and the
    first moment of all zones.

    Borders stand in one expression: joined as rows they took ten times as long. Needs at least one zone.
    """
    by_zone, firsts = [], []
    for zone in sorted(zones):
        today = local_day(at, zone)
        starts = [local_moment(today - timedelta(days=back), time(0), zone) for back in range(-1, count)]
        nothing = cast(null(), Integer)
        borders = zip(starts, [nothing, *(literal(back, Integer) for back in range(count))], strict=True)
        by_zone.append(
            (timezone == zone, case(*((moment >= literal(start, UtcMoment), back) for start, back in borders)))
        )
        firsts.append(starts[-1])
    return case(*by_zone), min(firsts)
