"""Until when a lesson's marks and homework count as timely (domain/indicators.md, «Электронный журнал»)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

MIDNIGHT = time(0, 0)
MARKS_END = time(21, 0)
NEXT_DAY_END = time(13, 0)


@dataclass(frozen=True, slots=True)
class LessonDeadlines:
    """UTC moments; each end is excluded («before 21:00» is strict)."""

    week_start: date
    day_starts_at: datetime
    marks_due_at: datetime
    homework_from_at: datetime
    homework_due_at: datetime


def local_moment(day: date, clock: time, zone: str) -> datetime:
    """A school's own clock time as a UTC moment."""
    return datetime.combine(day, clock, ZoneInfo(zone)).astimezone(UTC)


def local_day(moment: datetime, zone: str) -> date:
    """The school's own date at a moment."""
    return moment.astimezone(ZoneInfo(zone)).date()


@lru_cache(maxsize=20_000)
def lesson_deadlines(day: date, zone: str, shifts: int) -> LessonDeadlines:
    """Deadlines of a lesson on ``day`` at a school of ``shifts`` shifts in IANA ``zone``."""
    next_day = day + timedelta(days=1)
    return LessonDeadlines(
        week_start=day - timedelta(days=day.weekday()),
        day_starts_at=local_moment(day, MIDNIGHT, zone),
        marks_due_at=local_moment(next_day, NEXT_DAY_END, zone) if shifts == 2 else local_moment(day, MARKS_END, zone),
        homework_from_at=local_moment(day - timedelta(days=7), MIDNIGHT, zone),
        homework_due_at=local_moment(next_day, NEXT_DAY_END, zone),
    )
