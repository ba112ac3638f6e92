"""Faults only the database can tell: a key twice in its table, and a missing reference."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    MetaData,
    Select,
    String,
    Table,
    and_,
    exists,
    func,
    insert,
    literal,
    not_,
    select,
    text,
)

from portal.exchange.cells import KEY_LENGTH
from portal.exchange.faults import KEY_TWICE, MISSING_REFERENCE, SHOWN, Fault, FaultLog
from portal.exchange.tables import Column as Described
from portal.exchange.writer import cell_text
from portal.models.base import KEY
from portal.models.people import PersonAlias
from portal.operations.dataset.joins import MODELS, model_table
from portal.operations.dataset.staging import Stage

KNOWN = Table(
    "stage_known_key",
    MetaData(),
    Column("table_name", String(40)),
    Column("key", KEY),
    prefixes=["TEMPORARY"],
)
"""Keys of rows that are left out for a fault of their own: they are there, nobody else is to blame."""


class Checker:
    """Checks one stage after another and tells faults. ``unsure``: tables some of whose keys are unknown."""

    def __init__(self, connection: Connection, faults: FaultLog, *, aliases: bool) -> None:
        self._connection = connection
        self._faults = faults
        self._aliases = aliases
        self._known = False
        self.unsure: set[str] = set()
        connection.execute(text(f"drop table if exists {KNOWN.name}"))
        KNOWN.create(connection)

    def check(self, stage: Stage) -> None:
        """Tell and leave out rows whose key stands above, and rows that refer to nothing."""
        self._keys_twice(stage)
        for column in stage.description.columns:
            if column.references:
                self._missing(stage, column)
        own = stage.description.own_key
        if own and stage.some_left_out:
            s = stage.table.c
            keys = select(literal(stage.description.name), s[own]).where(s.left_out, s[own].is_not(None))
            self._connection.execute(insert(KNOWN).from_select(["table_name", "key"], keys))
            self._known = True

    def know(self, table: str, keys: Sequence[str]) -> None:
        """Keys of rows that could not even be staged."""
        if keys:
            self._connection.execute(insert(KNOWN), [{"table_name": table, "key": key[:KEY_LENGTH]} for key in keys])
            self._known = True

    def close(self) -> None:
        KNOWN.drop(self._connection)

    def _keys_twice(self, stage: Stage) -> None:
        s, description = stage.table.c, stage.description
        columns = [s[key] for key in description.key]
        filled = {c.key for c in description.columns if c.filled}
        needed = [s[key].is_not(None) for key in description.key if key in filled]
        twice = (
            select(*columns, func.min(s.row).label("first_row"))
            .where(*needed)
            .group_by(*columns)
            .having(func.count() > 1)
            .subquery("twice")
        )
        same = and_(
            *(
                twice.c[key] == s[key] if key in filled else twice.c[key].is_not_distinct_from(s[key])
                for key in description.key
            )
        )
        later = select(s.row, twice.c.first_row, *columns).join(twice, same).where(s.row > twice.c.first_row)
        if self._tell(stage, description.key[0], later, KEY_TWICE):
            stage.leave_out(s.row.in_(select(later.subquery().c.row)))

    def _missing(self, stage: Stage, column: Described) -> None:
        s = stage.table.c
        named = s[column.key]
        absent = [named.is_not(None), *(not_(_there(table, named)) for table in column.references)]
        if "people" in column.references and self._aliases:
            alias = model_table(PersonAlias)
            absent.append(not_(exists().where(alias.c.key == named)))
        if "periods" in column.references:
            absent.append(s.year.is_(None))
        if self._connection.execute(select(s.row).where(*absent).limit(1)).first() is None:
            return
        if not self.unsure.intersection(column.references):
            unknown = list(absent)
            if self._known:
                names = KNOWN.c.table_name.in_(column.references)
                unknown.append(not_(exists().where(names, KNOWN.c.key == named)))
            rows = select(s.row, literal(" или ".join(column.references)), named).where(*unknown)
            self._tell(stage, column.key, rows, MISSING_REFERENCE)
        stage.leave_out(and_(*absent))

    def _tell(self, stage: Stage, column: str, rows: Select[Any], what: str) -> int:
        """Tell the first faults and count the rest. ``rows``: row, what belongs into ``what``, what was there."""
        file = stage.description.file
        shown = self._connection.execute(rows.order_by(stage.table.c.row).limit(SHOWN)).all()
        for row, detail, *was in shown:
            self._faults.add(Fault(file, row, column, what.format(detail), ", ".join(map(_as_text, was))))
        if len(shown) < SHOWN:
            return len(shown)
        total = self._connection.execute(select(func.count()).select_from(rows.subquery())).scalar_one()
        self._faults.count_more(file, column, total - SHOWN)
        return int(total)


def _there(table: str, key: ColumnElement[Any]) -> ColumnElement[bool]:
    model = model_table(MODELS[table])
    return exists().where(model.c.key == key)


def _as_text(value: object) -> str:
    """What was there; of a moment only its UTC form is left."""
    return cell_text(value.replace(tzinfo=UTC) if isinstance(value, datetime) else value)
