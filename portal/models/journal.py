"""Teaching groups, lessons, and what the journal holds of them, with its history."""

from __future__ import annotations

from datetime import date, datetime, time

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

from portal.models.base import KEY, Base, UtcMoment, new_key


class Subject(Base):
    """A school subject."""

    __tablename__ = "subject"
    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(KEY, unique=True, default=new_key)
    name: Mapped[str] = mapped_column(Text)


class TeachingGroup(Base):
    """Class × subject × subgroup: whose journal it is. ``school_id`` repeats the class's, for scopes."""

    __tablename__ = "teaching_group"
    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(KEY, unique=True, default=new_key)
    school_id: Mapped[int] = mapped_column(ForeignKey("school.id"), index=True)
    class_id: Mapped[int] = mapped_column(ForeignKey("school_class.id"), index=True)
    subject_id: Mapped[int] = mapped_column(ForeignKey("subject.id"))
    teacher_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    subgroup: Mapped[str | None] = mapped_column(Text)


class GroupMember(Base):
    """A pupil of a subgroup; a group without members here is the whole class."""

    __tablename__ = "group_member"
    group_id: Mapped[int] = mapped_column(ForeignKey("teaching_group.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True, index=True)


class Lesson(Base):
    """A lesson. ``school_id`` and ``class_id`` repeat the group's; the rest below is stored calendar.

    ``week_start``: the Monday of ``date``. In UTC, from the school's zone and shifts
    (:mod:`portal.values.deadlines`): ``day_starts_at`` 00:00 of its day; ``marks_due_at`` the strict end of
    timely marks (21:00, with two shifts 13:00 of the next day); ``homework_from_at`` and ``homework_due_at``
    the window of timely homework for the next lesson (00:00 seven days before; strictly before 13:00 of
    the next day). A changed shift or zone recomputes coming lessons only.
    """

    __tablename__ = "lesson"
    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(KEY, unique=True, default=new_key)
    group_id: Mapped[int] = mapped_column(ForeignKey("teaching_group.id"))
    school_id: Mapped[int] = mapped_column(ForeignKey("school.id"))
    class_id: Mapped[int] = mapped_column(ForeignKey("school_class.id"))
    date: Mapped[date]
    number: Mapped[int] = mapped_column(Integer)
    starts_at: Mapped[time | None]
    ends_at: Mapped[time | None]
    status: Mapped[str] = mapped_column(String(9), default="planned")
    topic: Mapped[str | None] = mapped_column(Text)
    comment: Mapped[str | None] = mapped_column(Text)
    conducted: Mapped[bool] = mapped_column(default=False)
    substitute_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    room: Mapped[str | None] = mapped_column(Text)
    moved_from: Mapped[date | None]
    week_start: Mapped[date]
    day_starts_at: Mapped[datetime] = mapped_column(UtcMoment)
    marks_due_at: Mapped[datetime] = mapped_column(UtcMoment)
    homework_from_at: Mapped[datetime] = mapped_column(UtcMoment)
    homework_due_at: Mapped[datetime] = mapped_column(UtcMoment)
    __table_args__ = (
        CheckConstraint("status in ('planned', 'cancelled')", name="status"),
        Index("ix_lesson_school_week", "school_id", "week_start"),
        Index("ix_lesson_class_week", "class_id", "week_start"),
        Index("ix_lesson_group_order", "group_id", "date", "number", "key"),
    )


class Homework(Base):
    """Homework: due at ``lesson_id`` (none until the group's next lesson appears), given at ``given_at_id``."""

    __tablename__ = "homework"
    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(KEY, unique=True, default=new_key)
    group_id: Mapped[int] = mapped_column(ForeignKey("teaching_group.id"), index=True)
    lesson_id: Mapped[int | None] = mapped_column(ForeignKey("lesson.id"), index=True)
    given_at_id: Mapped[int | None] = mapped_column(ForeignKey("lesson.id"), index=True)
    text: Mapped[str] = mapped_column(Text)
    issued_at: Mapped[datetime] = mapped_column(UtcMoment)
    updated_at: Mapped[datetime | None] = mapped_column(UtcMoment)
    removed_at: Mapped[datetime | None] = mapped_column(UtcMoment)


class WorkType(Base):
    """What a mark is for. The seven of the product have no school; a school may add its own.

    ``timely`` says whether ``marks_timely`` counts it (domain/indicators.md names four).
    """

    __tablename__ = "work_type"
    id: Mapped[int] = mapped_column(primary_key=True)
    school_id: Mapped[int | None] = mapped_column(ForeignKey("school.id"))
    name: Mapped[str] = mapped_column(Text)
    weight: Mapped[int] = mapped_column(SmallInteger, default=1)
    timely: Mapped[bool] = mapped_column(default=False)
    position: Mapped[int] = mapped_column(SmallInteger, default=100)
    __table_args__ = (UniqueConstraint("school_id", "name"),)


class Mark(Base):
    """A mark of a pupil in a lesson; several are allowed. ``key`` is also the form's one-time key.

    ``set_at`` is the first arrival and stays when the value changes; ``removed_at`` means gone, kept for history.
    """

    __tablename__ = "mark"
    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(KEY, unique=True, default=new_key)
    lesson_id: Mapped[int] = mapped_column(ForeignKey("lesson.id"))
    pupil_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    value: Mapped[str] = mapped_column(String(3))
    work_type_id: Mapped[int] = mapped_column(ForeignKey("work_type.id"))
    set_at: Mapped[datetime] = mapped_column(UtcMoment)
    removed_at: Mapped[datetime | None] = mapped_column(UtcMoment)
    __table_args__ = (
        Index("ix_mark_lesson_pupil", "lesson_id", "pupil_id"),
        Index("ix_mark_pupil", "pupil_id"),
        Index(None, "set_at"),
    )


class Attendance(Base):
    """An absence (Н, Б, У) or lateness (О) of a pupil in a lesson; ``removed_at`` means it no longer stands."""

    __tablename__ = "attendance"
    id: Mapped[int] = mapped_column(primary_key=True)
    lesson_id: Mapped[int] = mapped_column(ForeignKey("lesson.id"))
    pupil_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    code: Mapped[str] = mapped_column(String(1))
    set_at: Mapped[datetime] = mapped_column(UtcMoment)
    removed_at: Mapped[datetime | None] = mapped_column(UtcMoment)
    __table_args__ = (UniqueConstraint("lesson_id", "pupil_id"),)


class PeriodMark(Base):
    """A mark for a period (``period_id``) or for a school year (``year``): one of the two."""

    __tablename__ = "period_mark"
    id: Mapped[int] = mapped_column(primary_key=True)
    period_id: Mapped[int | None] = mapped_column(ForeignKey("period.id"))
    year: Mapped[int | None] = mapped_column(Integer)
    group_id: Mapped[int] = mapped_column(ForeignKey("teaching_group.id"))
    pupil_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    value: Mapped[str] = mapped_column(String(3))
    set_at: Mapped[datetime] = mapped_column(UtcMoment)
    removed_at: Mapped[datetime | None] = mapped_column(UtcMoment)
    __table_args__ = (
        CheckConstraint("(period_id is null) <> (year is null)", name="one_span"),
        UniqueConstraint("group_id", "pupil_id", "period_id"),
        UniqueConstraint("group_id", "pupil_id", "year"),
    )


class JournalChange(Base):
    """History of the journal: who changed what, when, from what to what. ``by_id`` is empty for a loaded dataset.

    ``kind``: mark, attendance, topic, comment, conducted, homework, period_mark. ``subject_key`` names the
    mark or homework by its key where a lesson may hold several.
    """

    __tablename__ = "journal_change"
    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcMoment)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    kind: Mapped[str] = mapped_column(String(12))
    group_id: Mapped[int] = mapped_column(ForeignKey("teaching_group.id"), index=True)
    lesson_id: Mapped[int | None] = mapped_column(ForeignKey("lesson.id"))
    pupil_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    subject_key: Mapped[str | None] = mapped_column(String(64))
    before: Mapped[str | None] = mapped_column(Text)
    after: Mapped[str | None] = mapped_column(Text)
    __table_args__ = (
        Index("ix_journal_change_lesson_pupil", "lesson_id", "pupil_id"),
        Index("ix_journal_change_pupil_at", "pupil_id", "at"),
    )
