"""The pupils of a teaching group in a span of days, with the days each of them is there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Date, Select, bindparam, cast, exists, null, or_, select, union_all

from portal.extensions import session
from portal.models.journal import Attendance, GroupMember, Lesson, Mark
from portal.models.people import Enrolment, Person


@dataclass(frozen=True, slots=True)
class GroupPupil:
    """A pupil in a journal. ``spans`` are (first day, first day away or none); none at all: entries only."""

    id: int
    name: str
    spans: tuple[tuple[date, date | None], ...]

    def is_here(self, day: date) -> bool:
        """Whether the pupil is of the group on that day."""
        return any(first <= day and (away is None or day < away) for first, away in self.spans)

    def span_note(self, first: date, last: date) -> str:
        """«с 05.10», «по 14.10»: where the pupil came or left within the days shown; empty for all of them."""
        if not self.spans:
            return "не в группе"
        notes = []
        for start, away in self.spans:
            came = f"с {start:%d.%m}" if start > first else ""
            left = f"по {away - timedelta(days=1):%d.%m}" if away is not None and away <= last else ""
            notes.append(" ".join(filter(None, (came, left))))
        return ", ".join(filter(None, notes))


def group_pupils(
    group_id: int,
    class_id: int,
    first: date,
    last: date,
    *,
    lesson_id: int | None = None,
    pupil_id: int | None = None,
) -> tuple[GroupPupil, ...]:
    """Who is, or has entries, in the group between two days, by name (one query).

    ``lesson_id`` narrows the entries to those of one lesson, ``pupil_id`` the answer to one pupil.
    """
    asked: dict[str, Any] = {"group_id": group_id, "class_id": class_id, "first": first, "last": last}
    if lesson_id is not None:
        asked["lesson_id"] = lesson_id
    if pupil_id is not None:
        asked["pupil_id"] = pupil_id
    rows = session.execute(_query(lesson_id is not None, pupil_id is not None), asked)
    spans: dict[int, tuple[str, list[tuple[date, date | None]]]] = {}
    for person_id, last_name, first_name, enrolled_on, left_on in rows:
        _, found = spans.setdefault(person_id, (f"{last_name} {first_name}", []))
        if enrolled_on is not None:
            found.append((enrolled_on, left_on))
    return tuple(GroupPupil(pupil_id, name, tuple(found)) for pupil_id, (name, found) in spans.items())


@cache
def _query(of_lesson: bool, of_pupil: bool) -> Any:
    """Built once: every page of a journal asks it."""
    group_id: Any = bindparam("group_id")
    first, last = bindparam("first", type_=Date), bindparam("last", type_=Date)
    member = or_(
        exists().where(GroupMember.group_id == group_id, GroupMember.person_id == Enrolment.person_id),
        ~exists().where(GroupMember.group_id == group_id),
    )
    enrolled = select(Enrolment.person_id, Enrolment.enrolled_on, Enrolment.left_on).where(
        Enrolment.class_id == bindparam("class_id"),
        Enrolment.enrolled_on <= last,
        or_(Enrolment.left_on.is_(None), Enrolment.left_on > first),
        member,
    )
    taught = [Lesson.group_id == group_id, Lesson.date.between(first, last)]
    if of_lesson:
        taught = [Lesson.id == bindparam("lesson_id")]
    there = union_all(enrolled, _with_entries(Mark, taught), _with_entries(Attendance, taught)).subquery()
    query = (
        select(Person.id, Person.last_name, Person.first_name, there.c.enrolled_on, there.c.left_on)
        .join(there, there.c.person_id == Person.id)
        .order_by(Person.sort_key, Person.id, there.c.enrolled_on)
    )
    return query.where(Person.id == bindparam("pupil_id")) if of_pupil else query


def _with_entries(table: type[Mark] | type[Attendance], taught: list[ColumnElement[bool]]) -> Select[int, date, date]:
    """Pupils with entries in these lessons: one no longer in the class keeps what they were given."""
    nothing = cast(null(), Date)
    return (
        select(table.pupil_id, nothing, nothing)
        .join(Lesson, Lesson.id == table.lesson_id)
        .where(*taught, table.removed_at.is_(None))
        .distinct()
    )
