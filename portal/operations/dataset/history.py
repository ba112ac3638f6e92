"""History of what a load changes in the journal (``by_id`` empty: a dataset did it)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, FromClause, Table, case, func, insert, literal, null, select
from sqlalchemy.sql import Select

from portal.models.base import UtcMoment
from portal.models.journal import JournalChange, Lesson, WorkType
from portal.operations.dataset.joins import model_table

Said = ColumnElement[Any]
Change = tuple[str, Said, Said]
"""What changed, as people read it before and after."""


def write_history(
    connection: Connection,
    table: Table,
    source: FromClause,
    same: ColumnElement[bool],
    absent: set[str],
    *,
    at: datetime,
) -> None:
    """Note what ``source`` changes in the rows of ``table`` it stands for; it says nothing of ``absent`` columns."""
    for kind, before, after in _changes(table, source):
        if kind in absent:
            continue
        rows = _place(table, source, same)
        rows = rows.add_columns(before.label("before"), after.label("after"), literal(kind), literal(at, UtcMoment()))
        rows = rows.where(before.is_distinct_from(after))
        columns = ["group_id", "lesson_id", "pupil_id", "subject_key", "before", "after", "kind", "at"]
        connection.execute(insert(JournalChange).from_select(columns, rows, include_defaults=False))


def _changes(table: Table, source: FromClause) -> list[Change]:
    t, s, name = table.c, source.c, table.name
    if name == "lesson":
        return [
            ("topic", t.topic, s.topic),
            ("comment", t.comment, s.comment),
            ("conducted", _yes_no(t.conducted), _yes_no(s.conducted)),
        ]
    if name == "homework":
        return [("homework", _standing(table, t.text), _standing(source, s.text))]
    if name == "mark":
        return [("mark", _standing(table, _mark(table)), _mark(source))]
    if name == "attendance":
        return [("attendance", _standing(table, t.code), s.code)]
    if name == "period_mark":
        return [("period_mark", _standing(table, t.value), s.value)]
    return []


def _place(table: Table, source: FromClause, same: ColumnElement[bool]) -> Select[Any]:
    """Group, lesson, pupil and key of each row that ``source`` stands for."""
    t, name, lesson = table.c, table.name, model_table(Lesson).alias("at_lesson")
    rows = select().select_from(source.join(table, same))
    if name == "lesson":
        return rows.add_columns(t.group_id, t.id, null(), null())
    if name == "homework":
        return rows.add_columns(t.group_id, func.coalesce(t.given_at_id, t.lesson_id), null(), t.key)
    if name == "period_mark":
        return rows.add_columns(t.group_id, null(), t.pupil_id, null())
    rows = rows.join(lesson, lesson.c.id == t.lesson_id)
    return rows.add_columns(lesson.c.group_id, t.lesson_id, t.pupil_id, t.key if name == "mark" else null())


def _standing(row: FromClause, said: Said) -> Said:
    """Nothing where it was taken back."""
    return case((row.c.removed_at.is_(None), said))


def _mark(row: FromClause) -> Said:
    """«5 · Контрольная работа», as the journal writes it."""
    types = model_table(WorkType).alias()
    name = select(types.c.name).where(types.c.id == row.c.work_type_id).scalar_subquery()
    return row.c.value.concat(" · ").concat(name)


def _yes_no(flag: Said) -> Said:
    return case((flag, "да"), else_="нет")
