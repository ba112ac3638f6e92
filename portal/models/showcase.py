"""What the showcase «Моё образование» needs beside the journal: school events, and whose data may not be processed."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from portal.models.base import KEY, Base, UtcMoment, new_key


class SchoolEvent(Base):
    """A parents' meeting, a matinée: what, when, where, for whom (school-rules.md, «Also in the papers»).

    ``key`` is also the form's one-time key. ``created_by_id`` is empty where a command made the row;
    ``removed_at`` means taken off, kept for history.
    """

    __tablename__ = "school_event"
    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(KEY, unique=True, default=new_key)
    school_id: Mapped[int] = mapped_column(ForeignKey("school.id"))
    title: Mapped[str] = mapped_column(Text)
    held_on: Mapped[date]
    place: Mapped[str] = mapped_column(Text)
    audience: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(UtcMoment)
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    removed_at: Mapped[datetime | None] = mapped_column(UtcMoment)
    removed_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    __table_args__ = (Index(None, "school_id", "held_on"),)


class DataRestriction(Base):
    """A pupil's data may not be processed from ``set_at`` until ``lifted_at`` (none: to this day).

    The rows of a person are their history; at most one stands at a time.
    """

    __tablename__ = "data_restriction"
    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    set_at: Mapped[datetime] = mapped_column(UtcMoment)
    set_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    lifted_at: Mapped[datetime | None] = mapped_column(UtcMoment)
    lifted_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    __table_args__ = (
        Index(
            "uq_data_restriction_standing", "person_id", unique=True,
            sqlite_where=text("lifted_at is null"), postgresql_where=text("lifted_at is null"),
        ),
    )  # fmt: skip
