"""The SQLite file holds personal data: nobody but its owner may read it, and no lock on it is lost."""

import stat
from contextvars import ContextVar
from pathlib import Path

import pytest

from portal import create_app
from portal.extensions import db
from portal.migrate import upgrade


def test_a_new_database_file_is_its_owners_only(tmp_path):
    app = create_app(
        {"PORTAL_INSTANCE": str(tmp_path), "SQLALCHEMY_DATABASE_URI": f"sqlite:///{tmp_path / 'p.sqlite'}"}
    )
    with app.app_context():
        upgrade()
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in tmp_path.glob("p.sqlite*")}
    assert modes
    assert set(modes.values()) == {0o600}


@pytest.mark.skipif(not Path("/proc/locks").exists(), reason="no /proc/locks on this system")
def test_opening_one_more_connection_keeps_the_locks_of_the_others(tmp_path, monkeypatch):
    """Lost locks let another process remove the write-ahead log, and with it what was committed."""
    path = tmp_path / "p.sqlite"
    app = create_app({"PORTAL_INSTANCE": str(tmp_path), "SQLALCHEMY_DATABASE_URI": f"sqlite:///{path}"})
    with app.app_context():
        upgrade()
        inodes = {str(file.stat().st_ino) for file in tmp_path.glob("p.sqlite*")}

        def locks():
            held = [line.split() for line in Path("/proc/locks").read_text().splitlines()]
            return sum(words[5].rsplit(":", 1)[-1] in inodes for words in held if len(words) > 5)

        monkeypatch.setattr("portal.extensions.begin_mode", ContextVar("begin_mode", default="read"))
        with db.engine.connect() as first:
            first.exec_driver_sql("select count(*) from region")
            before = locks()
            assert before > 0
            with db.engine.connect() as second:
                second.exec_driver_sql("select 1")
                assert locks() >= before
        db.engine.dispose()
