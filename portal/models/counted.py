"""Days counted ahead, so that the counters beside the indicators need not read a school's whole history."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, String, text
from sqlalchemy.orm import Mapped, mapped_column

from portal.models.base import Base, UtcMoment


class CountedUntil(Base):
    """A school whose days are counted; its marks up to and with the day ``until`` of its own clock.

    A school without a row is counted from its journal whenever somebody asks.
    """

    __tablename__ = "counted_until"
    school_id: Mapped[int] = mapped_column(ForeignKey("school.id"), primary_key=True)
    until: Mapped[date]


class CountedDay(Base):
    """How many ``what`` a school has on one day of its own clock; a day without a row has none.

    ``marks``: standing marks by the day they were set. ``lessons``: lessons with a topic or homework, by their date.
    ``stale``: something of the day was changed since; it is counted anew by whoever asks, and kept by the next count.
    ``starts_at`` and ``ends_at`` are the day's borders in UTC, where it is about moments (marks).
    """

    __tablename__ = "counted_day"
    school_id: Mapped[int] = mapped_column(ForeignKey("school.id"), primary_key=True)
    what: Mapped[str] = mapped_column(String(7), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    starts_at: Mapped[datetime | None] = mapped_column(UtcMoment)
    ends_at: Mapped[datetime | None] = mapped_column(UtcMoment)
    number: Mapped[int] = mapped_column(Integer)
    stale: Mapped[bool] = mapped_column(default=False)
    __table_args__ = (
        CheckConstraint("what in ('marks', 'lessons')", name="what"),
        Index(
            "ix_counted_day_stale", "school_id", "what",
            sqlite_where=text("stale"), postgresql_where=text("stale"),
        ),
    )  # fmt: skip
