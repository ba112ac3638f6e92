"""What exactly an indicator of a school's week lacks: classes, lessons, people, criteria."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import select

from portal.access.actor import Actor
from portal.content.indicators import indicator
from portal.extensions import session
from portal.models import views
from portal.queries.indicators import Figure, SchoolWeek, school_week
from portal.queries.lesson_state import LessonState, lesson_state
from portal.queries.shortfall_classes import ClassRow, short_timetables
from portal.queries.shortfall_lessons import LessonRow, lacking_lessons
from portal.queries.shortfall_people import CountRow, PersonRow, lacking_counts, lacking_people
from portal.values.week import Week

__all__ = [
    "ClassRow",
    "CountRow",
    "CriterionRow",
    "LessonRow",
    "LessonState",
    "PersonRow",
    "Shortfall",
    "lesson_state",
    "shortfall",
]

Kind = Literal["people", "counts", "classes", "lessons", "criteria"]


@dataclass(frozen=True, slots=True)
class CriterionRow:
    """A counted criterion that the school does not meet."""

    figure: Figure


Row = ClassRow | LessonRow | PersonRow | CountRow | CriterionRow


@dataclass(frozen=True, slots=True)
class Shortfall:
    """What is missing. ``total`` counts all rows, ``more`` those that follow the rows given.

    ``kind``: people (``PersonRow``; names were asked for), counts (``CountRow``; they were not), classes,
    lessons, criteria. An imported figure has nothing behind it: no rows, and ``imported``.
    """

    code: str
    kind: Kind
    rows: tuple[Row, ...]
    total: int
    more: int
    imported: bool = False


def shortfall(
    school_id: int,
    week: Week,
    code: str,
    *,
    with_names: bool,
    writer: Actor | None = None,
    known: SchoolWeek | None = None,
    limit: int = 200,
    offset: int = 0,
) -> Shortfall:
    """What the indicator ``code`` lacks; ``LookupError`` for no such indicator.

    Without ``with_names`` (offices) people are counted by class and teachers of lessons are left out. Lessons that
    ``writer`` may write say so. ``known``: the school's week, where it has been read already.
    """
    kind: Kind = indicator(code).shortfall
    if kind == "people" and not with_names:
        kind = "counts"
    if _is_imported(school_id, week, code):
        return Shortfall(code, kind, (), 0, 0, imported=True)
    rows: Sequence[Row]
    if kind == "lessons":
        rows, total = lacking_lessons(
            school_id, week, code, with_names=with_names, writer=writer, limit=limit, offset=offset
        )
    elif kind == "people":
        rows, total = lacking_people(school_id, week, code, limit=limit, offset=offset)
    else:
        everything = _short_lists(kind, school_id, week, code, known)
        rows, total = everything[offset : offset + limit], len(everything)
    return Shortfall(code, kind, tuple(rows), total, max(0, total - offset - len(rows)))


def _short_lists(kind: Kind, school_id: int, week: Week, code: str, known: SchoolWeek | None) -> Sequence[Row]:
    """Rows that are few in any school: all of them."""
    if kind == "counts":
        return lacking_counts(school_id, week, code)
    if kind == "classes":
        return short_timetables(school_id, week)
    return _unmet(known or school_week(school_id, week))


def _unmet(school: SchoolWeek) -> list[CriterionRow]:
    return [CriterionRow(figure) for figure in school.figures.values() if figure.counted and not figure.met]


def _is_imported(school_id: int, week: Week, code: str) -> bool:
    if code == "school_activity":
        return False
    history = views.history.c
    found = select(history.school_id).where(
        history.school_id == school_id, history.week_start == week.start, history.indicator == code
    )
    return session.execute(found).first() is not None
