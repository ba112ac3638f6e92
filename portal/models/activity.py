"""What people did with the portal, and what the region expects of schools."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import BigInteger, ForeignKey, Index, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.models.base import Base, UtcMoment


class DiaryView(Base):
    """A pupil's diary opened by a viewer. The portal itself keeps the first opening of a viewer's day."""

    __tablename__ = "diary_view"
    id: Mapped[int] = mapped_column(primary_key=True)
    pupil_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    viewer_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    viewed_at: Mapped[datetime] = mapped_column(UtcMoment)
    __table_args__ = (UniqueConstraint("pupil_id", "viewed_at", "viewer_id"),)


class Visit(Base):
    """A person was in the portal. The portal itself keeps the first visit of a person's day."""

    __tablename__ = "visit"
    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    visited_at: Mapped[datetime] = mapped_column(UtcMoment)
    __table_args__ = (UniqueConstraint("person_id", "visited_at"),)


class ActivityProfile(Base):
    """Which criteria count from ``from_week`` on; without a region: the product's «По умолчанию»."""

    __tablename__ = "activity_profile"
    id: Mapped[int] = mapped_column(primary_key=True)
    region_id: Mapped[int | None] = mapped_column(ForeignKey("region.id"))
    name: Mapped[str] = mapped_column(Text)
    from_week: Mapped[date]
    __table_args__ = (UniqueConstraint("region_id", "from_week"),)


class ActivityCriterion(Base):
    """A row of a profile. ``threshold`` is in hundredths of a per cent (5000 is 50 %): whole-number arithmetic."""

    __tablename__ = "activity_criterion"
    profile_id: Mapped[int] = mapped_column(ForeignKey("activity_profile.id"), primary_key=True)
    indicator: Mapped[str] = mapped_column(String(40), primary_key=True)
    threshold: Mapped[int] = mapped_column(Integer)
    counted: Mapped[bool]


class DatasetLoad(Base):
    """A dataset was loaded: a load may change anything, also what the journal's history does not tell."""

    __tablename__ = "dataset_load"
    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcMoment)


class ProfileChange(Base):
    """A change of a region's profile: who, when, from what, to what.

    ``before`` and ``after`` are JSON: a name and criteria (indicator, threshold in hundredths of a per cent,
    counted); empty: there was none, there is none. ``by_id`` is empty where a command did it.
    """

    __tablename__ = "profile_change"
    id: Mapped[int] = mapped_column(primary_key=True)
    region_id: Mapped[int] = mapped_column(ForeignKey("region.id"), index=True)
    from_week: Mapped[date]
    at: Mapped[datetime] = mapped_column(UtcMoment)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    before: Mapped[str | None] = mapped_column(Text)
    after: Mapped[str | None] = mapped_column(Text)


class IndicatorHistory(Base):
    """A value from before the portal, as given. ``value`` is in ten-thousandths of a per cent (26.58 % is 265800)."""

    __tablename__ = "indicator_history"
    id: Mapped[int] = mapped_column(primary_key=True)
    week_start: Mapped[date]
    school_id: Mapped[int] = mapped_column(ForeignKey("school.id"))
    indicator: Mapped[str] = mapped_column(String(40))
    value: Mapped[int | None] = mapped_column(BigInteger)
    numerator: Mapped[int | None] = mapped_column(BigInteger)
    denominator: Mapped[int | None] = mapped_column(BigInteger)
    on_vacation: Mapped[bool | None]
    __table_args__ = (
        UniqueConstraint("school_id", "week_start", "indicator"),
        Index(None, "week_start"),
    )
