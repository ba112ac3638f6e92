"""A pupil's marks by subject for a period, with the weighted average and the period mark."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import aliased

from portal.extensions import session
from portal.models.journal import Lesson, Mark, PeriodMark, Subject, TeachingGroup, WorkType
from portal.models.organisation import AcademicYear, Period
from portal.models.people import Enrolment, SchoolClass
from portal.queries.schedule import learns_in_group
from portal.values.average import Average
from portal.values.marks import UNMARKED_GRADE


@dataclass(frozen=True, slots=True)
class Span:
    """A period of the pupil's school year, or (no ``period_id``) the whole year where the school has no periods."""

    period_id: int | None
    kind: str
    number: int | None
    year: int
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class SubjectMark:
    """A mark with the day of its lesson."""

    value: str
    weight: int
    work_type: str
    day: date


@dataclass(frozen=True, slots=True)
class SubjectRow:
    """A subject: its marks in the span, their average, the mark for the period and for the year."""

    subject: str
    marks: tuple[SubjectMark, ...]
    average: Average
    period_mark: str
    year_mark: str


def spans_of(pupil_id: int) -> list[Span]:
    """The periods that the pupil was enrolled in a class for, in order; years for a school without periods."""
    rows = session.execute(
        select(
            SchoolClass.year, AcademicYear.starts_on.label("year_from"), AcademicYear.ends_on.label("year_to"),
            Period.id.label("period_id"), Period.kind, Period.number, Period.starts_on, Period.ends_on,
            Enrolment.enrolled_on, Enrolment.left_on,
        )
        .join_from(Enrolment, SchoolClass, SchoolClass.id == Enrolment.class_id)
        .outerjoin(
            AcademicYear,
            and_(AcademicYear.school_id == SchoolClass.school_id, AcademicYear.year == SchoolClass.year),
        )
        .outerjoin(
            Period,
            and_(
                Period.school_id == SchoolClass.school_id, Period.year == SchoolClass.year,
                Period.grade_from <= SchoolClass.grade, Period.grade_to >= SchoolClass.grade,
            ),
        )
        .where(Enrolment.person_id == pupil_id)
    ).all()  # fmt: skip
    spans = {_span(row): None for row in rows if _enrolled_in(row)}
    return sorted(spans, key=lambda span: (span.first, span.last, span.period_id or 0))


def chosen_span(spans: list[Span], period_id: int | None, today: date) -> Span | None:
    """The named one; else the one that runs, the last begun, the first. ``None`` where there is none such."""
    if period_id is not None:
        return next((span for span in spans if span.period_id == period_id), None)
    begun = [span for span in spans if span.first <= today]
    return begun[-1] if begun else next(iter(spans), None)


def subject_rows(pupil_id: int, span: Span) -> list[SubjectRow]:
    """Every subject the pupil learns in the span, in two queries; a class changed within it is one subject still."""
    subjects: dict[int, dict[str, str]] = {}
    for row in session.execute(_groups(pupil_id, span)):
        of_subject = subjects.setdefault(row.id, {"name": row.name, "period": "", "year": ""})
        of_subject["period"] = row.period_mark or of_subject["period"]
        of_subject["year"] = row.year_mark or of_subject["year"]
    marks: dict[int, list[SubjectMark]] = {}
    for row in session.execute(_marks(pupil_id, span)):
        subjects.setdefault(row.id, {"name": row.name, "period": "", "year": ""})
        marks.setdefault(row.id, []).append(SubjectMark(row.value, row.weight, row.work_type, row.date))
    return [
        SubjectRow(
            subject=found["name"],
            marks=tuple(marks.get(subject_id, ())),
            average=Average.of((mark.value, mark.weight) for mark in marks.get(subject_id, ())),
            period_mark=found["period"],
            year_mark=found["year"],
        )
        for subject_id, found in sorted(subjects.items(), key=lambda item: (item[1]["name"], item[0]))
    ]


def _span(row: Any) -> Span:
    if row.period_id is not None:
        return Span(row.period_id, row.kind, row.number, row.year, row.starts_on, row.ends_on)
    return Span(
        None, "", None, row.year, row.year_from or date(row.year, 9, 1), row.year_to or date(row.year + 1, 8, 31)
    )


def _enrolled_in(row: Any) -> bool:
    span = _span(row)
    return bool(row.enrolled_on <= span.last and (row.left_on is None or row.left_on > span.first))


def _groups(pupil_id: int, span: Span) -> Any:
    for_period, for_year = aliased(PeriodMark), aliased(PeriodMark)
    return (
        select(Subject.id, Subject.name, for_period.value.label("period_mark"), for_year.value.label("year_mark"))
        .join_from(Enrolment, SchoolClass, SchoolClass.id == Enrolment.class_id)
        .join(TeachingGroup, TeachingGroup.class_id == SchoolClass.id)
        .join(Subject, Subject.id == TeachingGroup.subject_id)
        .outerjoin(for_period, _of(for_period, pupil_id) & (for_period.period_id == span.period_id))
        .outerjoin(for_year, _of(for_year, pupil_id) & (for_year.year == span.year))
        .where(
            Enrolment.person_id == pupil_id,
            Enrolment.enrolled_on <= span.last,
            or_(Enrolment.left_on.is_(None), Enrolment.left_on > span.first),
            SchoolClass.year == span.year,
            SchoolClass.grade > UNMARKED_GRADE,
            learns_in_group(pupil_id),
        )
        .order_by(Enrolment.enrolled_on, TeachingGroup.id)
    )


def _of(mark: Any, pupil_id: int) -> Any:
    return and_(mark.group_id == TeachingGroup.id, mark.pupil_id == pupil_id, mark.removed_at.is_(None))


def _marks(pupil_id: int, span: Span) -> Any:
    return (
        select(Subject.id, Subject.name, Mark.value, WorkType.weight, WorkType.name.label("work_type"), Lesson.date)
        .join_from(Mark, Lesson, Lesson.id == Mark.lesson_id)
        .join(TeachingGroup, TeachingGroup.id == Lesson.group_id)
        .join(SchoolClass, SchoolClass.id == Lesson.class_id)
        .join(Subject, Subject.id == TeachingGroup.subject_id)
        .join(WorkType, WorkType.id == Mark.work_type_id)
        .where(
            Mark.pupil_id == pupil_id,
            Mark.removed_at.is_(None),
            Lesson.date.between(span.first, span.last),
            SchoolClass.grade > UNMARKED_GRADE,
        )
        .order_by(Lesson.date, Lesson.number, Mark.id)
    )
