"""Migrations with the views around them: drop views → migrate tables → make views anew, in one transaction."""

from __future__ import annotations

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, text

from portal.config import ROOT
from portal.extensions import begin_mode, db
from portal.sql import drop_views, install_views, view_files

LOCK = 7_216_031  # any constant: keeps two starting processes from migrating at once on PostgreSQL


def alembic_config(connection: Connection) -> Config:
    """Alembic bound to our folder and to one open connection."""
    config = Config()
    config.set_main_option("script_location", str(ROOT / "migrations"))
    config.attributes["connection"] = connection
    return config


def upgrade(revision: str = "head") -> str:
    """Bring the database to ``revision``; return it. Safe to call at every start, and by two at once."""
    begin_mode.set("write")
    engine = db.engine
    with engine.connect() as connection:
        sqlite = engine.dialect.name == "sqlite"
        if sqlite:  # batch migrations rebuild tables: with foreign keys on that deletes child rows
            connection.exec_driver_sql("PRAGMA foreign_keys = OFF")
            connection.commit()
            raw = connection.connection.dbapi_connection
            if raw is not None:
                raw.execute("PRAGMA foreign_keys = OFF")  # outside any transaction, or it is ignored
        with connection.begin():
            if not sqlite:
                connection.execute(text("select pg_advisory_xact_lock(:key)"), {"key": LOCK})
            before = MigrationContext.configure(connection).get_current_revision()
            config = alembic_config(connection)
            if before != _target(config, revision):
                drop_views(connection)
                command.upgrade(config, revision)
            if _views_differ(connection):
                install_views(connection)
            if sqlite:
                broken = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
                if broken:
                    raise RuntimeError(f"migration left a broken reference: {tuple(broken)}")
            after = MigrationContext.configure(connection).get_current_revision()
        if sqlite and raw is not None:
            raw.execute("PRAGMA foreign_keys = ON")
    return str(after)


def _target(config: Config, revision: str) -> str | None:
    from alembic.script import ScriptDirectory

    script = ScriptDirectory.from_config(config).get_revision(revision)
    return script.revision if script else None


def _views_differ(connection: Connection) -> bool:
    """Whether the installed views are not exactly the files' (their text's hash is kept in the database)."""
    from hashlib import sha256

    from sqlalchemy import inspect

    from portal.sql import view_select

    digest = sha256("\n".join(name + view_select(path) for name, path in view_files()).encode()).hexdigest()
    connection.exec_driver_sql("create table if not exists view_version (digest varchar(64) not null)")
    kept = connection.exec_driver_sql("select digest from view_version").scalar()
    names = {name for name, _ in view_files()}
    if kept == digest and names == set(inspect(connection).get_view_names()):
        return False
    connection.exec_driver_sql("delete from view_version")
    connection.execute(text("insert into view_version (digest) values (:digest)"), {"digest": digest})
    return True
