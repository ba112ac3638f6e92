"""The SQL views: one file, one view, ordered by the file's prefix (architecture.md, rule 5).

Views are dropped before and made anew after every migration: SQLite cannot rebuild a table a view reads.
"""

from __future__ import annotations

import re
from pathlib import Path

from sqlalchemy import Connection, inspect

FOLDER = Path(__file__).resolve().parent
_FILE = re.compile(r"^(\d\d)_(\w+)\.sql$")


def view_files() -> list[tuple[str, Path]]:
    """(view name, file) in the order of installation. ``30_indicator_x.sql`` makes the view ``indicator_x``."""
    found = [(match[1], match[2], path) for path in FOLDER.iterdir() if (match := _FILE.match(path.name))]
    return [(name, path) for _, name, path in sorted(found)]


def view_select(path: Path) -> str:
    """The one SELECT of a view's file, header comment included."""
    return path.read_text(encoding="utf-8").strip().rstrip(";")


def drop_views(connection: Connection) -> None:
    """Drop every view of the database, whichever version of the portal made it."""
    cascade = " cascade" if connection.dialect.name == "postgresql" else ""
    for name in inspect(connection).get_view_names():
        connection.exec_driver_sql(f'drop view if exists "{name}"{cascade}')


def install_views(connection: Connection) -> None:
    """Make every view anew and select from each once: SQLite accepts broken views until they are read."""
    drop_views(connection)
    for name, path in view_files():
        connection.exec_driver_sql(f"create view {name} as\n{view_select(path)}")
    for name, _ in view_files():
        connection.exec_driver_sql(f"select * from {name} where 1 = 0").close()  # noqa: S608 - our own file name
