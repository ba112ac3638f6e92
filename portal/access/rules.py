"""Who may do what: permission → sentences about the person and the object, any one of which allows it.

Absent means denied. Reads meet :func:`in_scope` first: out of scope is «not found», in scope but not
permitted is «not allowed» (architecture.md, rule 3).
"""

from __future__ import annotations

from collections.abc import Callable

from portal.access.actor import Actor
from portal.access.places import Place
from portal.access.roles import Role

Rule = Callable[[Actor, Place], bool]


def is_signed_in(actor: Actor, place: Place) -> bool:
    return True


def works_in_a_school(actor: Actor, place: Place) -> bool:
    return bool(actor.work_schools)


def works_at_the_school(actor: Actor, place: Place) -> bool:
    return bool(actor.work_schools & place.school_ids)


def leads_the_school(actor: Actor, place: Place) -> bool:
    return any(actor.leads(school_id) for school_id in place.school_ids)


def heads_the_school(actor: Actor, place: Place) -> bool:
    return any((Role.HEAD, school_id) in actor.school_roles for school_id in place.school_ids)


def administers_the_school(actor: Actor, place: Place) -> bool:
    return any((Role.ADMINISTRATOR, school_id) in actor.school_roles for school_id in place.school_ids)


def leads_the_class(actor: Actor, place: Place) -> bool:
    return actor.person_id in place.class_teacher_ids and works_at_the_school(actor, place)


def teaches_the_group(actor: Actor, place: Place) -> bool:
    return actor.person_id in place.teacher_ids and works_at_the_school(actor, place)


def substitutes_the_lesson(actor: Actor, place: Place) -> bool:
    return actor.person_id == place.substitute_id and works_at_the_school(actor, place)


def is_the_person(actor: Actor, place: Place) -> bool:
    return actor.person_id == place.person_id


def is_guardian_of_the_pupil(actor: Actor, place: Place) -> bool:
    return place.person_id in actor.child_ids


def has_family_in_the_class(actor: Actor, place: Place) -> bool:
    return bool(actor.family_classes & place.class_ids)


def governs_the_municipality(actor: Actor, place: Place) -> bool:
    return bool(actor.municipalities & place.municipality_ids) or governs_the_region(actor, place)


def governs_the_region(actor: Actor, place: Place) -> bool:
    return bool(actor.regions & place.region_ids)


def governs_the_school(actor: Actor, place: Place) -> bool:
    return bool(place.school_ids) and governs_the_municipality(actor, place)


PERMISSIONS: dict[str, tuple[Rule, ...]] = {
    "account.use": (is_signed_in,),
    "help.read": (is_signed_in,),
    "start.see": (is_signed_in,),
    # the timetable
    "schedule.read_class": (works_at_the_school, has_family_in_the_class),
    "schedule.read_teacher": (works_at_the_school,),
    "schedule.read_pupil": (is_the_person, is_guardian_of_the_pupil, leads_the_class, leads_the_school),
    # the journal
    "journal.list": (works_in_a_school,),
    "journal.read_group": (teaches_the_group, leads_the_class, leads_the_school),
    "journal.read_lesson": (teaches_the_group, substitutes_the_lesson, leads_the_class, leads_the_school),
    "journal.write_lesson": (teaches_the_group, substitutes_the_lesson),
    "journal.write_group": (teaches_the_group,),
    "journal.write_period_marks": (teaches_the_group,),
    # the diary
    "diary.list": (is_signed_in,),
    "diary.read": (is_the_person, is_guardian_of_the_pupil, leads_the_class, leads_the_school),
    # indicators
    "monitoring.read_region": (governs_the_region,),
    "monitoring.read_municipality": (governs_the_municipality,),
    "monitoring.read_school": (governs_the_school, leads_the_school, administers_the_school),
    "monitoring.freeze": (governs_the_municipality,),
    "profiles.read": (governs_the_municipality,),
    "profiles.edit": (governs_the_region,),
    "monitoring.read_names": (leads_the_school, administers_the_school),
    # the weekly control: the regulation gives it to head and deputy alone (3.5)
    "control.read": (leads_the_school,),
    "monitoring.read_own": (works_in_a_school,),
    "monitoring.read_lesson": (
        governs_the_school, leads_the_school, administers_the_school,
        teaches_the_group, substitutes_the_lesson, leads_the_class,
    ),
    # the showcase: names, documents and exports stay in the school
    "showcase.read_pupil": (leads_the_school, administers_the_school),
    "showcase.restrict_pupil": (administers_the_school,),
    "showcase.export": (heads_the_school, administers_the_school),
    "events.write": (administers_the_school,),
}  # fmt: skip

NOWHERE = Place(id=0)
"""The place of pages that are about no one object."""


def allowed(permission: str, actor: Actor, place: Place | None = None) -> bool:
    """Whether ``actor`` may do ``permission`` with the object of ``place``."""
    return any(rule(actor, place or NOWHERE) for rule in PERMISSIONS.get(permission, ()))


SCOPE: tuple[Rule, ...] = (
    is_the_person,
    is_guardian_of_the_pupil,
    works_at_the_school,
    governs_the_municipality,
    governs_the_region,
    has_family_in_the_class,
)


def in_scope(actor: Actor, place: Place) -> bool:
    """Whether the object belongs to the actor's part of the world at all: else it does not exist for them."""
    return any(rule(actor, place) for rule in SCOPE)
