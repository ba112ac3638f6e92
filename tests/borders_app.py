"""The dataset of borders, loaded once an engine; tests change it only in a transaction that is rolled back."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator

import pytest
from flask import Flask

from portal import create_app
from portal.extensions import db
from tests.borders import load_borders

POSTGRES_NAME = f"portal_test_{os.getpid()}_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}_borders"

BordersApp = Callable[[str], Flask]


@pytest.fixture(scope="session")
def borders_app(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[BordersApp]:
    """The application on the loaded dataset, by engine."""
    from tests.conftest import TEST_SETTINGS, _postgres_admin, _postgres_url  # it imports these fixtures

    apps: dict[str, Flask] = {}

    def url(engine: str) -> str:
        if engine == "sqlite":
            path = tmp_path_factory.mktemp("borders") / "portal.sqlite"
            shutil.copy(request.getfixturevalue("sqlite_template"), path)
            return f"sqlite:///{path}"
        template = request.getfixturevalue("postgres_template")
        _postgres_admin(f'create database "{POSTGRES_NAME}" template "{template}"')
        return _postgres_url(POSTGRES_NAME)

    def app(engine: str) -> Flask:
        if engine not in apps:
            folder = tmp_path_factory.mktemp("instance")
            settings = {**TEST_SETTINGS, "PORTAL_INSTANCE": str(folder), "SQLALCHEMY_DATABASE_URI": url(engine)}
            apps[engine] = create_app(settings)
            with apps[engine].app_context():
                load_borders()
        return apps[engine]

    yield app
    for made in apps.values():
        with made.app_context():
            db.session.remove()
            db.engine.dispose()
    if "postgresql" in apps:
        _postgres_admin(f'drop database if exists "{POSTGRES_NAME}" with (force)')


@pytest.fixture
def borders(borders_app: BordersApp, engine_name: str) -> Iterator[Flask]:
    """The dataset of borders on an engine: the test runs once on each."""
    app = borders_app(engine_name)
    with app.app_context():
        yield app
        db.session.rollback()
