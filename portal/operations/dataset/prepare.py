"""What some tables need before their rows go in."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, exists, false, func, insert, literal, or_, select

from portal.models.journal import Lesson, WorkType
from portal.models.organisation import School
from portal.models.people import PersonAlias
from portal.operations.dataset.joins import Joins, model_table
from portal.operations.dataset.staging import Stage
from portal.operations.dataset.targets import Target

OWN_TYPE_POSITION = 100
"""A school's own work types stand after the product's seven."""


def add_work_types(stage: Stage) -> None:
    """Unknown work types become the school's own."""
    types, lesson, s = model_table(WorkType), model_table(Lesson), stage.table.c
    mine = exists().where(types.c.school_id == lesson.c.school_id, types.c.name == s.work_type)
    product = exists().where(types.c.school_id.is_(None), types.c.name == s.work_type)
    rows = select(lesson.c.school_id, s.work_type, literal(1), false(), literal(OWN_TYPE_POSITION)).distinct()
    rows = rows.select_from(stage.table.join(lesson, lesson.c.key == s.lesson_id))
    rows = rows.where(~s.left_out, ~product, ~mine)
    columns = ["school_id", "name", "weight", "timely", "position"]
    stage.connection.execute(insert(types).from_select(columns, rows, include_defaults=False))


def leave_out_joined(stage: Stage) -> None:
    """Somebody who was joined with another is told of by the key that stayed; the old key only names them."""
    alias = model_table(PersonAlias)
    stage.leave_out(exists().where(alias.c.key == stage.table.c.person_id))


def keep_first_of_joined(stage: Stage, target: Target) -> None:
    """Rows of a joined person under both keys may be one: the first of them counts."""
    source = target.joins(Joins(stage, aliases=True)).source()
    key = [source.c[name] for name in target.key]
    place = func.row_number().over(partition_by=key, order_by=source.c.row).label("place")
    placed = select(source.c.row, place).subquery()
    stage.leave_out(stage.table.c.row.in_(select(placed.c.row).where(placed.c.place > 1)))


def first_of_profile(stage: Stage) -> ColumnElement[bool]:
    """A profile is named as its first row says."""
    s = stage.table.c
    first = select(func.min(s.row)).where(~s.left_out).group_by(s.region_id, s.from_week)
    return s.row.in_(first)


def schools_with_other_clocks(stage: Stage) -> set[int]:
    """Schools whose time zone or shifts are about to change."""
    s, school = stage.table.c, model_table(School)
    rows: Any = select(school.c.id).join(stage.table, s.school_id == school.c.key)
    differs = or_(s.timezone != school.c.timezone, s.shifts != school.c.shifts)
    return set(stage.connection.scalars(rows.where(~s.left_out, differs)))
