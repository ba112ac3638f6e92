"""A region of hundreds of schools in PostgreSQL, made by one command: ``python -m bench.region --schools 500 --weeks 4``.

Rows are made by the database itself, a week at a time: nothing is held in memory, and a week of 500 schools (285,000
lessons, 770,000 marks) takes seconds. Every number follows from the row's own number, so that two runs are the same.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, create_engine, make_url, text

from bench.moment import NOW, TODAY
from bench.region_rows import OFFICERS, PEOPLE, SHAPE, WEEKLY
from portal.values.deadlines import lesson_deadlines
from portal.values.week import Week

ZONE = "Europe/Moscow"
LARGE = ("person", "enrolment", "guardianship", "lesson", "homework", "mark", "attendance", "diary_view")
PASSWORD = "school-2020"

Say = Callable[[str], object]


def main() -> None:
    """Fill an empty database."""
    parser = argparse.ArgumentParser(prog="python -m bench.region", description=__doc__)
    parser.add_argument("database", help="URL of a new PostgreSQL database; it is made where it lacks")
    parser.add_argument("--schools", type=int, default=500, help="schools, twenty a municipality (500)")
    parser.add_argument("--weeks", type=int, default=4, help="whole weeks of journal before this one (4)")
    arguments = parser.parse_args()
    make_database(arguments.database)
    make_region(arguments.database, arguments.schools, arguments.weeks, lambda line: print(line, file=sys.stderr))


def make_database(url: str) -> None:
    """Create the database of ``url`` unless it is there."""
    target = make_url(url)
    engine = create_engine(target.set(database="postgres"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        known = connection.scalar(text("select 1 from pg_database where datname = :name"), {"name": target.database})
        if not known:
            connection.exec_driver_sql(f'create database "{target.database}"')
    engine.dispose()


def make_region(url: str, schools: int, weeks: int, say: Say, instance: str | None = None) -> None:
    """Migrate, fill, analyse. The journal ends with the week after :data:`bench.moment.TODAY`, as a timetable."""
    from portal import create_app
    from portal.extensions import db, session
    from portal.migrate import upgrade
    from portal.operations.accounts import set_account
    from portal.operations.calendar import ensure_calendar

    app = create_app({"SQLALCHEMY_DATABASE_URI": url, **({"PORTAL_INSTANCE": instance} if instance else {})})
    started = time.perf_counter()
    with app.app_context():
        upgrade()
        ensure_calendar([ZONE])
        session.commit()
        with db.engine.connect() as connection, bulk_load(connection):
            for statement in SHAPE:
                connection.exec_driver_sql(_filled(statement, schools=schools))
            connection.commit()
            say(f"{schools} schools and their people: {time.perf_counter() - started:.0f} s")
            for week in weeks_of(weeks):
                _add_week(connection, week, schools)
                say(f"week of {week.start}: {time.perf_counter() - started:.0f} s")
        for person, login in OFFICERS.items():
            set_account(person, login, PASSWORD, at=NOW)
        session.commit()
        with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("vacuum analyze")
        say(f"{database_size(url)} in all, {time.perf_counter() - started:.0f} s")
        db.engine.dispose()


def weeks_of(weeks: int) -> list[Week]:
    """The weeks before the present one, the present one, and the next."""
    present = Week.of(TODAY)
    return [Week(present.start + timedelta(weeks=n)) for n in range(-weeks, 2)]


def _add_week(connection: Connection, week: Week, schools: int) -> None:
    """A week's lessons, and what the journal holds of those before today."""
    for day in week.days[:5]:
        due = lesson_deadlines(day, ZONE, 1)
        facts = {
            "schools": schools, "day": day, "weekday": day.weekday(), "week": week.start,
            "number": (week.start - date(2020, 1, 6)).days // 7, "held": str(day < TODAY).lower(),
            "day_starts_at": _moment(due.day_starts_at), "marks_due_at": _moment(due.marks_due_at),
            "homework_from_at": _moment(due.homework_from_at), "homework_due_at": _moment(due.homework_due_at),
        }  # fmt: skip
        for statement in WEEKLY:
            connection.exec_driver_sql(_filled(statement, **facts))
        connection.commit()


def _moment(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%d %H:%M:%S}"


def _filled(statement: str, **facts: Any) -> str:
    """A statement with its facts: our own numbers and dates, no one's input."""
    for name, value in {**PEOPLE, **facts}.items():
        statement = statement.replace(f"${name}$", str(value))
    return statement.replace("%", "%%")  # the driver reads a single one as a place to fill


@contextmanager
def bulk_load(connection: Connection) -> Iterator[None]:
    """Without foreign-key triggers and secondary indexes while rows are made; both are back afterwards."""
    connection.exec_driver_sql("set session_replication_role = replica")
    connection.exec_driver_sql("set synchronous_commit = off")
    connection.exec_driver_sql("set maintenance_work_mem = '512MB'")
    found = connection.execute(
        text(
            "select indexname, indexdef from pg_indexes where schemaname = 'public' and tablename = any(:tables)"
            " and indexname not in (select conname from pg_constraint)"
        ),
        {"tables": list(LARGE)},
    ).all()
    for name, _ in found:
        connection.exec_driver_sql(f'drop index "{name}"')
    connection.commit()
    yield
    for _, definition in found:
        connection.exec_driver_sql(definition)
        connection.commit()
    for table in (*LARGE, "region", "municipality", "school", "subject", "teaching_group", "school_class"):
        connection.exec_driver_sql(
            f"select setval(pg_get_serial_sequence('{table}', 'id'), (select coalesce(max(id), 0) + 1 from {table}))"
        )
    connection.exec_driver_sql("set session_replication_role = default")
    connection.commit()


def database_size(url: str) -> str:
    """«3.1 GB»."""
    engine = create_engine(url)
    with engine.connect() as connection:
        size = connection.scalar(text("select pg_size_pretty(pg_database_size(current_database()))"))
    engine.dispose()
    return str(size)


if __name__ == "__main__":
    main()
