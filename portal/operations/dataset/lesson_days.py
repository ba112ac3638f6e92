"""The stored calendar of lessons: deadlines of every date, time zone and number of shifts, as a small table."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from sqlalchemy import (
    Column,
    Connection,
    Date,
    DateTime,
    MetaData,
    SmallInteger,
    String,
    Table,
    and_,
    delete,
    insert,
    or_,
    select,
    text,
    update,
)

from portal.models.journal import Homework, Lesson, TeachingGroup
from portal.models.organisation import School
from portal.models.people import SchoolClass
from portal.operations.dataset.staging import affected
from portal.values.deadlines import lesson_deadlines

STORED = ("week_start", "day_starts_at", "marks_due_at", "homework_from_at", "homework_due_at")

LESSON_DAY = Table(
    "stage_lesson_day",
    MetaData(),
    Column("date", Date, primary_key=True),
    Column("timezone", String(64), primary_key=True),
    Column("shifts", SmallInteger, primary_key=True),
    Column("week_start", Date),
    *(Column(name, DateTime) for name in STORED[1:]),
    prefixes=["TEMPORARY"],
)


def fill_lesson_days(connection: Connection, days: Iterable[date]) -> None:
    """Make :data:`LESSON_DAY` hold ``days`` for every zone and number of shifts schools have."""
    connection.execute(delete(LESSON_DAY))
    kinds = connection.execute(select(School.timezone, School.shifts).distinct()).all()
    rows = []
    for day in days:
        for zone, shifts in kinds:
            found = lesson_deadlines(day, zone, shifts)
            moments = {name: getattr(found, name).replace(tzinfo=None) for name in STORED[1:]}
            rows.append(
                {"date": day, "timezone": zone, "shifts": shifts, "week_start": found.week_start, **moments}
            )  # fmt: skip
    if rows:
        connection.execute(insert(LESSON_DAY), rows)
    if connection.dialect.name == "postgresql":
        connection.execute(text(f"analyze {LESSON_DAY.name}"))


def follow_groups(connection: Connection) -> int:
    """What groups, lessons and homework repeat from above follows a class or a group that moved.

    Returns how many lessons have come to another school.
    """
    moved = 0
    for table, column, above, link in (
        (TeachingGroup, "school_id", SchoolClass, TeachingGroup.class_id),
        (Lesson, "school_id", TeachingGroup, Lesson.group_id),
        (Lesson, "class_id", TeachingGroup, Lesson.group_id),
        (Homework, "group_id", Lesson, Homework.lesson_id),
    ):
        mine, theirs = getattr(table, column), getattr(above, column)
        statement = update(table).values({column: theirs}).where(link == above.id, mine != theirs)
        count = affected(connection, statement.execution_options(synchronize_session=False))
        if table is Lesson and column == "school_id":
            moved = count
    return moved


def recompute_deadlines(connection: Connection, school_ids: Iterable[int] | None) -> None:
    """Store the deadlines of all lessons of some schools (none: of every school) anew: a dataset states what is."""
    mine = Lesson.school_id.in_(school_ids) if school_ids is not None else Lesson.school_id == School.id
    fill_lesson_days(connection, connection.scalars(select(Lesson.date).where(mine).distinct()).all())
    lesson, day = Lesson.__table__.c, LESSON_DAY.c
    connection.execute(
        update(Lesson)
        .values({name: day[name] for name in STORED})
        .where(
            mine,
            Lesson.school_id == School.id,
            and_(day.date == Lesson.date, day.timezone == School.timezone, day.shifts == School.shifts),
            or_(*(lesson[name] != day[name] for name in STORED)),
        )
        .execution_options(synchronize_session=False)
    )
