"""Both databases for every test that asks for ``app``; a skipped test is a failure where all must run."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Generator, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import create_engine, make_url

from portal import create_app
from portal.cli.demo import fill
from portal.demo.district import District, make_district
from portal.extensions import db
from portal.migrate import upgrade
from tests.borders_app import borders, borders_app  # noqa: F401 - fixtures
from tests.demo_day import DEMO_NOON, TODAY
from tests.small_school import NOON, SmallSchool, build

POSTGRES = os.environ.get("PORTAL_TEST_POSTGRES", "")
ALL_MUST_RUN = os.environ.get("PORTAL_TEST_ALL") == "1"
WORKER = os.environ.get("PYTEST_XDIST_WORKER", "main")
TEMPLATE = f"portal_test_{os.getpid()}_{WORKER}_template"

LONG = timedelta(days=400)  # tests move the clock under open sessions
TEST_SETTINGS = {
    "TESTING": True, "SECRET_KEY": "test", "DATA_KEY": "test-data-key",
    "SESSION_IDLE": LONG, "PERMANENT_SESSION_LIFETIME": LONG,
}  # fmt: skip

ENGINES = ["sqlite", "postgresql"]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """A skipped test is a failure where all must run."""
    report = yield
    if ALL_MUST_RUN and report.skipped:
        report.longrepr = f"skipped where all must run: {item.nodeid}: {report.longrepr}"
        report.outcome = "failed"
    return report


def _postgres_admin(*statements: str) -> None:
    engine = create_engine(make_url(POSTGRES), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        for statement in statements:
            connection.exec_driver_sql(statement)
    engine.dispose()


def _postgres_url(name: str) -> str:
    return make_url(POSTGRES).set(database=name).render_as_string(hide_password=False)


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty, migrated SQLite database to copy."""
    path = tmp_path_factory.mktemp("template") / "portal.sqlite"
    _migrate(f"sqlite:///{path}", path.parent)
    return path


@pytest.fixture(scope="session")
def postgres_template(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The name of an empty, migrated PostgreSQL database to copy."""
    if not POSTGRES:
        pytest.skip("PORTAL_TEST_POSTGRES is not set")
    _postgres_admin(f'drop database if exists "{TEMPLATE}"', f'create database "{TEMPLATE}"')
    _migrate(_postgres_url(TEMPLATE), tmp_path_factory.mktemp("pg"))
    yield TEMPLATE
    _postgres_admin(f'drop database if exists "{TEMPLATE}" with (force)')


def _migrate(url: str, folder: Path) -> None:
    app = create_app({**TEST_SETTINGS, "PORTAL_INSTANCE": str(folder), "SQLALCHEMY_DATABASE_URI": url})
    with app.app_context():
        upgrade()
        db.engine.dispose()


@pytest.fixture(params=ENGINES)
def engine_name(request: pytest.FixtureRequest) -> str:
    """«sqlite», then «postgresql»."""
    return str(request.param)


@pytest.fixture(scope="session")
def demo_district() -> District:
    """The demo district of 22 schools on :data:`tests.demo_day.TODAY`, as rows."""
    return make_district(TODAY)


@pytest.fixture(scope="session")
def sqlite_demo(sqlite_template: Path, demo_district: District, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite database with the demo district, to copy."""
    path = tmp_path_factory.mktemp("demo") / "portal.sqlite"
    shutil.copy(sqlite_template, path)
    _fill(f"sqlite:///{path}", path.parent, demo_district)
    return path


@pytest.fixture(scope="session")
def postgres_demo(
    postgres_template: str, demo_district: District, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """The name of a PostgreSQL database with the demo district, to copy."""
    name = TEMPLATE.replace("template", "demo")
    _postgres_admin(f'drop database if exists "{name}"', f'create database "{name}" template "{postgres_template}"')
    _fill(_postgres_url(name), tmp_path_factory.mktemp("pg"), demo_district)
    yield name
    _postgres_admin(f'drop database if exists "{name}" with (force)')


def _fill(url: str, folder: Path, district: District) -> None:
    app = create_app({**TEST_SETTINGS, "PORTAL_INSTANCE": str(folder), "SQLALCHEMY_DATABASE_URI": url})
    with app.app_context():
        fill(district)
        db.session.remove()
        db.engine.dispose()


MakeDatabase = Callable[..., str]
"""Called with an engine's name and what to copy: «template», an empty database, or «demo», the district."""


@pytest.fixture
def make_database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[MakeDatabase]:
    """Makes a migrated database of an engine, empty unless told otherwise, and returns its URL; as many as wanted."""
    made: list[str] = []

    def make(engine: str, kind: str = "template") -> str:
        if engine == "sqlite":
            path = tmp_path / f"portal-{len(made)}.sqlite"
            made.append("")
            shutil.copy(request.getfixturevalue(f"sqlite_{kind}"), path)
            return f"sqlite:///{path}"
        template = request.getfixturevalue(f"postgres_{kind}")
        name = f"portal_test_{os.getpid()}_{WORKER}_{len(made)}"
        _postgres_admin(
            f'drop database if exists "{name}" with (force)',
            f'create database "{name}" template "{template}"',
        )
        made.append(name)
        return _postgres_url(name)

    yield make
    for name in filter(None, made):
        _postgres_admin(f'drop database if exists "{name}" with (force)')


MakeApp = Callable[..., Flask]


@pytest.fixture
def make_app(make_database: MakeDatabase, tmp_path: Path) -> Iterator[MakeApp]:
    """Makes an application on an empty database of an engine."""
    apps: list[Flask] = []

    def make(engine: str, kind: str = "template", **settings: object) -> Flask:
        app = create_app(
            {
                **TEST_SETTINGS,
                "PORTAL_INSTANCE": str(tmp_path / "instance"),
                "SQLALCHEMY_DATABASE_URI": make_database(engine, kind),
                **settings,
            }
        )
        apps.append(app)
        return app

    yield make
    for app in apps:
        with app.app_context():
            db.session.remove()
            db.engine.dispose()


@pytest.fixture
def app(make_app: MakeApp, engine_name: str) -> Flask:
    """An application on an empty database: the test runs once on each engine."""
    return make_app(engine_name)


@pytest.fixture
def small(make_app: MakeApp, engine_name: str) -> tuple[Flask, SmallSchool]:
    """An application on a small school (tests/small_school.py), its clock at Wednesday noon."""
    app = make_app(engine_name, CLOCK=lambda: NOON)
    with app.app_context():
        return app, build()


@pytest.fixture
def demo(make_app: MakeApp, engine_name: str) -> Flask:
    """An application on the whole demo district, its clock at noon of the demo's day; a copy of its own."""
    return make_app(engine_name, "demo", CLOCK=lambda: DEMO_NOON)
