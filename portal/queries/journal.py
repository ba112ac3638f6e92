"""A lesson's page: what it says, its homework, and each pupil's marks and absence."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Integer, String, Text, and_, cast, literal, null, or_, select, tuple_, union_all
from sqlalchemy.orm import aliased

from portal.extensions import session
from portal.models.journal import Attendance, Homework, Lesson, Mark, Subject, TeachingGroup, WorkType
from portal.models.organisation import School
from portal.models.people import Person, SchoolClass
from portal.queries.journal_groups import group_title, hours
from portal.queries.journal_pupils import GroupPupil, group_pupils
from portal.values.deadlines import local_day
from portal.values.marks import UNMARKED_GRADE, mark_state
from portal.values.names import class_name, short_name


@dataclass(frozen=True, slots=True)
class LessonMark:
    """A mark as the lesson's page shows it."""

    id: int
    value: str
    work_type_id: int
    work_type: str
    weight: int

    @property
    def state(self) -> str:
        """What a form that changes it says its teacher saw."""
        return mark_state(self.value, self.work_type_id)


@dataclass(frozen=True, slots=True)
class LessonPupil:
    """A pupil in a lesson. ``is_here``: of the group on the lesson's day; only they can get something new."""

    id: int
    name: str
    is_here: bool
    absence: str
    marks: tuple[LessonMark, ...]


@dataclass(frozen=True, slots=True)
class LessonHomework:
    """Homework: due at the lesson itself, or given by it. ``due_on`` none: waits for the next lesson."""

    id: int
    text: str
    due_on: date | None


@dataclass(frozen=True, slots=True)
class LessonHeader:
    """A lesson. ``marks_due_at`` and ``homework_due_at``: until when entries count as timely (UTC)."""

    id: int
    group_id: int
    class_id: int
    class_title: str
    grade: int
    subject: str
    teacher: str
    substitute: str
    day: date
    number: int
    hours: str
    room: str
    cancelled: bool
    moved_from: date | None
    topic: str
    comment: str
    conducted: bool
    timezone: str
    marks_due_at: datetime
    homework_due_at: datetime
    next_id: int | None
    next_on: date | None

    @property
    def has_marks(self) -> bool:
        """Whether the grade gets marks at all."""
        return self.grade != UNMARKED_GRADE

    def has_begun(self, at: datetime) -> bool:
        """Whether the lesson's day has come on the school's clock."""
        return self.day <= local_day(at, self.timezone)


def lesson_header(lesson_id: int) -> LessonHeader:
    """A lesson with its group, and the group's next lesson that is not cancelled (one query)."""
    later, after, substitute = aliased(Lesson), aliased(Lesson), aliased(Person)
    next_id = (
        select(later.id)
        .where(
            later.group_id == Lesson.group_id, later.status != "cancelled",
            tuple_(later.date, later.number, later.key) > tuple_(Lesson.date, Lesson.number, Lesson.key),
        )
        .order_by(later.date, later.number, later.key)
        .limit(1)
        .correlate(Lesson)
        .scalar_subquery()
    )  # fmt: skip
    row = session.execute(
        select(
            Lesson, TeachingGroup.subgroup, TeachingGroup.teacher_id, Subject.name.label("subject"),
            SchoolClass.grade, SchoolClass.letter, School.timezone,
            Person.last_name, Person.first_name, Person.middle_name,
            substitute.last_name.label("s_last"), substitute.first_name.label("s_first"),
            substitute.middle_name.label("s_middle"), after.id.label("next_id"), after.date.label("next_on"),
        )
        .join(TeachingGroup, TeachingGroup.id == Lesson.group_id)
        .join(SchoolClass, SchoolClass.id == Lesson.class_id)
        .join(Subject, Subject.id == TeachingGroup.subject_id)
        .join(School, School.id == Lesson.school_id)
        .outerjoin(Person, Person.id == TeachingGroup.teacher_id)
        .outerjoin(substitute, substitute.id == Lesson.substitute_id)
        .outerjoin(after, after.id == next_id)
        .where(Lesson.id == lesson_id)
    ).one()  # fmt: skip
    return _header(row[0], row)


