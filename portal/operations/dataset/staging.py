"""A table's rows in a temporary table of the database: memory stays flat, and the database compares."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ColumnElement,
    Connection,
    Date,
    DateTime,
    Insert,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    Time,
    Update,
    text,
    true,
    update,
)
from sqlalchemy.types import TypeEngine

from portal.exchange.cells import KEY, LOCAL_MOMENT
from portal.exchange.cells import Cell as CellKind
from portal.exchange.reader import Batch
from portal.exchange.tables import TableDescription
from portal.models.base import KEY as KEY_TYPE

TYPES: dict[str, TypeEngine[Any] | type[TypeEngine[Any]]] = {
    "text": Text,
    "whole": Integer,
    "big": BigInteger,
    "day": Date,
    "clock": Time,
    "moment": DateTime,
    "flag": Boolean,
}
LOCAL = "_local"
"""Suffix of the column that holds a moment without offset until its school's zone is known."""


class Stage:
    """A table's staged rows. ``table`` has the described columns, ``row``, ``left_out``, and ``extras``.

    ``extras``: columns derived while reading, with the type of the model's column they go to.
    """

    def __init__(
        self, connection: Connection, description: TableDescription, extras: Mapping[str, TypeEngine[Any]]
    ) -> None:
        self.connection = connection
        self.description = description
        self.rows = 0
        self.some_left_out = False
        self.local_moments = [c.key for c in description.columns if c.cell is LOCAL_MOMENT]
        self._extras = dict(extras)
        columns = [Column(c.key, _type_of(c.cell)) for c in description.columns]
        columns += [Column(key + LOCAL, String(26)) for key in self.local_moments]
        columns += [Column(key, kind) for key, kind in extras.items()]
        self.table = Table(
            f"stage_{description.name}",
            MetaData(),
            Column("row", Integer, primary_key=True, autoincrement=False),
            Column("left_out", Boolean),
            *columns,
            prefixes=["TEMPORARY"],
        )
        self._fields = [c.name for c in self.table.columns]
        self._postgres = connection.dialect.name == "postgresql"

    def __enter__(self) -> Stage:
        self.connection.execute(text(f"drop table if exists {self.table.name}"))
        self.table.create(self.connection)
        return self

    def __exit__(self, *_: object) -> None:
        """Drops the table; after an error the rollback does."""
        if not any(_):
            self.table.drop(self.connection)

    def add(self, batch: Batch, extras: Mapping[str, Sequence[Any]]) -> None:
        """Stage a batch; its faulty rows too, so that their keys are known."""
        count = len(batch.rows)
        columns: dict[str, Sequence[Any]] = {**batch.columns, **extras, "row": batch.rows}
        columns["left_out"] = [row in batch.faulty for row in batch.rows] if batch.faulty else [False] * count
        for key in self.local_moments:
            if key in columns:
                columns[key], columns[key + LOCAL] = _split_local(columns[key])
        empty = [None] * count
        self._insert(list(zip(*(columns.get(field, empty) for field in self._fields), strict=True)))
        self.rows += count
        self.some_left_out = self.some_left_out or bool(batch.faulty)

    def _insert(self, rows: list[tuple[Any, ...]]) -> None:
        raw = self.connection.connection.cursor()
        names = ", ".join(f'"{field}"' for field in self._fields)
        if self._postgres:
            with raw.copy(f"copy {self.table.name} ({names}) from stdin") as copy:
                for row in rows:
                    copy.write_row(row)
        else:
            marks = ", ".join("?" * len(self._fields))
            raw.executemany(f"insert into {self.table.name} ({names}) values ({marks})", rows)  # noqa: S608 - our own names
        raw.close()

    def done(self) -> None:
        """All rows are there: let PostgreSQL know how many (nobody else analyses a temporary table)."""
        if self._postgres:
            self.connection.execute(text(f"analyze {self.table.name}"))

    def leave_out(self, condition: ColumnElement[bool]) -> int:
        """Leave out the rows a condition on ``table`` holds for; returns how many."""
        statement = update(self.table).where(condition, ~self.table.c.left_out).values(left_out=true())
        count = affected(self.connection, statement)
        self.some_left_out = self.some_left_out or count > 0
        return count


def affected(connection: Connection, statement: Insert | Update) -> int:
    """Execute a statement; returns how many rows it touched."""
    return connection.execute(statement.execution_options(preserve_rowcount=True)).rowcount


def _type_of(cell: CellKind) -> TypeEngine[Any] | type[TypeEngine[Any]]:
    if cell is KEY:
        return KEY_TYPE
    return TYPES[cell.kind]


def _split_local(values: Sequence[Any]) -> tuple[Sequence[Any], Sequence[Any]]:
    """(moments, moments without offset): the latter are told by their «T»."""
    if not any(value and value[10] == "T" for value in values):
        return values, [None] * len(values)
    local = [value if value and value[10] == "T" else None for value in values]
    return [None if waiting else value for value, waiting in zip(values, local, strict=True)], local
