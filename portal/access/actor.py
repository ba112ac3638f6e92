"""Who acts: a person with all roles at once. What they may do comes from these, never from the role in use."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Date,
    Integer,
    Select,
    Text,
    and_,
    bindparam,
    cast,
    literal,
    null,
    or_,
    select,
    union_all,
)  # fmt: skip
from sqlalchemy.orm import InstrumentedAttribute

from portal.access.roles import POST_ROLES, Role, RoleAt
from portal.extensions import session
from portal.models.organisation import Municipality, Region, School
from portal.models.people import Enrolment, Guardianship, OfficePost, Person, SchoolClass, StaffPost
from portal.values.names import class_name


@dataclass(frozen=True, slots=True)
class Child:
    """A child of a guardian. ``class_ids`` and ``school_ids`` are those of current enrolments."""

    person_id: int
    name: str
    class_title: str
    class_ids: frozenset[int]
    school_ids: frozenset[int]


@dataclass(frozen=True, slots=True)
class Actor:
    """A signed-in person. Sets hold ids; ``school_roles`` pairs a role with a school."""

    person_id: int
    name: str
    school_roles: frozenset[tuple[Role, int]]
    work_schools: frozenset[int]
    led_classes: frozenset[int]
    children: tuple[Child, ...]
    own_classes: frozenset[int]
    own_schools: frozenset[int]
    municipalities: frozenset[int]
    regions: frozenset[int]
    roles: tuple[RoleAt, ...]

    def has(self, *roles: Role) -> bool:
        """Whether the person holds any of ``roles`` anywhere."""
        return any(held.role in roles for held in self.roles)

    def leads(self, school_id: int) -> bool:
        """Head or deputy of the school."""
        return (Role.HEAD, school_id) in self.school_roles or (Role.DEPUTY, school_id) in self.school_roles

    @property
    def child_ids(self) -> frozenset[int]:
        return frozenset(child.person_id for child in self.children)

    @property
    def family(self) -> tuple[tuple[int, str], ...]:
        """(id, name) of those whose diary is this person's own business: themselves as a pupil, their children."""
        own = ((self.person_id, self.name),) if self.own_classes else ()
        return own + tuple((child.person_id, child.name) for child in self.children)

    @property
    def family_schools(self) -> frozenset[int]:
        """Schools the person or their children learn at."""
        return self.own_schools.union(*(child.school_ids for child in self.children))

    @property
    def family_classes(self) -> frozenset[int]:
        return self.own_classes.union(*(child.class_ids for child in self.children))


def load_actor(person_id: int, name: str, today: date) -> Actor:
    """The person, called ``name``, with the roles they hold on ``today``."""
    return _assemble(person_id, name, list(session.execute(_ties(), {"person_id": person_id, "today": today})))


Column = ColumnElement[Any] | InstrumentedAttribute[Any]


def _tie(kind: str, **columns: Column) -> Select[*tuple[Any, ...]]:
    """One branch of the union: the named columns, the others null."""
    empty: dict[str, Column] = {
        "school_id": cast(null(), Integer), "class_id": cast(null(), Integer), "unit_id": cast(null(), Integer),
        "number": cast(null(), Integer), "unit_name": cast(null(), Text), "text": cast(null(), Text),
        "last_name": cast(null(), Text),
    }  # fmt: skip
    return select(literal(kind).label("kind"), *(column.label(name) for name, column in (empty | columns).items()))


