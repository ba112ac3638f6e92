"""A dataset's rows of groups, lessons, what the journal holds of them, and of views and visits."""

from __future__ import annotations

from sqlalchemy import String, cast, func, literal, select
from sqlalchemy.orm import aliased

from portal.exchange.tables import YEAR_MARK_PREFIX
from portal.models.activity import DiaryView, Visit
from portal.models.journal import (
    Attendance,
    GroupMember,
    Homework,
    Lesson,
    Mark,
    PeriodMark,
    Subject,
    TeachingGroup,
    WorkType,
)
from portal.models.organisation import Period
from portal.models.people import Person, SchoolClass
from portal.queries.dataset_schools import Found, by_bytes

PERSON = Person.key.label("person_id")
LESSON = Lesson.key.label("lesson_id")
GROUP = TeachingGroup.key.label("group_id")


def subjects() -> Found:
    return select(Subject.key.label("subject_id"), Subject.name).order_by(Subject.key)


def groups() -> Found:
    columns = (
        GROUP, SchoolClass.key.label("class_id"), Subject.key.label("subject_id"), Person.key.label("teacher_id"),
        TeachingGroup.subgroup,
    )  # fmt: skip
    found = select(*columns).join(SchoolClass, SchoolClass.id == TeachingGroup.class_id)
    found = found.join(Subject, Subject.id == TeachingGroup.subject_id)
    return found.outerjoin(Person, Person.id == TeachingGroup.teacher_id).order_by(TeachingGroup.key)


def group_members() -> Found:
    found = select(GROUP, PERSON).join(GroupMember, GroupMember.group_id == TeachingGroup.id)
    return found.join(Person, Person.id == GroupMember.person_id).order_by(TeachingGroup.key, Person.key)


def lessons() -> Found:
    row = Lesson
    columns = (
        LESSON, GROUP, row.date, row.number, row.starts_at, row.ends_at, row.status, row.topic, row.comment,
        row.conducted, Person.key.label("substitute_id"), row.room, row.moved_from,
    )  # fmt: skip
    found = select(*columns).join(TeachingGroup, TeachingGroup.id == row.group_id)
    return found.outerjoin(Person, Person.id == row.substitute_id).order_by(row.key)


def homework() -> Found:
    """What still waits for a next lesson has none to be due at, and no row."""
    row = Homework
    columns = row.key.label("homework_id"), LESSON, row.text, row.issued_at, row.updated_at
    return select(*columns).join(Lesson, Lesson.id == row.lesson_id).where(row.removed_at.is_(None)).order_by(row.key)


def marks() -> Found:
    columns = Mark.key.label("mark_id"), LESSON, PERSON, Mark.value, WorkType.name.label("work_type"), Mark.set_at
    found = select(*columns).join(Lesson, Lesson.id == Mark.lesson_id).join(Person, Person.id == Mark.pupil_id)
    return found.join(WorkType, WorkType.id == Mark.work_type_id).where(Mark.removed_at.is_(None)).order_by(Mark.key)


def attendance() -> Found:
    row = Attendance
    found = select(LESSON, PERSON, row.code, row.set_at).join(Lesson, Lesson.id == row.lesson_id)
    found = found.join(Person, Person.id == row.pupil_id).where(row.removed_at.is_(None))
    return found.order_by(Lesson.key, Person.key)


def period_marks() -> Found:
    row = PeriodMark
    span = func.coalesce(Period.key, literal(YEAR_MARK_PREFIX).concat(cast(row.year, String)))
    found = select(span.label("period_id"), GROUP, PERSON, row.value, row.set_at).select_from(row)
    found = found.join(TeachingGroup, TeachingGroup.id == row.group_id).join(Person, Person.id == row.pupil_id)
    found = found.outerjoin(Period, Period.id == row.period_id).where(row.removed_at.is_(None))
    return found.order_by(by_bytes(span), TeachingGroup.key, Person.key)


def diary_views() -> Found:
    pupil, viewer = aliased(Person), aliased(Person)
    columns = pupil.key.label("pupil_id"), viewer.key.label("viewer_id"), DiaryView.viewed_at
    found = select(*columns).select_from(DiaryView)
    found = found.join(pupil, pupil.id == DiaryView.pupil_id).join(viewer, viewer.id == DiaryView.viewer_id)
    return found.order_by(pupil.key, DiaryView.viewed_at, viewer.key)


def visits() -> Found:
    found = select(PERSON, Visit.visited_at).join(Visit, Visit.person_id == Person.id)
    return found.order_by(Person.key, Visit.visited_at)


JOURNAL = {
    select_rows.__name__: select_rows
    for select_rows in (
        subjects, groups, group_members, lessons, homework, marks, attendance, period_marks, diary_views, visits,
    )
}  # fmt: skip