def _header(lesson: Lesson, row: Any) -> LessonHeader:
    stands_in = lesson.substitute_id is not None and lesson.substitute_id != row.teacher_id
    return LessonHeader(
        id=lesson.id, group_id=lesson.group_id, class_id=lesson.class_id,
        class_title=class_name(row.grade, row.letter), grade=row.grade,
        subject=group_title(row.subject, row.subgroup),
        teacher=short_name(row.last_name, row.first_name, row.middle_name) if row.last_name else "",
        substitute=short_name(row.s_last, row.s_first, row.s_middle) if stands_in else "",
        day=lesson.date, number=lesson.number, hours=hours(lesson.starts_at, lesson.ends_at),
        room=lesson.room or "", cancelled=lesson.status == "cancelled",
        moved_from=lesson.moved_from if lesson.moved_from != lesson.date else None,
        topic=lesson.topic or "", comment=lesson.comment or "", conducted=lesson.conducted, timezone=row.timezone,
        marks_due_at=lesson.marks_due_at, homework_due_at=lesson.homework_due_at,
        next_id=row.next_id, next_on=row.next_on,
    )  # fmt: skip


def lesson_pupils(header: LessonHeader) -> tuple[LessonPupil, ...]:
    """Everybody of the group on the lesson's day, and whoever has an entry in it (two queries)."""
    entries = _entries(header.id)
    pupils = group_pupils(header.group_id, header.class_id, header.day, header.day, lesson_id=header.id)
    return tuple(_pupil(pupil, header, entries) for pupil in pupils)


def lesson_pupil(header: LessonHeader, pupil_id: int) -> LessonPupil | None:
    """One of them (two queries); ``None`` for anybody else."""
    pupils = group_pupils(
        header.group_id, header.class_id, header.day, header.day, lesson_id=header.id, pupil_id=pupil_id
    )
    return _pupil(pupils[0], header, _entries(header.id, pupil_id)) if pupils else None


Entries = dict[int, tuple[list[LessonMark], list[str]]]


def _pupil(pupil: GroupPupil, header: LessonHeader, entries: Entries) -> LessonPupil:
    marks, absences = entries.get(pupil.id, ([], []))
    return LessonPupil(
        pupil.id, pupil.name, pupil.is_here(header.day), absences[0] if absences else "", tuple(marks)
    )  # fmt: skip


def _entries(lesson_id: int, pupil_id: int | None = None) -> Entries:
    """(marks, absence) by pupil, in one query."""
    marks = (
        select(Mark.pupil_id, Mark.id.label("row_id"), cast(Mark.value, String(3)).label("value"),
               Mark.work_type_id, WorkType.name, cast(WorkType.weight, Integer).label("weight"))
        .join(WorkType, WorkType.id == Mark.work_type_id)
        .where(Mark.lesson_id == lesson_id, Mark.removed_at.is_(None))
    )  # fmt: skip
    absences = select(
        Attendance.pupil_id, literal(0), cast(Attendance.code, String(3)), cast(null(), Integer), cast(null(), Text),
        cast(null(), Integer),
    ).where(Attendance.lesson_id == lesson_id, Attendance.removed_at.is_(None))  # fmt: skip
    if pupil_id is not None:
        marks = marks.where(Mark.pupil_id == pupil_id)
        absences = absences.where(Attendance.pupil_id == pupil_id)
    whole = union_all(marks, absences).subquery()
    found: Entries = {}
    for owner, row_id, value, work_type_id, work_type, weight in session.execute(
        select(whole).order_by(whole.c.row_id)
    ):
        own_marks, own_absences = found.setdefault(owner, ([], []))
        if work_type_id is None:
            own_absences.append(value)
        else:
            own_marks.append(LessonMark(row_id, value, work_type_id, work_type, weight))
    return found


@dataclass(frozen=True, slots=True)
class Homeworks:
    """Homework around a lesson: due at it, and given by it for a later one."""

    due_here: tuple[LessonHomework, ...]
    given: tuple[LessonHomework, ...]


def lesson_homework(header: LessonHeader) -> Homeworks:
    """What is due at the lesson and what it gives for the next one (one query)."""
    due = aliased(Lesson)
    places = [Homework.lesson_id == header.id, Homework.given_at_id == header.id]
    if header.next_id is not None:
        places.append(Homework.lesson_id == header.next_id)
    rows = session.execute(
        select(Homework.id, Homework.text, Homework.lesson_id, due.date)
        .outerjoin(due, due.id == Homework.lesson_id)
        .where(and_(or_(*places), Homework.removed_at.is_(None)))
        .order_by(Homework.id)
    ).all()
    return Homeworks(
        tuple(LessonHomework(row.id, row.text, row.date) for row in rows if row.lesson_id == header.id),
        tuple(LessonHomework(row.id, row.text, row.date) for row in rows if row.lesson_id != header.id),
    )
