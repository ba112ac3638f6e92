"""Whose timetable there is to read: the classes and teachers of a school, and how they are called."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, or_, select

from portal.extensions import session
from portal.models.journal import TeachingGroup
from portal.models.organisation import AcademicYear, School
from portal.models.people import Person, SchoolClass, StaffPost
from portal.values.names import class_name, full_name


@dataclass(frozen=True, slots=True)
class Choice:
    """Somebody or something to pick from a list."""

    id: int
    title: str


@dataclass(frozen=True, slots=True)
class ClassChoices:
    """The classes of one grade."""

    grade: int
    classes: tuple[Choice, ...]


def classes_by_grade(school_id: int, today: date) -> list[ClassChoices]:
    """The classes of the school year that has begun last (of the first one, where none has)."""
    begun = select(func.max(AcademicYear.year)).where(
        AcademicYear.school_id == school_id, AcademicYear.starts_on <= today
    )
    first = select(func.min(SchoolClass.year)).where(SchoolClass.school_id == school_id)
    rows = session.execute(
        select(SchoolClass.id, SchoolClass.grade, SchoolClass.letter)
        .where(
            SchoolClass.school_id == school_id,
            SchoolClass.year == func.coalesce(begun.scalar_subquery(), first.scalar_subquery()),
        )
        .order_by(SchoolClass.grade, SchoolClass.letter, SchoolClass.id)
    ).all()
    return [
        ClassChoices(
            grade, tuple(Choice(row.id, class_name(row.grade, row.letter)) for row in rows if row.grade == grade)
        )
        for grade in dict.fromkeys(row.grade for row in rows)
    ]


def teachers(school_id: int, today: date) -> list[Choice]:
    """Staff of the school now who teach, by their post or because a group there is theirs."""
    with_groups = select(TeachingGroup.teacher_id).where(
        TeachingGroup.school_id == school_id, TeachingGroup.teacher_id.is_not(None)
    )
    posted = select(StaffPost.person_id).where(
        StaffPost.school_id == school_id,
        or_(StaffPost.hired_on.is_(None), StaffPost.hired_on <= today),
        or_(StaffPost.left_on.is_(None), StaffPost.left_on > today),
        or_(StaffPost.teaching, StaffPost.person_id.in_(with_groups)),
    )
    rows = session.execute(
        select(Person.id, Person.last_name, Person.first_name, Person.middle_name)
        .where(Person.id.in_(posted))
        .order_by(Person.sort_key, Person.id)
    )
    return [Choice(row.id, full_name(row.last_name, row.first_name, row.middle_name)) for row in rows]


def school_name(school_id: int) -> str:
    """What a school is called."""
    return session.scalar(select(School.name).where(School.id == school_id)) or ""


def class_title(class_id: int) -> str:
    """«5А»."""
    row = session.execute(select(SchoolClass.grade, SchoolClass.letter).where(SchoolClass.id == class_id)).one()
    return class_name(row.grade, row.letter)


def pupil_name(person_id: int) -> str:
    """A pupil as one knows them: last and first name."""
    row = session.execute(select(Person.last_name, Person.first_name).where(Person.id == person_id)).one()
    return full_name(row.last_name, row.first_name)


def teacher_name(person_id: int) -> str:
    """A teacher's full name."""
    row = session.execute(
        select(Person.last_name, Person.first_name, Person.middle_name).where(Person.id == person_id)
    ).one()
    return full_name(row.last_name, row.first_name, row.middle_name)
