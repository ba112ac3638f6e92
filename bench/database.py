"""A new database for one run, gone afterwards."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import create_engine, make_url


@contextmanager
def new_database(server: str) -> Iterator[tuple[str, Path]]:
    """(URL, folder) of an empty database: on a PostgreSQL server, or a SQLite file where ``server`` is empty."""
    with tempfile.TemporaryDirectory(prefix="portal-bench-") as name:
        folder = Path(name)
        if not server:
            yield f"sqlite:///{folder / 'bench.sqlite'}", folder
            return
        database = f"portal_bench_{os.getpid()}"
        _administer(server, f'create database "{database}"')
        try:
            yield make_url(server).set(database=database).render_as_string(hide_password=False), folder
        finally:
            _administer(server, f'drop database "{database}" with (force)')


def _administer(server: str, statement: str) -> None:
    url = make_url(server)
    if url.drivername in {"postgres", "postgresql"}:
        url = url.set(drivername="postgresql+psycopg")
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql(statement)
    engine.dispose()
