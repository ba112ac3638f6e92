"""What exactly an indicator of a school's week lacks: classes, lessons, people, criteria."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from portal.content.indicators import ShortfallKind
from portal.queries.indicators import Figure
from portal.values.week import Week


@dataclass(frozen=True, slots=True)
class ClassRow:
    """A class with fewer lesson slots in the week than the rule asks for (8)."""

    class_id: int
    title: str
    slots: int


@dataclass(frozen=True, slots=True)
class LessonRow:
    """A lesson that lacks something. ``teacher`` is empty unless names may be seen. ``reason`` says what, in words.

    ``marks``, ``late`` and ``other_type`` (``marks_timely``): marks set in the week, of them too late or too
    early, and of them of a work type that does not count. ``next_on`` (``homework_timely``): the day of the
    group's next lesson.
    """

    lesson_id: int
    class_id: int
    class_title: str
    subject: str
    subgroup: str | None
    date: date
    number: int
    teacher: str
    reason: str
    marks: int = 0
    late: int = 0
    other_type: int = 0
    next_on: date | None = None


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A person who falls short; only for readers who may see names. ``place``: class, post, or whose guardian."""

    person_id: int
    name: str
    place: str
    class_id: int | None


@dataclass(frozen=True, slots=True)
class CountRow:
    """People who fall short, by class or as staff: what an office may see. ``total``: all who count there.

    Who is in two classes is counted in both; the figure's own total counts them once.
    """

    title: str
    class_id: int | None
    lacking: int
    total: int


@dataclass(frozen=True, slots=True)
class CriterionRow:
    """A counted criterion that the school does not meet."""

    figure: Figure


Row = ClassRow | LessonRow | PersonRow | CountRow | CriterionRow


@dataclass(frozen=True, slots=True)
class Shortfall:
    """What is missing. ``total`` counts all that falls short, ``more`` those beyond the rows given.

    ``kind``: people (``PersonRow``), counts (``CountRow``), classes, lessons, criteria.
    """

    code: str
    kind: ShortfallKind | str
    rows: tuple[Row, ...]
    total: int
    more: int


def shortfall(
    school_id: int, week: Week, code: str, *, with_names: bool, limit: int = 200, offset: int = 0
) -> Shortfall:
    """What the indicator ``code`` lacks; ``LookupError`` for no such indicator."""
    raise NotImplementedError


@dataclass(frozen=True, slots=True)
class LessonState:
    """What one lesson has and lacks for the indicators: no names, no marks (for offices, too)."""

    lesson_id: int
    school_id: int
    class_id: int
    class_title: str
    subject: str
    subgroup: str | None
    date: date
    number: int
    cancelled: bool
    timezone: str
    has_topic: bool
    homework_due: int
    conducted: bool
    has_comment: bool
    marks: int
    marks_in_week: int
    marks_timely: int
    absences: int
    is_planned: bool
    is_kept: bool
    is_homework_timely: bool
    next_lesson_id: int | None
    next_on: date | None
    marks_due_at: datetime
    homework_due_at: datetime


def lesson_state(lesson_id: int) -> LessonState:
    """The state of one lesson; ``LookupError`` for no such lesson."""
    raise NotImplementedError
