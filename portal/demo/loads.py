"""Who teaches what: teaching groups, subgroups side by side, teachers' loads, class teachers."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from portal.demo.curriculum import Subject, subjects_of
from portal.demo.families import SchoolClass
from portal.demo.people import Employee, Pupil
from portal.demo.rows import Rows

SPLIT_FROM = 20
"""A class of so many pupils learns languages and computing in two subgroups (where two teachers can)."""
HEAVY_LOAD = 26
"""Hours a week above which areas are joined, so that big ones get one teacher more."""
KINDRED = (
    ("music", "art"), ("art", "technology"), ("safety", "sport"), ("chemistry", "biology"), ("informatics", "physics"),
    ("geography", "biology"), ("technology", "sport"), ("native", "russian"), ("physics", "math"),
)  # fmt: skip
"""Areas one teacher takes together where a school has few teachers: the first joins the second."""


@dataclass(eq=False)
class Group:
    """A teaching group. ``members`` are empty where it is the whole class."""

    key: str
    school_class: SchoolClass
    subject: Subject
    teacher: Employee
    subgroup: str = ""
    members: tuple[Pupil, ...] = ()

    @property
    def pupils(self) -> list[Pupil]:
        return list(self.members) or self.school_class.pupils


@dataclass(eq=False)
class Block:
    """Groups of a class taught at the same time, so many hours a week."""

    groups: tuple[Group, ...]
    hours: int

    @property
    def subject(self) -> Subject:
        return self.groups[0].subject


def divide(rng: Random, classes: list[SchoolClass], staff: list[Employee]) -> dict[str, list[Block]]:
    """Blocks of every class by its key. Chooses the class teachers and fills in the teachers' loads."""
    teachers = [person for person in staff if person.teaches]
    for person in teachers:
        person.load = 0
    areas = _areas(classes, teachers)
    blocks = {school_class.key: _blocks(school_class, areas) for school_class in classes}
    _lead(rng, classes, blocks)
    return blocks


def _areas(classes: list[SchoolClass], teachers: list[Employee]) -> dict[str, list[Employee]]:
    """Teachers by area: primary classes have one each, the others share by hours; a teacher keeps their area."""
    hours: dict[str, int] = {}
    for school_class in classes:
        for subject in subjects_of(school_class.grade):
            area = subject.area_in(school_class.grade)
            hours[area] = hours.get(area, 0) + subject.hours_in(school_class.grade)
    primary = min(sum(school_class.grade <= 4 for school_class in classes), max(1, len(teachers) - 1))
    counts, joined = _share_out(hours, len(teachers) - primary)
    wanted = [("primary", primary), *counts.items()]
    line = [area for area, count in wanted for _ in range(count)]
    staffed: dict[str, list[Employee]] = {area: [] for area, _ in wanted}
    for person, area in zip(teachers, line, strict=True):
        staffed[area].append(person)
        person.area = area
    for area in joined:
        target = area
        while target in joined:
            target = joined[target]
        staffed[area] = staffed[target]
    return staffed


def _share_out(hours: dict[str, int], teachers: int) -> tuple[dict[str, int], dict[str, str]]:
    """How many teachers each area gets, and which areas were joined until nobody's load is heavy."""
    counts: dict[str, int] = {}
    joined: dict[str, str] = {}
    for areas in range(min(teachers, len(hours)), 0, -1):
        summed = dict(hours)
        joined = _join(summed, areas)
        counts = {area: 1 for area in summed if area != "primary" and area not in joined}
        for _ in range(teachers - len(counts)):
            counts[max(counts, key=lambda area: summed[area] / counts[area])] += 1
        if max(summed[area] / count for area, count in counts.items()) <= HEAVY_LOAD:
            break
    return counts, joined


def _join(hours: dict[str, int], teachers: int) -> dict[str, str]:
    """Which areas join which, so that there is a teacher for each that is left; sums the hours up."""
    joined: dict[str, str] = {}
    left = [area for area in hours if area != "primary"]
    for area, target in KINDRED:
        if len(left) > teachers and area in left and target in left:
            joined[area] = target
            hours[target] += hours[area]
            left.remove(area)
    while len(left) > teachers:
        small, next_small = sorted(left, key=lambda area: hours[area])[:2]
        joined[small] = next_small
        hours[next_small] += hours[small]
        left.remove(small)
    return joined


def _blocks(school_class: SchoolClass, areas: dict[str, list[Employee]]) -> list[Block]:
    subjects = subjects_of(school_class.grade)
    own: dict[str, Employee] = {}
    blocks = []
    for subject in sorted(subjects, key=lambda subject: -subject.hours_in(school_class.grade)):
        hours = subject.hours_in(school_class.grade)
        able = areas[subject.area_in(school_class.grade)]
        teacher = own.get(able[0].key) or min(able, key=lambda person: person.load)
        own[able[0].key] = teacher
        split = subject.split and len(able) > 1 and len(school_class.pupils) >= SPLIT_FROM
        groups = _subgroups(school_class, subject, teacher, able) if split else (
            Group(f"{school_class.key}-{subject.key}", school_class, subject, teacher),
        )  # fmt: skip
        for group in groups:
            group.teacher.load += hours
        blocks.append(Block(groups, hours))
    return blocks


def _subgroups(
    school_class: SchoolClass, subject: Subject, teacher: Employee, able: list[Employee]
) -> tuple[Group, ...]:
    second = min((person for person in able if person is not teacher), key=lambda person: person.load)
    half = (len(school_class.pupils) + 1) // 2
    parts = (tuple(school_class.pupils[:half]), tuple(school_class.pupils[half:]))
    return tuple(
        Group(f"{school_class.key}-{subject.key}-{n}", school_class, subject, person, f"{n} группа", part)
        for n, (person, part) in enumerate(zip((teacher, second), parts, strict=True), 1)
    )


def _lead(rng: Random, classes: list[SchoolClass], blocks: dict[str, list[Block]]) -> None:
    """Class teachers: who has most hours in the class, each leading one class where the school has enough."""
    taken: set[str] = set()
    for school_class in sorted(classes, key=lambda school_class: school_class.grade):
        hours: dict[str, int] = {}
        known: dict[str, Employee] = {}
        for block in blocks[school_class.key]:
            teacher = block.groups[0].teacher
            known[teacher.key] = teacher
            hours[teacher.key] = hours.get(teacher.key, 0) + block.hours
        free = [key for key in hours if key not in taken and known[key].active] or list(hours)
        best = free[0] if school_class.grade <= 4 else max(free, key=lambda key: (hours[key], rng.random()))
        school_class.teacher = known[best]
        taken.add(best)


def add_groups(rows: Rows, blocks: dict[str, list[Block]]) -> None:
    for block in (block for found in blocks.values() for block in found):
        for group in block.groups:
            subject, teacher = group.subject.key, group.teacher.key
            rows.add("groups", group.key, group.school_class.key, subject, teacher, group.subgroup)
            for pupil in group.members:
                rows.add("group_members", group.key, pupil.key)
