"""The tables of a portal in DuckDB: a column store made for such questions, as a measure of what is possible."""

from __future__ import annotations

import csv
from pathlib import Path

import duckdb
from sqlalchemy import Engine, inspect

from portal.models import Base

TABLES = (
    "school", "academic_year", "staff_post", "person", "school_class", "enrolment", "guardianship", "lesson", "homework",
    "mark", "work_type", "attendance", "diary_view",
)  # fmt: skip
TYPES = {"Integer": "integer", "SmallInteger": "integer", "BigInteger": "bigint", "Date": "date", "Time": "time",
         "Boolean": "boolean", "UtcMoment": "timestamp"}  # fmt: skip


def copied(engine: Engine, folder: Path) -> duckdb.DuckDBPyConnection:
    """A DuckDB in memory that holds the tables the indicators read."""
    connection = duckdb.connect()
    for name in TABLES:
        path = folder / f"{name}.csv"
        _write(engine, name, path)
        columns = [
            f"{column.name} {TYPES.get(type(column.type).__name__, 'varchar')}"
            for column in Base.metadata.tables[name].columns
        ]
        connection.execute(f"create table {name} ({', '.join(columns)})")
        connection.execute(f"copy {name} from '{path}' (format csv, header, nullstr '')")
        path.unlink()
    return connection


def _write(engine: Engine, table: str, path: Path) -> None:
    names = [column["name"] for column in inspect(engine).get_columns(table)]
    known = [column.name for column in Base.metadata.tables[table].columns]
    assert set(known) <= set(names)
    raw = engine.raw_connection()
    cursor = raw.cursor()
    query = f"select {', '.join(known)} from {table}"
    if engine.dialect.name == "postgresql":
        with path.open("wb") as file, cursor.copy(f"copy ({query}) to stdout (format csv, header)") as rows:
            for block in rows:
                file.write(block)
    else:
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(known)
            writer.writerows(cursor.execute(query))
    raw.close()
