"""Counts days ahead (:mod:`portal.models.counted`), and says which days have to be counted anew.

The counters are right whether or not anybody ever counts ahead: days that are not counted, or stale, are counted by
whoever asks (:mod:`portal.queries.counters`). Counting ahead only makes it quick.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Literal

from sqlalchemy import Date, and_, delete, false, func, insert, literal, select, text, union_all, update
from sqlalchemy.dialects import postgresql, sqlite

from portal.extensions import session
from portal.models import views
from portal.models.base import UtcMoment
from portal.models.counted import CountedDay, CountedUntil
from portal.models.journal import Lesson, Mark
from portal.models.organisation import School
from portal.values.deadlines import local_day, local_moment

What = Literal["marks", "lessons"]

SETTLED = timedelta(hours=1)
"""A day is counted ahead once it has been over so long: no request of that day is under way any more."""

DAYS_AT_ONCE = 200
"""Days in one statement: SQLite joins at most 500 rows of a «union»."""


def touch(school_id: int, what: What, days: Iterable[date], zone: str) -> None:
    """Something of these days has changed: they are to be counted anew. Costs nothing where nothing is given."""
    rows = [_day(school_id, what, day, zone) for day in sorted(set(days))]
    if rows:
        dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
        statement = dialect.insert(CountedDay).values(rows)
        key = ["school_id", "what", "day"]
        session.execute(statement.on_conflict_do_update(index_elements=key, set_={"stale": True}))


def _day(school_id: int, what: What, day: date, zone: str) -> dict[str, Any]:
    starts_at, ends_at = _borders(day, zone)
    return {
        "school_id": school_id, "what": what, "day": day, "starts_at": starts_at, "ends_at": ends_at,
        "number": 0, "stale": True,
    }  # fmt: skip


def _borders(day: date, zone: str) -> tuple[datetime, datetime]:
    return local_moment(day, time(0), zone), local_moment(day + timedelta(days=1), time(0), zone)


def forget() -> None:
    """Everything may have changed (a dataset was loaded): nothing that was counted holds."""
    session.execute(delete(CountedDay))
    session.execute(delete(CountedUntil))


def count_ahead(at: datetime) -> int:
    """Count every school's days that are over, and those that went stale; returns how many schools were behind."""
    if session.get_bind().dialect.name == "postgresql":  # who touches a day now waits, or is waited for
        session.execute(text("lock table counted_day in share row exclusive mode"))
    behind = _behind(at)
    for span in behind:
        for first in range(0, (span.until - span.since).days + 1, DAYS_AT_ONCE):
            start = span.since + timedelta(days=first)
            _count_marks(span, start, min(start + timedelta(days=DAYS_AT_ONCE - 1), span.until))
        if not span.counted:
            _count_lessons(span.school_ids)
        session.execute(delete(CountedUntil).where(CountedUntil.school_id.in_(span.school_ids)))
        session.execute(insert(CountedUntil), [{"school_id": each, "until": span.until} for each in span.school_ids])
    _count_stale()
    return sum(len(span.school_ids) for span in behind)


@dataclass(frozen=True, slots=True)
class _Span:
    """Schools of one zone whose marks are to be counted from ``since`` to ``until``; ``counted``: some were before."""

    school_ids: list[int]
    zone: str
    since: date
    until: date
    counted: bool


def _behind(at: datetime) -> list[_Span]:
    """The schools whose days that are over are not all counted, alike ones together."""
    first_mark = session.scalar(select(func.min(Mark.set_at))) or at
    rows = session.execute(
        select(School.id, School.timezone, CountedUntil.until)
        .outerjoin(CountedUntil, CountedUntil.school_id == School.id)
        .order_by(School.id)
    ).all()
    found: dict[tuple[str, date | None], list[int]] = {}
    for school_id, zone, until in rows:
        found.setdefault((zone, until), []).append(school_id)
    spans = []
    for (zone, known), school_ids in found.items():
        until = local_day(at - SETTLED, zone) - timedelta(days=1)
        since = local_day(first_mark, zone) if known is None else known + timedelta(days=1)
        if known is None or since <= until:
            spans.append(_Span(school_ids, zone, since, until, counted=known is not None))
    return spans


def _count_marks(span: _Span, first: date, last: date) -> None:
    """Keep the marks of the days ``first`` … ``last`` by school and day."""
    session.execute(
        delete(CountedDay).where(
            CountedDay.school_id.in_(span.school_ids), CountedDay.what == "marks", CountedDay.day.between(first, last)
        )
    )
    rows = [(day, *_borders(day, span.zone)) for n in range((last - first).days + 1) for day in [first + timedelta(n)]]
    days = union_all(
        *(
            select(
                literal(day, Date).label("day"),
                literal(start, UtcMoment).label("starts_at"),
                literal(end, UtcMoment).label("ends_at"),
            )
            for day, start, end in rows
        )
    ).cte("days")
    marks = (
        select(Lesson.school_id, literal("marks"), days.c.day, days.c.starts_at, days.c.ends_at, func.count())
        .select_from(days)
        .join(Mark, and_(Mark.set_at >= days.c.starts_at, Mark.set_at < days.c.ends_at))
        .join(Lesson, Lesson.id == Mark.lesson_id)
        .where(Mark.removed_at.is_(None), (Lesson.school_id + 0).in_(span.school_ids))  # «+ 0»: days lead, not lessons
        .group_by(Lesson.school_id, days.c.day, days.c.starts_at, days.c.ends_at)
    )
    columns = ["school_id", "what", "day", "starts_at", "ends_at", "number", "stale"]
    session.execute(insert(CountedDay).from_select(columns, marks.add_columns(false()), include_defaults=False))


def _count_lessons(school_ids: list[int]) -> None:
    """Keep the filled lessons of every day there is, coming ones too."""
    session.execute(delete(CountedDay).where(CountedDay.school_id.in_(school_ids), CountedDay.what == "lessons"))
    lesson = views.lesson.c
    lessons = (
        select(lesson.school_id, literal("lessons"), lesson.date, func.count(), false())
        .where(lesson.school_id.in_(school_ids), lesson.is_planned == 1)
        .group_by(lesson.school_id, lesson.date)
    )
    columns = ["school_id", "what", "day", "number", "stale"]
    session.execute(insert(CountedDay).from_select(columns, lessons, include_defaults=False))


def _count_stale() -> None:
    """Keep anew what was touched since, of the schools that are counted."""
    now = views.counted_now.c
    number = select(now.number).where(
        now.school_id == CountedDay.school_id, now.what == CountedDay.what, now.day == CountedDay.day
    )
    session.execute(
        update(CountedDay)
        .where(CountedDay.stale, CountedDay.school_id.in_(select(CountedUntil.school_id)))
        .values(number=number.scalar_subquery(), stale=False)
        .execution_options(synchronize_session=False)
    )
