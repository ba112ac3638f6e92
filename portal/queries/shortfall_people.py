"""People who fall short of an indicator: by name for their own school, by class for everybody else."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, String, literal, null, select, union_all

from portal.extensions import session
from portal.models import views
from portal.models.people import Person, SchoolClass
from portal.values.names import class_name, full_name
from portal.values.week import Week

STAFF, PUPILS, GUARDIANS = "staff", "pupils", "guardians"

TEACHING = frozenset({"teachers_activated", "teachers_esia", "teachers_category"})

FLAGS: dict[str, dict[str, ColumnElement[int]]] = {
    "teachers_activated": {STAFF: views.staff.c.is_activated},
    "teachers_esia": {STAFF: views.staff.c.has_esia},
    "teachers_category": {STAFF: views.staff.c.has_category},
    "pupils_activated": {PUPILS: views.pupil.c.is_activated},
    "guardian_engagement": {PUPILS: views.pupil.c.is_viewed},
    "guardians_activated": {GUARDIANS: views.guardian.c.is_activated},
    "accounts_activated": {
        STAFF: views.staff.c.is_activated,
        PUPILS: views.pupil.c.is_activated,
        GUARDIANS: views.guardian.c.is_activated,
    },
}
"""Indicator → whom it counts → the column that says who is all right."""

VIEWS = {STAFF: views.staff, PUPILS: views.pupil, GUARDIANS: views.guardian}


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A person who falls short; only for readers who may see names.

    ``place``: posts of staff, the class of a pupil, the children's classes of a guardian. ``class_id`` where it is one.
    """

    person_id: int
    name: str
    place: str
    class_id: int | None


@dataclass(frozen=True, slots=True)
class CountRow:
    """People who fall short, as staff or by class: what an office may see. ``total``: all who count there.

    Who is in two classes is counted in both; the indicator itself counts them once.
    """

    title: str
    class_id: int | None
    lacking: int
    total: int


@dataclass(frozen=True, slots=True)
class _Group:
    """The staff, or the pupils or guardians of a class; sorted as pages show them: staff first, then by class."""

    order: tuple[int, int, str, int, bool]
    who: str
    class_id: int | None

    @classmethod
    def of(cls, row: Any) -> _Group:
        if row.class_id is None:
            return cls((0, 0, "", 0, False), row.who, None)
        return cls((1, row.grade, row.letter, row.class_id, row.who != PUPILS), row.who, row.class_id)


@dataclass(slots=True)
class _Tie:
    """Everything that ties one person to the school in a week."""

    person_id: int
    is_right: bool = False
    is_teaching: bool = False
    places: dict[_Group, str] = field(default_factory=dict)


def lacking_people(school_id: int, week: Week, code: str, *, limit: int, offset: int) -> tuple[list[PersonRow], int]:
    """One page of the people who fall short, by name; how many there are in all."""
    lacking = {tie.person_id: tie for tie in _counted(school_id, week, code) if not tie.is_right}
    names = session.execute(
        select(Person.id, Person.last_name, Person.first_name, Person.middle_name)
        .where(Person.id.in_(list(lacking)))
        .order_by(Person.sort_key, Person.id)
        .limit(limit)
        .offset(offset)
    )
    rows = [_person_row(lacking[row.id], full_name(row.last_name, row.first_name, row.middle_name)) for row in names]
    return rows, len(lacking)


def lacking_counts(school_id: int, week: Week, code: str) -> list[CountRow]:
    """How many fall short as staff and in each class, where anybody does."""
    several = len(FLAGS[code]) > 1
    counts: dict[_Group, list[int]] = {}
    titles: dict[_Group, str] = {}
    for tie in _counted(school_id, week, code):
        for group, title in tie.places.items():
            titles[group] = _group_title(group.who, title, code, several)
            count = counts.setdefault(group, [0, 0])
            count[0] += not tie.is_right
            count[1] += 1
    return [
        CountRow(titles[group], group.class_id, lacking, total)
        for group, (lacking, total) in sorted(counts.items(), key=lambda pair: pair[0].order)
        if lacking
    ]


def _group_title(who: str, title: str, code: str, several: bool) -> str:
    if who == STAFF:
        return "Педагоги" if code in TEACHING else "Сотрудники"
    return f"{title}, {'ученики' if who == PUPILS else 'родители'}" if several else title


def _person_row(tie: _Tie, name: str) -> PersonRow:
    classes = {group.class_id for group in tie.places if group.class_id is not None}
    only = classes.pop() if len(classes) == 1 and len(tie.places) == 1 else None
    return PersonRow(tie.person_id, name, ", ".join(dict.fromkeys(tie.places.values())), only)


def _counted(school_id: int, week: Week, code: str) -> Iterable[_Tie]:
    """Everybody the indicator counts, once. One query."""
    arms = [_arm(who, flag, school_id, week) for who, flag in FLAGS[code].items()]
    ties: dict[int, _Tie] = {}
    rows = [(_Group.of(row), row) for row in session.execute(union_all(*arms))]
    for group, row in sorted(rows, key=lambda pair: (pair[0].order, pair[1].post)):
        tie = ties.setdefault(row.person_id, _Tie(row.person_id))
        tie.is_right |= bool(row.is_right)
        tie.is_teaching |= bool(row.is_teaching)
        tie.places[group] = _place(row, tie.places.get(group, ""))
    return [tie for tie in ties.values() if tie.is_teaching or code not in TEACHING]


def _place(row: Any, known: str) -> str:
    """The class; of staff all posts, each once."""
    if row.class_id is not None:
        return class_name(row.grade, row.letter)
    return ", ".join(dict.fromkeys([*filter(None, known.split(", ")), row.post]))


def _arm(who: str, flag: ColumnElement[int], school_id: int, week: Week) -> Any:
    view = VIEWS[who].c
    where = (view.school_id == school_id, view.week_start == week.start)
    common = (view.person_id, flag.label("is_right"), literal(who, String).label("who"))
    if who == STAFF:
        nothing = (null().label("class_id"), null().label("grade"), null().label("letter"))
        return select(*common, view.is_teaching, view.post, *nothing).where(*where)
    return (
        select(
            *common,
            literal(0).label("is_teaching"),
            literal("", String).label("post"),
            view.class_id,
            SchoolClass.grade,
            SchoolClass.letter,
        )
        .join(SchoolClass, SchoolClass.id == view.class_id)
        .where(*where)
    )
