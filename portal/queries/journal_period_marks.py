"""Marks for periods and the year beside the averages that help to set them."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select

from portal.extensions import session
from portal.models.journal import Lesson, Mark, PeriodMark, WorkType
from portal.queries.journal_pupils import group_pupils
from portal.queries.journal_spans import GroupHeader, Span
from portal.values.average import COUNTED, Average


@dataclass(frozen=True, slots=True)
class PeriodMarkRow:
    """A pupil with the average and the mark of the chosen span, and the marks of the others by span code."""

    pupil_id: int
    name: str
    note: str
    average: Average
    value: str
    others: dict[str, str]


def period_marks(header: GroupHeader, span: Span) -> tuple[PeriodMarkRow, ...]:
    """Everybody of the group in the span (three queries)."""
    averages, marks = _averages(header.id, span), _marks(header)
    return tuple(
        PeriodMarkRow(
            pupil_id=pupil.id, name=pupil.name, note=pupil.span_note(span.first, span.last),
            average=averages.get(pupil.id, Average(None)),
            value=marks.get(pupil.id, {}).get(span.code, ""), others=marks.get(pupil.id, {}),
        )
        for pupil in group_pupils(header.id, header.class_id, span.first, span.last)
    )  # fmt: skip


def _averages(group_id: int, span: Span) -> dict[int, Average]:
    """Weighted averages by pupil: marks of a kind are counted by the database, the ratio stays exact."""
    rows = session.execute(
        select(Mark.pupil_id, Mark.value, WorkType.weight, func.count())
        .join(Lesson, Lesson.id == Mark.lesson_id)
        .join(WorkType, WorkType.id == Mark.work_type_id)
        .where(
            Lesson.group_id == group_id,
            Lesson.date.between(span.first, span.last),
            Mark.removed_at.is_(None),
            Mark.value.in_(COUNTED),
        )
        .group_by(Mark.pupil_id, Mark.value, WorkType.weight)
    )
    by_pupil: dict[int, list[tuple[str, int]]] = {}
    for pupil_id, value, weight, count in rows:
        by_pupil.setdefault(pupil_id, []).extend([(value, weight)] * count)
    return {pupil_id: Average.of(marks) for pupil_id, marks in by_pupil.items()}


def _marks(header: GroupHeader) -> dict[int, dict[str, str]]:
    """Standing marks by pupil and span code."""
    rows = session.execute(
        select(PeriodMark.pupil_id, PeriodMark.period_id, PeriodMark.value).where(
            PeriodMark.group_id == header.id, PeriodMark.removed_at.is_(None)
        )
    )
    marks: dict[int, dict[str, str]] = {}
    for pupil_id, period_id, value in rows:
        marks.setdefault(pupil_id, {})[str(period_id or "year")] = value
    return marks
