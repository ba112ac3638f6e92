"""A lesson taken in hand for writing: locked, with the facts its rules ask for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Integer, Select, and_, bindparam, exists, false, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from portal.extensions import session
from portal.models.journal import GroupMember, Lesson
from portal.models.organisation import School
from portal.models.people import Enrolment, SchoolClass
from portal.values.deadlines import local_day
from portal.values.refusal import Refusal
from portal.values.week import weekday_date


@dataclass(frozen=True, slots=True)
class OpenLesson:
    """A lesson no other writer touches until this transaction ends."""

    lesson: Lesson
    grade: int
    timezone: str
    has_pupil: bool

    def begun(self, at: datetime) -> bool:
        """Whether the lesson's day has come, by the school's own clock."""
        return self.lesson.date <= local_day(at, self.timezone)


def open_lesson(lesson_id: int, pupil_id: int | None = None) -> OpenLesson:
    """Lock a lesson (one query). ``has_pupil``: the pupil is of its group on its date."""
    asked = {"lesson_id": lesson_id} | ({"pupil_id": pupil_id} if pupil_id is not None else {})
    row = session.execute(_query(pupil_id is not None), asked).one_or_none()
    if row is None:
        raise Refusal("Этого урока больше нет. Обновите страницу.")
    return OpenLesson(row[0], row.grade, row.timezone, bool(row.has_pupil))


@cache
def _query(with_pupil: bool) -> Select[*tuple[Any, ...]]:
    """Built once: every mark asks it."""
    pupil_id = bindparam("pupil_id", type_=Integer) if with_pupil else None
    return (
        select(
            Lesson, SchoolClass.grade, School.timezone,
            belongs(pupil_id, Lesson.group_id, Lesson.class_id, Lesson.date).label("has_pupil"),
        )
        .join(SchoolClass, SchoolClass.id == Lesson.class_id)
        .join(School, School.id == Lesson.school_id)
        .where(Lesson.id == bindparam("lesson_id"))
        .with_for_update(of=Lesson, key_share=True)
    )  # fmt: skip


def belongs(
    pupil_id: ColumnElement[int] | int | None,
    group_id: InstrumentedAttribute[int],
    class_id: InstrumentedAttribute[int],
    day: InstrumentedAttribute[date],
) -> ColumnElement[bool]:
    """The pupil is in the class on that day, and in the subgroup where the group is one."""
    if pupil_id is None:
        return false()
    return and_(
        exists().where(
            Enrolment.person_id == pupil_id,
            Enrolment.class_id == class_id,
            Enrolment.enrolled_on <= day,
            or_(Enrolment.left_on.is_(None), Enrolment.left_on > day),
        ),
        in_group(pupil_id, group_id),
    )


def in_group(pupil_id: ColumnElement[int] | int, group_id: InstrumentedAttribute[int] | int) -> ColumnElement[bool]:
    """The pupil is a member of the group; a group without members is the whole class."""
    return or_(
        exists().where(GroupMember.group_id == group_id, GroupMember.person_id == pupil_id),
        ~exists().where(GroupMember.group_id == group_id),
    )


def check_held(opened: OpenLesson, at: datetime, what: str) -> None:
    """``Refusal`` where the lesson was cancelled or its day has not come; ``what`` is refused."""
    if opened.lesson.status == "cancelled":
        raise Refusal(f"Урок отменён: {what} в нём нельзя.")
    if not opened.begun(at):
        day = weekday_date(opened.lesson.date)
        raise Refusal(f"Урок будет {day}: {what} можно в день урока или позже.")


def check_pupil(opened: OpenLesson) -> None:
    """``Refusal`` where the pupil was not of the group on the lesson's day."""
    if not opened.has_pupil:
        raise Refusal("В день этого урока ученик не числился в группе. Проверьте дату урока и состав группы.")
