"""A group's journal and the spans it is leafed through by: periods, else months, and the year."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import and_, bindparam, func, select

from portal.extensions import session
from portal.models.activity import DatasetLoad
from portal.models.journal import JournalChange, Subject, TeachingGroup
from portal.models.organisation import AcademicYear, Period, School
from portal.models.people import Person, SchoolClass
from portal.queries.journal_groups import group_title
from portal.values.names import class_name, short_name

KINDS = {"quarter": "четверть", "trimester": "триместр", "half_year": "полугодие"}
MONTHS = (
    "Январь", "Февраль", "Март", "Апрель", "Май", "Июнь",
    "Июль", "Август", "Сентябрь", "Октябрь", "Ноябрь", "Декабрь",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Span:
    """Days a journal is looked at: ``code`` stands in addresses; ``period_id`` where it is a school's period."""

    code: str
    title: str
    first: date
    last: date
    period_id: int | None = None


@dataclass(frozen=True, slots=True)
class GroupHeader:
    """A journal with its spans in order; ``year_span`` is the whole school year.

    ``changes`` counts the group's history and the datasets loaded: neither ever shrinks, and no entry of the group
    changes without one of them growing. It is read before all else: what is written meanwhile makes a page newer
    than its count, never older.
    """

    id: int
    class_id: int
    class_title: str
    grade: int
    subject: str
    teacher: str
    timezone: str
    year: int
    spans: tuple[Span, ...]
    year_span: Span
    changes: tuple[int, int]

    @property
    def title(self) -> str:
        return f"{self.subject}, {self.class_title}"

    @property
    def has_periods(self) -> bool:
        return any(span.period_id for span in self.spans)

    def chosen(self, code: str | None, today: date) -> Span | None:
        """The span an address names; without a name the one that runs, else the last begun, else the first."""
        if code:
            return next((span for span in self.spans if span.code == code), None)
        begun = [span for span in self.spans if span.first <= today]
        return begun[-1] if begun else self.spans[0]

    def beside(self, span: Span, step: int) -> Span | None:
        """The neighbour before (-1) or after (1)."""
        place = self.spans.index(span) + step
        return self.spans[place] if 0 <= place < len(self.spans) else None


def group_header(group_id: int) -> GroupHeader:
    """A group with class, subject, teacher, and the periods that fit the class's grade (one query)."""
    rows = session.execute(_query(), {"group_id": group_id}).all()
    row = rows[0]
    year = Span(
        "year", f"{row.year}/{(row.year + 1) % 100:02d} год",
        row.year_from or date(row.year, 9, 1), row.year_to or date(row.year + 1, 8, 31),
    )  # fmt: skip
    periods = tuple(_period(found) for found in rows if found.period_id is not None)
    return GroupHeader(
        id=row.id, class_id=row.class_id, class_title=class_name(row.grade, row.letter), grade=row.grade,
        subject=group_title(row.subject, row.subgroup), timezone=row.timezone,
        teacher=short_name(row.last_name, row.first_name, row.middle_name) if row.last_name else "",
        year=row.year, spans=periods or _months(year), year_span=year,
        changes=(row.changes, row.loads),
    )  # fmt: skip


@cache
def _query() -> Any:
    """Built once: every page of a journal asks it."""
    changes = select(func.count()).where(JournalChange.group_id == bindparam("group_id")).scalar_subquery()
    loads = select(func.count()).select_from(DatasetLoad).scalar_subquery()
    return (
        select(
            TeachingGroup.id, TeachingGroup.subgroup, SchoolClass.id.label("class_id"), SchoolClass.grade,
            SchoolClass.letter, SchoolClass.year, Subject.name.label("subject"), School.timezone,
            Person.last_name, Person.first_name, Person.middle_name,
            AcademicYear.starts_on.label("year_from"), AcademicYear.ends_on.label("year_to"),
            Period.id.label("period_id"), Period.kind, Period.number, Period.starts_on, Period.ends_on,
            changes.label("changes"), loads.label("loads"),
        )
        .join(SchoolClass, SchoolClass.id == TeachingGroup.class_id)
        .join(Subject, Subject.id == TeachingGroup.subject_id)
        .join(School, School.id == SchoolClass.school_id)
        .outerjoin(Person, Person.id == TeachingGroup.teacher_id)
        .outerjoin(
            AcademicYear, and_(AcademicYear.school_id == School.id, AcademicYear.year == SchoolClass.year)
        )
        .outerjoin(
            Period,
            and_(
                Period.school_id == School.id, Period.year == SchoolClass.year,
                Period.grade_from <= SchoolClass.grade, Period.grade_to >= SchoolClass.grade,
            ),
        )
        .where(TeachingGroup.id == bindparam("group_id"))
        .order_by(Period.starts_on, Period.id)
    )  # fmt: skip


def _period(row: Any) -> Span:
    title = f"{row.number} {KINDS.get(row.kind, 'период')}"
    return Span(str(row.period_id), title, row.starts_on, row.ends_on, row.period_id)


def _months(year: Span) -> tuple[Span, ...]:
    """The months of a school year, for a school that has told no periods."""
    spans, first = [], year.first.replace(day=1)
    while first <= year.last:
        last = first.replace(day=monthrange(first.year, first.month)[1])
        spans.append(Span(f"{first:%Y-%m}", f"{MONTHS[first.month - 1]} {first.year}", first, last))
        first = date(first.year + first.month // 12, first.month % 12 + 1, 1)
    return tuple(spans)
