"""Region, municipality, school, and the school's calendar."""

from __future__ import annotations

from datetime import date

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Index,
    Integer,
    SmallInteger,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from portal.models.base import KEY, Base, new_key, ordered_text


class Region(Base):
    """An education authority of a region (РОУО)."""

    __tablename__ = "region"
    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(KEY, unique=True, default=new_key)
    name: Mapped[str] = mapped_column(Text)


class Municipality(Base):
    """An education authority of a municipality (МОУО)."""

    __tablename__ = "municipality"
    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(KEY, unique=True, default=new_key)
    region_id: Mapped[int] = mapped_column(ForeignKey("region.id"), index=True)
    name: Mapped[str] = mapped_column(Text)
    oktmo: Mapped[str | None] = mapped_column(String(11))


class School(Base):
    """A school. ``timezone`` is an IANA name; ``shifts`` 1 or 2; ``contingent_oo1`` the head count of ОО-1."""

    __tablename__ = "school"
    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(KEY, unique=True, default=new_key)
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipality.id"), index=True)
    name: Mapped[str] = mapped_column(Text)
    sort_key: Mapped[str] = mapped_column(ordered_text(), default="")
    kind: Mapped[str | None] = mapped_column(String(3))
    timezone: Mapped[str] = mapped_column(String(64))
    shifts: Mapped[int] = mapped_column(SmallInteger, default=1)
    inn: Mapped[str | None] = mapped_column(String(12))
    kpp: Mapped[str | None] = mapped_column(String(9))
    ogrn: Mapped[str | None] = mapped_column(String(15))
    oktmo: Mapped[str | None] = mapped_column(String(11))
    address: Mapped[str | None] = mapped_column(Text)
    contingent_oo1: Mapped[int | None]
    __table_args__ = (CheckConstraint("shifts in (1, 2)", name="shifts"),)


class AcademicYear(Base):
    """A school year of one school; ``year`` is its first calendar year (2026 for 2026/27)."""

    __tablename__ = "academic_year"
    id: Mapped[int] = mapped_column(primary_key=True)
    school_id: Mapped[int] = mapped_column(ForeignKey("school.id"))
    year: Mapped[int] = mapped_column(Integer)
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    __table_args__ = (UniqueConstraint("school_id", "year"),)


class Period(Base):
    """A quarter, trimester or half-year; ``grades`` («1-9») says whose, empty means every grade's.

    ``grade_from`` and ``grade_to`` are ``grades`` as numbers (1 and 11 where it is empty).
    """

    __tablename__ = "period"
    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(KEY, unique=True, default=new_key)
    school_id: Mapped[int] = mapped_column(ForeignKey("school.id"))
    year: Mapped[int] = mapped_column(Integer)
    kind: Mapped[str] = mapped_column(String(9))
    number: Mapped[int] = mapped_column(Integer)
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    grades: Mapped[str | None] = mapped_column(String(20))
    grade_from: Mapped[int] = mapped_column(SmallInteger, default=1)
    grade_to: Mapped[int] = mapped_column(SmallInteger, default=11)
    __table_args__ = (Index(None, "school_id", "starts_on"),)


class Vacation(Base):
    """Days without lessons; a week wholly inside the union of a school's vacations is «Каникулы»."""

    __tablename__ = "vacation"
    id: Mapped[int] = mapped_column(primary_key=True)
    school_id: Mapped[int] = mapped_column(ForeignKey("school.id"))
    name: Mapped[str] = mapped_column(Text)
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    __table_args__ = (UniqueConstraint("school_id", "starts_on", "name"),)
