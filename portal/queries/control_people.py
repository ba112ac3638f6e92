"""Pupils and guardians who fall short in the weekly control: for head and deputy, who know them by name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from portal.extensions import session
from portal.models import views
from portal.models.people import Person, SchoolClass
from portal.values.names import class_name, full_name
from portal.values.week import Week

PUPIL, GUARDIAN = views.control_pupil.c, views.control_guardian.c
NAME = (Person.last_name, Person.first_name, Person.middle_name)


@dataclass(frozen=True, slots=True)
class ControlPupil:
    """A pupil who falls short; ``absences`` are lessons missed in the week."""

    person_id: int
    name: str
    class_title: str
    absences: int = 0


@dataclass(frozen=True, slots=True)
class ControlGuardian:
    """A guardian who did not look into the portal, with the classes of the children."""

    person_id: int
    name: str
    classes: str


def pupils_without_marks(school_id: int, week: Week, class_id: int | None = None) -> list[ControlPupil]:
    """Pupils who should have marks and got none in the week, by class and name. One query."""
    marked = select(PUPIL.person_id).where(
        PUPIL.school_id == school_id, PUPIL.week_start == week.start, PUPIL.gets_marks == 1, PUPIL.has_mark == 1
    )
    query = _pupils(school_id, week, class_id, PUPIL.absences).where(
        PUPIL.gets_marks == 1, PUPIL.has_mark == 0, PUPIL.person_id.not_in(marked)
    )
    return [_pupil(row, row.absences) for row in session.execute(query)]


def pupils_away(school_id: int, week: Week, class_id: int | None = None) -> list[ControlPupil]:
    """Pupils who were not in the portal in the week, by class and name. One query."""
    query = _pupils(school_id, week, class_id).where(PUPIL.takes_part == 0)
    return [_pupil(row) for row in session.execute(query)]


def _pupils(school_id: int, week: Week, class_id: int | None, *more: Any) -> Any:
    query = (
        select(PUPIL.person_id, SchoolClass.grade, SchoolClass.letter, *NAME, *more)
        .join(SchoolClass, SchoolClass.id == PUPIL.class_id)
        .join(Person, Person.id == PUPIL.person_id)
        .where(PUPIL.school_id == school_id, PUPIL.week_start == week.start)
        .order_by(SchoolClass.grade, SchoolClass.letter, SchoolClass.id, Person.sort_key, Person.id)
    )
    return query if class_id is None else query.where(PUPIL.class_id == class_id)


def _pupil(row: Any, absences: int = 0) -> ControlPupil:
    name = full_name(row.last_name, row.first_name, row.middle_name)
    return ControlPupil(row.person_id, name, class_name(row.grade, row.letter), absences)


def guardians_away(school_id: int, week: Week, class_id: int | None = None) -> list[ControlGuardian]:
    """Guardians who were not in the portal in the week, by name. One query."""
    query = (
        select(GUARDIAN.person_id, SchoolClass.grade, SchoolClass.letter, *NAME)
        .join(SchoolClass, SchoolClass.id == GUARDIAN.class_id)
        .join(Person, Person.id == GUARDIAN.person_id)
        .where(GUARDIAN.school_id == school_id, GUARDIAN.week_start == week.start, GUARDIAN.takes_part == 0)
        .order_by(Person.sort_key, Person.id, SchoolClass.grade, SchoolClass.letter)
    )
    if class_id is not None:
        query = query.where(GUARDIAN.class_id == class_id)
    names: dict[int, str] = {}
    classes: dict[int, dict[str, None]] = {}
    for row in session.execute(query):
        names[row.person_id] = full_name(row.last_name, row.first_name, row.middle_name)
        classes.setdefault(row.person_id, {})[class_name(row.grade, row.letter)] = None
    return [ControlGuardian(person_id, name, ", ".join(classes[person_id])) for person_id, name in names.items()]
