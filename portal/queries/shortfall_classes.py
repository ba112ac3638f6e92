"""Classes whose timetable of a week is too thin."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from portal.extensions import session
from portal.models import views
from portal.models.people import SchoolClass
from portal.values.names import class_name
from portal.values.week import Week

SLOTS_NEEDED = 8
"""Distinct lesson slots a week (domain/indicators.md, ``timetable_filled``)."""


@dataclass(frozen=True, slots=True)
class ClassRow:
    """A class with fewer distinct lesson slots in the week than needed."""

    class_id: int
    title: str
    slots: int

    @property
    def missing(self) -> int:
        return SLOTS_NEEDED - self.slots


def short_timetables(school_id: int, week: Week) -> list[ClassRow]:
    """The classes whose year overlaps the week and whose slots are too few, by grade and letter."""
    filled = views.class_week.c
    rows = session.execute(
        select(SchoolClass.id, SchoolClass.grade, SchoolClass.letter, filled.slots)
        .join(views.class_week, filled.class_id == SchoolClass.id)
        .where(filled.school_id == school_id, filled.week_start == week.start, filled.slots < SLOTS_NEEDED)
        .order_by(SchoolClass.grade, SchoolClass.letter, SchoolClass.id)
    )
    return [ClassRow(row.id, class_name(row.grade, row.letter), row.slots) for row in rows]
