"""A database to measure on: the demo district with one class that is full, made anew for each run."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from flask import Flask

from bench.database import new_database
from bench.full_class import CLASS, GUARDIAN, JOURNAL, PUPIL, TEACHER, add_full_class
from bench.moment import NOW, TODAY
from portal.values.week import Week

PASSWORD = "school-2020"
FIRST_SCHOOL = "s01"


@dataclass(frozen=True, slots=True)
class World:
    """A filled database. ``ids`` of what the pages are about; the logins are the demo's and the full class's."""

    engine: str
    url: str
    folder: Path
    schools: int
    weeks: int
    ids: dict[str, int]
    teacher: str = TEACHER
    guardian: str = GUARDIAN

    def app(self) -> Flask:
        """The portal on this database, at the benchmarks' moment."""
        return portal_on(self.url, self.folder)


def portal_on(url: str, folder: Path) -> Flask:
    from portal import create_app

    settings = {"PORTAL_INSTANCE": str(folder), "SQLALCHEMY_DATABASE_URI": url, "CLOCK": lambda: NOW}
    return create_app(settings)


@contextmanager
def new_world(engine: str, server: str, schools: int = 22, weeks: int = 4) -> Iterator[World]:
    """The district of ``schools`` with ``weeks`` of journal, loaded as a dataset; gone afterwards."""
    from portal.cli.demo import fill
    from portal.demo.district import make_district
    from portal.extensions import db, session
    from portal.migrate import upgrade
    from portal.operations.accounts import set_account

    with new_database(server) as (url, folder):
        app = portal_on(url, folder)
        with app.app_context():
            upgrade()
            district = make_district(TODAY, schools=schools, weeks=weeks)
            add_full_class(district.rows, FIRST_SCHOOL, weeks)
            fill(district)
            for key in (TEACHER, GUARDIAN):
                set_account(_id("person", key), key, PASSWORD, at=NOW)
            freeze_past()
            session.commit()
            _settle()
            ids = {
                "school": _id("school", FIRST_SCHOOL), "group": _id("teaching_group", JOURNAL),
                "class": _id("school_class", CLASS), "pupil": _id("person", PUPIL), "municipality": 1, "region": 1,
            }  # fmt: skip
            session.remove()
            db.engine.dispose()
        yield World(engine, url, folder, schools, weeks, ids)


def freeze_past() -> None:
    """The two weeks that a page of the last one shows, as the Monday's job leaves them."""
    from portal.operations.frozen_weeks import freeze_finished

    last = Week.of(TODAY).previous
    for week in (last.previous, last):
        freeze_finished(week, at=NOW)


def _settle() -> None:
    """What a database that has run for a night knows: statistics, and on SQLite an empty log."""
    from portal.extensions import db, session

    session.remove()
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        if db.engine.dialect.name == "sqlite":
            connection.exec_driver_sql("analyze")
        else:
            connection.exec_driver_sql("vacuum analyze")


def _id(table: str, key: str) -> int:
    from sqlalchemy import text

    from portal.extensions import session

    found: int = session.execute(text(f"select id from {table} where key = :key"), {"key": key}).scalar_one()
    return found
