"""People and what ties them to schools and offices. One person is one account, whatever the roles."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Index,
    Integer,
    SmallInteger,
    String,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from portal.models.base import KEY, Base, Encrypted, UtcMoment, new_key, ordered_text


class Person(Base):
    """A person. ``sort_key`` and ``search_key`` are made by :func:`portal.values.names.sort_key`: databases
    know no Cyrillic case. ``snils_hash`` and ``document_hash`` are keyed hashes to look the encrypted up by.
    """

    __tablename__ = "person"
    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(KEY, unique=True, default=new_key)
    last_name: Mapped[str] = mapped_column(Text)
    first_name: Mapped[str] = mapped_column(Text)
    middle_name: Mapped[str | None] = mapped_column(Text)
    sort_key: Mapped[str] = mapped_column(ordered_text(), index=True)
    birth_date: Mapped[date | None]
    snils: Mapped[str | None] = mapped_column(Encrypted)
    snils_hash: Mapped[str | None] = mapped_column(String(64), index=True)
    document: Mapped[str | None] = mapped_column(String(17))
    document_number: Mapped[str | None] = mapped_column(Encrypted)
    document_hash: Mapped[str | None] = mapped_column(String(64))
    email: Mapped[str | None] = mapped_column(Text)
    phone: Mapped[str | None] = mapped_column(Text)
    activated_at: Mapped[datetime | None] = mapped_column(UtcMoment)
    esia_at: Mapped[datetime | None] = mapped_column(UtcMoment)


class PersonAlias(Base):
    """An old key of a person who was joined with another: datasets may go on using it."""

    __tablename__ = "person_alias"
    key: Mapped[str] = mapped_column(KEY, primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)


class StaffPost(Base):
    """A post of a person at a school (dataset: ``staff``). ``left_on`` is the first day away.

    ``teaching`` makes teaching staff; ``category`` is the qualification category: highest, first, none.
    """

    __tablename__ = "staff_post"
    id: Mapped[int] = mapped_column(primary_key=True)
    school_id: Mapped[int] = mapped_column(ForeignKey("school.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    post: Mapped[str] = mapped_column(Text)
    teaching: Mapped[bool]
    category: Mapped[str | None] = mapped_column(String(7))
    hired_on: Mapped[date | None]
    left_on: Mapped[date | None]
    __table_args__ = (
        Index(
            "uq_staff_post_dated", "school_id", "person_id", "post", "hired_on", unique=True,
            sqlite_where=text("hired_on is not null"), postgresql_where=text("hired_on is not null"),
        ),
        Index(
            "uq_staff_post_undated", "school_id", "person_id", "post", unique=True,
            sqlite_where=text("hired_on is null"), postgresql_where=text("hired_on is null"),
        ),
    )  # fmt: skip


class OfficePost(Base):
    """A post of a person at an education authority: of a municipality or of a region (dataset: ``office_staff``)."""

    __tablename__ = "office_post"
    id: Mapped[int] = mapped_column(primary_key=True)
    municipality_id: Mapped[int | None] = mapped_column(ForeignKey("municipality.id"), index=True)
    region_id: Mapped[int | None] = mapped_column(ForeignKey("region.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    post: Mapped[str] = mapped_column(Text)
    __table_args__ = (
        CheckConstraint("(municipality_id is null) <> (region_id is null)", name="one_unit"),
        UniqueConstraint("municipality_id", "person_id", "post"),
        UniqueConstraint("region_id", "person_id", "post"),
    )


class SchoolClass(Base):
    """A class of one school year."""

    __tablename__ = "school_class"
    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(KEY, unique=True, default=new_key)
    school_id: Mapped[int] = mapped_column(ForeignKey("school.id"))
    year: Mapped[int] = mapped_column(Integer)
    grade: Mapped[int] = mapped_column(SmallInteger)
    letter: Mapped[str] = mapped_column(Text, default="")
    class_teacher_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    __table_args__ = (Index(None, "school_id", "year"),)


class Enrolment(Base):
    """A pupil in a class from ``enrolled_on``; ``left_on`` is the first day away."""

    __tablename__ = "enrolment"
    id: Mapped[int] = mapped_column(primary_key=True)
    class_id: Mapped[int] = mapped_column(ForeignKey("school_class.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    enrolled_on: Mapped[date]
    left_on: Mapped[date | None]
    __table_args__ = (UniqueConstraint("class_id", "person_id", "enrolled_on"),)


class Guardianship(Base):
    """A guardian of a pupil."""

    __tablename__ = "guardianship"
    id: Mapped[int] = mapped_column(primary_key=True)
    guardian_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    pupil_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    relation: Mapped[str | None] = mapped_column(Text)
    __table_args__ = (UniqueConstraint("pupil_id", "guardian_id"),)
