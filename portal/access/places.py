"""The facts about an object that rules judge by: where it belongs and whose it is. One query each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import Date, Integer, Select, bindparam, or_, select

from portal.extensions import session
from portal.models.journal import Lesson, TeachingGroup
from portal.models.organisation import Municipality, Region, School
from portal.models.people import Enrolment, Person, SchoolClass, StaffPost

NOBODY: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Place:
    """Where an object belongs. A pupil may belong to several schools; a lesson to one.

    ``person_id`` is the pupil or the teacher the object is about; ``teacher_ids`` those whose lesson or
    group it is; ``substitute_id`` who stands in for one lesson; ``timezone`` the school's.
    """

    id: int
    region_ids: frozenset[int] = NOBODY
    municipality_ids: frozenset[int] = NOBODY
    school_ids: frozenset[int] = NOBODY
    class_ids: frozenset[int] = NOBODY
    class_teacher_ids: frozenset[int] = NOBODY
    teacher_ids: frozenset[int] = NOBODY
    substitute_id: int | None = None
    person_id: int | None = None
    timezone: str = "UTC"

    @property
    def school_id(self) -> int:
        """The one school of a lesson, group or class."""
        (only,) = self.school_ids
        return only

    @property
    def class_id(self) -> int:
        (only,) = self.class_ids
        return only


def _ids(rows: list[Any], column: str) -> frozenset[int]:
    return frozenset(value for row in rows if (value := getattr(row, column)) is not None)


def _place(object_id: int, rows: list[Any]) -> Place | None:
    """A place from the rows of one object; their columns carry the names used below, or lack."""
    if not rows:
        return None
    first = rows[0]
    fields = first._fields

    def ids(column: str) -> frozenset[int]:
        return _ids(rows, column) if column in fields else NOBODY

    return Place(
        id=object_id,
        region_ids=ids("region_id"),
        municipality_ids=ids("municipality_id"),
        school_ids=ids("school_id"),
        class_ids=ids("class_id"),
        class_teacher_ids=ids("class_teacher_id"),
        teacher_ids=ids("teacher_id"),
        substitute_id=first.substitute_id if "substitute_id" in fields else None,
        person_id=first.person_id if "person_id" in fields else None,
        timezone=(first.timezone or "UTC") if "timezone" in fields else "UTC",
    )


SCHOOL = (
    School.id.label("school_id"),
    School.timezone,
    School.municipality_id,
    Municipality.region_id,
)


Query = Callable[[], Select[*tuple[Any, ...]]]


def _finder(query: Query) -> Callable[[int, date], Place | None]:
    """Asks ``query`` for one object. The statement is built once: building it took longer than running it."""
    built = cache(query)

    def find(object_id: int, today: date) -> Place | None:
        return _place(object_id, list(session.execute(built(), {"id": object_id, "today": today})))

    return find


ID, TODAY = bindparam("id", type_=Integer), bindparam("today", type_=Date)


def _region() -> Select[*tuple[Any, ...]]:
    return select(Region.id.label("region_id")).where(Region.id == ID)


def _municipality() -> Select[*tuple[Any, ...]]:
    return select(Municipality.id.label("municipality_id"), Municipality.region_id).where(Municipality.id == ID)


def _school() -> Select[*tuple[Any, ...]]:
    query = select(*SCHOOL).join(Municipality, School.municipality_id == Municipality.id)
    return query.where(School.id == ID)


def _school_class() -> Select[*tuple[Any, ...]]:
    return (
        select(*SCHOOL, SchoolClass.id.label("class_id"), SchoolClass.class_teacher_id)
        .select_from(SchoolClass)
        .join(School, SchoolClass.school_id == School.id)
        .join(Municipality, School.municipality_id == Municipality.id)
        .where(SchoolClass.id == ID)
    )


def _group() -> Select[*tuple[Any, ...]]:
    return (
        select(*SCHOOL, SchoolClass.id.label("class_id"), SchoolClass.class_teacher_id, TeachingGroup.teacher_id)
        .select_from(TeachingGroup)
        .join(SchoolClass, TeachingGroup.class_id == SchoolClass.id)
        .join(School, SchoolClass.school_id == School.id)
        .join(Municipality, School.municipality_id == Municipality.id)
        .where(TeachingGroup.id == ID)
    )


def _lesson() -> Select[*tuple[Any, ...]]:
    return (
        select(
            *SCHOOL,
            SchoolClass.id.label("class_id"),
            SchoolClass.class_teacher_id,
            TeachingGroup.teacher_id,
            Lesson.substitute_id,
        )
        .select_from(Lesson)
        .join(TeachingGroup, Lesson.group_id == TeachingGroup.id)
        .join(SchoolClass, TeachingGroup.class_id == SchoolClass.id)
        .join(School, SchoolClass.school_id == School.id)
        .join(Municipality, School.municipality_id == Municipality.id)
        .where(Lesson.id == ID)
    )


def _pupil() -> Select[*tuple[Any, ...]]:
    """A person who learns now, or once learned (then no class and no school is theirs any more)."""
    return (
        select(
            Person.id.label("person_id"),
            *SCHOOL,
            SchoolClass.id.label("class_id"),
            SchoolClass.class_teacher_id,
        )
        .select_from(Person)
        .join(Enrolment, Enrolment.person_id == Person.id)
        .outerjoin(
            SchoolClass,
            (SchoolClass.id == Enrolment.class_id)
            & (Enrolment.enrolled_on <= TODAY)
            & or_(Enrolment.left_on.is_(None), Enrolment.left_on > TODAY),
        )
        .outerjoin(School, SchoolClass.school_id == School.id)
        .outerjoin(Municipality, School.municipality_id == Municipality.id)
        .where(Person.id == ID)
        .order_by(School.id.is_(None), School.id)
    )


def _teacher() -> Select[*tuple[Any, ...]]:
    """A person on the staff of some school now."""
    return (
        select(StaffPost.person_id, *SCHOOL)
        .select_from(StaffPost)
        .join(School, StaffPost.school_id == School.id)
        .join(Municipality, School.municipality_id == Municipality.id)
        .where(
            StaffPost.person_id == ID,
            or_(StaffPost.hired_on.is_(None), StaffPost.hired_on <= TODAY),
            or_(StaffPost.left_on.is_(None), StaffPost.left_on > TODAY),
        )
        .order_by(School.id)
    )


FINDERS: dict[str, Callable[[int, date], Place | None]] = {
    "region": _finder(_region),
    "municipality": _finder(_municipality),
    "school": _finder(_school),
    "class": _finder(_school_class),
    "group": _finder(_group),
    "lesson": _finder(_lesson),
    "pupil": _finder(_pupil),
    "teacher": _finder(_teacher),
}
"""What a route may name: ``@guarded("…", place="lesson")`` reads ``lesson_id`` from its address."""
