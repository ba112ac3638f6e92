"""The calendar as data, so that views need no date functions (architecture.md, rule 5)."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.models.base import Base, UtcMoment


class WeekBorder(Base):
    """One reporting week in one time zone: ``starts_at`` (included) and ``ends_at`` (excluded) in UTC."""

    __tablename__ = "week_border"
    timezone: Mapped[str] = mapped_column(String(64), primary_key=True)
    week_start: Mapped[date] = mapped_column(primary_key=True)
    sunday: Mapped[date]
    previous_week_start: Mapped[date]
    next_week_start: Mapped[date]
    starts_at: Mapped[datetime] = mapped_column(UtcMoment)
    ends_at: Mapped[datetime] = mapped_column(UtcMoment)


class CalendarDay(Base):
    """A day and the Monday of its week."""

    __tablename__ = "calendar_day"
    day: Mapped[date] = mapped_column(primary_key=True)
    week_start: Mapped[date]
    __table_args__ = (Index(None, "week_start", "day"),)
