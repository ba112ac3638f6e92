"""From staged rows to a model's rows: keys become ids by joins."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, FromClause, Select, Subquery, Table, and_, func, select

from portal.exchange.tables import TABLES, Column
from portal.models.base import Base
from portal.models.journal import Lesson, Subject, TeachingGroup
from portal.models.organisation import Municipality, Period, Region, School
from portal.models.people import Person, PersonAlias, SchoolClass
from portal.operations.dataset.staging import Stage

MODELS: dict[str, type[Base]] = {
    "regions": Region,
    "municipalities": Municipality,
    "schools": School,
    "people": Person,
    "classes": SchoolClass,
    "subjects": Subject,
    "groups": TeachingGroup,
    "lessons": Lesson,
    "periods": Period,
}
"""The models of the tables others refer to by key."""


def model_table(model: type[Base]) -> Table:
    """A model's table."""
    table = model.__table__
    assert isinstance(table, Table)  # noqa: S101 - for the type checker
    return table


class Joins:
    """Builds one SELECT over a stage. Left joins keep the stage outermost: each row is looked up by its keys."""

    def __init__(self, stage: Stage, *, aliases: bool) -> None:
        self.stage = stage
        self.s = stage.table.c
        self.aliases = aliases
        self.values: dict[str, ColumnElement[Any]] = {}
        self._from: FromClause = stage.table
        self._conditions: list[ColumnElement[bool]] = []
        self._refs: dict[str, FromClause] = {}

    def join(self, ref: FromClause, on: ColumnElement[bool]) -> FromClause:
        self._from = self._from.outerjoin(ref, on)
        return ref

    def ref(self, column: str, table: str | None = None) -> FromClause:
        """The row a column's key names (joined once)."""
        name = f"{column}_{table or 'ref'}"
        if name not in self._refs:
            target = table or TABLES[self.stage.description.name].column(column).references[0]
            ref = model_table(MODELS[target]).alias(name)
            self._refs[name] = self.join(ref, ref.c.key == self.s[column])
        return self._refs[name]

    def id(self, column: Column) -> ColumnElement[Any]:
        """The id a column's key names; people also by the old keys of those who were joined with another."""
        ref = self.ref(column.key)
        if column.references[0] != "people" or not self.aliases:
            return ref.c.id
        alias = model_table(PersonAlias).alias(f"{column.key}_alias")
        self.join(alias, alias.c.key == self.s[column.key])
        return func.coalesce(alias.c.person_id, ref.c.id)

    def take(self, column: Column, name: str | None = None) -> None:
        """A column as it is, or the id it names."""
        value = self.id(column) if column.references else self.s[column.key]
        self.values[name or column.key] = value

    def only(self, *conditions: ColumnElement[bool]) -> Joins:
        """Only rows of the stage the conditions hold for."""
        self._conditions.extend(conditions)
        return self

    def source(self, *conditions: ColumnElement[bool]) -> Subquery:
        """The model's rows, with their ``row``, without those that are left out."""
        statement: Select[Any] = select(self.s.row, *(value.label(name) for name, value in self.values.items()))
        statement = statement.select_from(self._from).where(*self._conditions, *conditions)
        if self.stage.some_left_out:
            statement = statement.where(~self.s.left_out)
        return statement.subquery("source")


def same_key(table: FromClause, source: FromClause, key: tuple[str, ...]) -> ColumnElement[bool]:
    """Whether two rows have the same key; an empty part of a key equals an empty one."""
    return and_(
        *(
            table.c[name].is_not_distinct_from(source.c[name])
            if table.c[name].nullable
            else table.c[name] == source.c[name]
            for name in key
        )
    )
