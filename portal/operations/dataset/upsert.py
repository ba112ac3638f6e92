"""Staged rows into a model's table: new ones are added, others change where they differ."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    FromClause,
    Integer,
    MetaData,
    Table,
    delete,
    exists,
    insert,
    not_,
    or_,
    select,
    text,
    update,
)

from portal.operations.dataset.history import write_history
from portal.operations.dataset.joins import Joins, model_table, same_key
from portal.operations.dataset.staging import affected
from portal.operations.dataset.targets import Target

CHANGED = Table(
    "stage_changed",
    MetaData(),
    Column("row", Integer, primary_key=True, autoincrement=False),
    prefixes=["TEMPORARY"],
)
"""Rows of the stage that differ from what is kept."""
WORTH_ANALYSING = 1000


@dataclass(frozen=True, slots=True)
class Outcome:
    """How many rows were new, and how many changed an existing one."""

    new: int
    changed: int


def upsert(connection: Connection, target: Target, joins: Joins, absent: set[str], *, at: datetime) -> Outcome:
    """Bring the rows of ``joins`` into the target's table; ``absent`` columns of existing rows stay as they are."""
    table = model_table(target.model)
    changed = 0
    empty = connection.execute(select(*table.primary_key.columns).limit(1)).first() is None
    if not empty:
        connection.execute(delete(CHANGED))
        changed = _find_changed(connection, target, joins, absent)
    source = joins.source()
    rows = select(*(source.c[column] for column in joins.values))
    if not empty:
        rows = rows.where(not_(exists().where(same_key(table, source, target.key))))
    new = affected(connection, insert(table).from_select(list(joins.values), rows, include_defaults=False))
    if changed:
        differing = joins.source(joins.s.row.in_(select(CHANGED.c.row)))
        write_history(connection, table, differing, same_key(table, differing, target.key), absent, at=at)
        values = {c: v for c, v in _values(target, table, differing, joins).items() if c not in absent}
        connection.execute(update(table).values(values).where(same_key(table, differing, target.key)))
    if new > WORTH_ANALYSING and connection.dialect.name == "postgresql":
        connection.execute(text(f"analyze {table.name}"))
    return Outcome(new, changed)


def _find_changed(connection: Connection, target: Target, joins: Joins, absent: set[str]) -> int:
    table, source = model_table(target.model), joins.source()
    differs = [
        table.c[column].is_distinct_from(value)
        for column, value in _values(target, table, source, joins).items()
        if column not in absent | target.uncompared
    ]
    if not differs:
        return 0
    rows = select(source.c.row).join(table, same_key(table, source, target.key)).where(or_(*differs))
    return affected(connection, insert(CHANGED).from_select(["row"], rows))


def _values(target: Target, table: Table, source: FromClause, joins: Joins) -> dict[str, ColumnElement[object]]:
    """What an existing row becomes."""
    values = {column: source.c[column] for column in joins.values if column not in target.key}
    return values | dict(target.changes(table, source) if target.changes else {})