@cache
def _ties() -> CompoundSelect[*tuple[Any, ...]]:
    """Everything that ties a person to schools, classes, children and offices, in one query.

    Built once: every page asks it, and building it took longer than running it.
    """
    person_id, today = bindparam("person_id", type_=Integer), bindparam("today", type_=Date)
    enrolled = and_(Enrolment.enrolled_on <= today, or_(Enrolment.left_on.is_(None), Enrolment.left_on > today))
    posted = and_(
        or_(StaffPost.hired_on.is_(None), StaffPost.hired_on <= today),
        or_(StaffPost.left_on.is_(None), StaffPost.left_on > today),
    )
    a_class: dict[str, Column] = {
        "school_id": cast(SchoolClass.school_id, Integer),
        "class_id": cast(SchoolClass.id, Integer),
        "text": cast(SchoolClass.letter, Text),
        "number": cast(SchoolClass.grade, Integer),
    }
    return union_all(
        _tie("post", school_id=School.id, unit_name=School.name, text=StaffPost.post,
             number=cast(StaffPost.teaching, Integer))
        .join_from(StaffPost, School, StaffPost.school_id == School.id)
        .where(StaffPost.person_id == person_id, posted),
        _tie("leads", **a_class).where(SchoolClass.class_teacher_id == person_id),
        _tie("learns", **a_class, unit_name=School.name)
        .join_from(Enrolment, SchoolClass, Enrolment.class_id == SchoolClass.id)
        .join(School, SchoolClass.school_id == School.id)
        .where(Enrolment.person_id == person_id, enrolled),
        _tie("child", **a_class, unit_id=Person.id, unit_name=Person.first_name, last_name=Person.last_name)
        .join_from(Guardianship, Person, Guardianship.pupil_id == Person.id)
        .join(Enrolment, and_(Enrolment.person_id == Person.id, enrolled), isouter=True)
        .join(SchoolClass, Enrolment.class_id == SchoolClass.id, isouter=True)
        .where(Guardianship.guardian_id == person_id),
        _tie("municipality", unit_id=Municipality.id, unit_name=Municipality.name)
        .join_from(OfficePost, Municipality, OfficePost.municipality_id == Municipality.id)
        .where(OfficePost.person_id == person_id),
        _tie("region", unit_id=Region.id, unit_name=Region.name)
        .join_from(OfficePost, Region, OfficePost.region_id == Region.id)
        .where(OfficePost.person_id == person_id),
    )  # fmt: skip


def _assemble(person_id: int, name: str, ties: list[Any]) -> Actor:
    posts = [tie for tie in ties if tie.kind == "post"]
    schools: dict[int, str] = {tie.school_id: tie.unit_name for tie in posts}
    school_roles = {(POST_ROLES[tie.text], tie.school_id) for tie in posts if tie.text in POST_ROLES}
    school_roles |= {(Role.TEACHER, tie.school_id) for tie in posts if tie.number}
    led = {tie.class_id: tie.school_id for tie in ties if tie.kind == "leads" and tie.school_id in schools}
    school_roles |= {(Role.CLASS_TEACHER, school_id) for school_id in led.values()}
    learns = {tie.school_id: tie.unit_name for tie in ties if tie.kind == "learns"}
    children = _children([tie for tie in ties if tie.kind == "child"])
    municipalities = {tie.unit_id: tie.unit_name for tie in ties if tie.kind == "municipality"}
    regions = {tie.unit_id: tie.unit_name for tie in ties if tie.kind == "region"}
    roles = [
        *(RoleAt(Role.REGIONAL, unit, title) for unit, title in sorted(regions.items())),
        *(RoleAt(Role.MUNICIPAL, unit, title) for unit, title in sorted(municipalities.items())),
        *(
            RoleAt(role, school_id, schools[school_id])
            for role, school_id in sorted(school_roles, key=lambda pair: (list(Role).index(pair[0]), pair[1]))
        ),
        *([RoleAt(Role.GUARDIAN, person_id, ", ".join(c.name for c in children))] if children else []),
        *(RoleAt(Role.PUPIL, unit, title) for unit, title in sorted(learns.items())),
    ]
    return Actor(
        person_id=person_id,
        name=name,
        school_roles=frozenset(school_roles),
        work_schools=frozenset(schools),
        led_classes=frozenset(led),
        children=children,
        own_classes=frozenset(tie.class_id for tie in ties if tie.kind == "learns"),
        own_schools=frozenset(learns),
        municipalities=frozenset(municipalities),
        regions=frozenset(regions),
        roles=tuple(roles),
    )


def _children(ties: list[Any]) -> tuple[Child, ...]:
    by_pupil: dict[int, list[Any]] = {}
    for tie in ties:
        by_pupil.setdefault(tie.unit_id, []).append(tie)
    children = [
        Child(
            person_id=pupil_id,
            name=found[0].unit_name,
            class_title=", ".join(class_name(tie.number, tie.text) for tie in found if tie.class_id is not None),
            class_ids=frozenset(tie.class_id for tie in found if tie.class_id is not None),
            school_ids=frozenset(tie.school_id for tie in found if tie.school_id is not None),
        )
        for pupil_id, found in by_pupil.items()
    ]
    return tuple(sorted(children, key=lambda child: (child.name, child.person_id)))
