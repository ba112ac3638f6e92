"""Weeks as they were reported: the figures a school had when a week was frozen (domain/indicators.md, «History»)."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import BigInteger, ForeignKey, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.models.base import Base, UtcMoment


class FrozenWeek(Base):
    """A school's week was computed and kept. The highest ``version`` is in force, the others stay on record.

    ``frozen_by_id`` is empty where a command or the job runner did it.
    """

    __tablename__ = "frozen_week"
    id: Mapped[int] = mapped_column(primary_key=True)
    school_id: Mapped[int] = mapped_column(ForeignKey("school.id"))
    week_start: Mapped[date]
    version: Mapped[int] = mapped_column(Integer)
    on_vacation: Mapped[bool]
    frozen_at: Mapped[datetime] = mapped_column(UtcMoment)
    frozen_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    __table_args__ = (UniqueConstraint("school_id", "week_start", "version"),)


class FrozenFigure(Base):
    """An indicator of a frozen week, with what it was judged by.

    ``value`` (ten-thousandths of a per cent) is that of an ``imported`` figure, which may lack the counts.
    ``threshold`` (hundredths of a per cent) is the profile's, else the catalogue's for shares of schools.
    """

    __tablename__ = "frozen_figure"
    frozen_week_id: Mapped[int] = mapped_column(ForeignKey("frozen_week.id"), primary_key=True)
    indicator: Mapped[str] = mapped_column(String(40), primary_key=True)
    numerator: Mapped[int | None] = mapped_column(BigInteger)
    denominator: Mapped[int | None] = mapped_column(BigInteger)
    value: Mapped[int | None] = mapped_column(BigInteger)
    imported: Mapped[bool]
    threshold: Mapped[int | None] = mapped_column(Integer)
    counted: Mapped[bool]
