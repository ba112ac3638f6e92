"""Marks for a period and for the school year: set by the group's teacher, never by an average."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import exists, or_, select

from portal.access.actor import Actor
from portal.extensions import session
from portal.models.journal import PeriodMark, TeachingGroup
from portal.models.organisation import AcademicYear, Period, School
from portal.models.people import Enrolment, SchoolClass
from portal.operations.journal_history import record
from portal.operations.journal_lesson import in_group
from portal.values.conflict import Conflict
from portal.values.deadlines import local_day
from portal.values.marks import UNMARKED_GRADE
from portal.values.refusal import Refusal
from portal.values.week import long_date


def set_period_mark(
    group_id: int, pupil_id: int, period_id: int | None, value: str, *, seen: str | None, by: Actor, at: datetime
) -> PeriodMark | None:
    """Set, change or (empty ``value``) remove a mark for a period, or for the year where ``period_id`` is none.

    Returns what stands. ``Refusal``: grade 1, a period not of this class or not begun, a pupil not of the
    group in it; ``Conflict``: it is no longer ``seen``.
    """
    facts = _facts(group_id, pupil_id, period_id)
    row = session.scalar(
        select(PeriodMark).where(
            PeriodMark.group_id == group_id, PeriodMark.pupil_id == pupil_id,
            PeriodMark.period_id == period_id if period_id else PeriodMark.year == facts.year,
        )
    )  # fmt: skip
    standing = "" if row is None or row.removed_at else row.value
    if standing == value:
        return row if standing else None
    if value:
        _check(facts, pupil_id, period_id, at)
    if seen is not None and standing != seen:
        raise Conflict(standing, value)
    if row is None:
        row = PeriodMark(
            period_id=period_id, year=None if period_id else facts.year, group_id=group_id, pupil_id=pupil_id,
            value=value, set_at=at,
        )  # fmt: skip
        session.add(row)
    if value:
        if row.removed_at is not None:
            row.set_at, row.removed_at = at, None
        row.value = value
    else:
        row.removed_at = at
    subject = f"period:{period_id}" if period_id else f"year:{facts.year}"
    record(
        "period_mark", standing, value, group_id=group_id, pupil_id=pupil_id, subject_key=subject, by=by, at=at,
    )  # fmt: skip
    session.flush()
    return row if value else None


def _facts(group_id: int, pupil_id: int, period_id: int | None) -> Any:
    """The group, locked, with its class, its year, and the period where it is one of that class's."""
    row = session.execute(
        select(
            TeachingGroup.class_id, SchoolClass.year, SchoolClass.grade, School.timezone,
            Period.starts_on.label("period_from"), Period.ends_on.label("period_to"),
            AcademicYear.starts_on.label("year_from"), AcademicYear.ends_on.label("year_to"),
            in_group(pupil_id, group_id).label("is_member"),
        )
        .join(SchoolClass, SchoolClass.id == TeachingGroup.class_id)
        .join(School, School.id == SchoolClass.school_id)
        .outerjoin(
            Period,
            (Period.id == period_id) & (Period.school_id == School.id) & (Period.year == SchoolClass.year)
            & (Period.grade_from <= SchoolClass.grade) & (Period.grade_to >= SchoolClass.grade),
        )
        .outerjoin(
            AcademicYear, (AcademicYear.school_id == School.id) & (AcademicYear.year == SchoolClass.year)
        )
        .where(TeachingGroup.id == group_id)
        .with_for_update(of=TeachingGroup, key_share=True)
    ).one_or_none()  # fmt: skip
    if row is None or (period_id and row.period_from is None):
        raise Refusal("У этого класса нет такого учебного периода. Обновите страницу и выберите период из списка.")
    return row


def _check(facts: Any, pupil_id: int, period_id: int | None, at: datetime) -> None:
    if facts.grade == UNMARKED_GRADE:
        raise Refusal("В первых классах отметок нет: обучение безотметочное.")
    first = (facts.period_from if period_id else facts.year_from) or date(facts.year, 9, 1)
    last = (facts.period_to if period_id else facts.year_to) or date(facts.year + 1, 8, 31)
    if local_day(at, facts.timezone) < first:
        raise Refusal(f"Период начнётся {long_date(first)}: отметку за него ставят, когда он идёт или закончился.")
    enrolled = session.scalar(
        select(
            exists().where(
                Enrolment.person_id == pupil_id,
                Enrolment.class_id == facts.class_id,
                Enrolment.enrolled_on <= last,
                or_(Enrolment.left_on.is_(None), Enrolment.left_on > first),
            )
        )
    )
    if not (facts.is_member and enrolled):
        raise Refusal("В этом периоде ученик не числился в группе. Проверьте состав группы.")
