"""Whom the demo offers to sign in as: one for each role, at the school whose journals are full."""

from __future__ import annotations

from dataclasses import dataclass

from portal.demo.district import District
from portal.demo.lessons import Lesson
from portal.demo.people import ADMINISTRATOR, DEPUTY, HEAD, Employee, Person, Pupil
from portal.demo.school import School

PASSWORD = "school-2020"  # noqa: S105 - printed for everybody who runs the demo


@dataclass(frozen=True, slots=True)
class SignIn:
    """A person to sign in as: a login of :data:`PARTS`, and the person's key."""

    login: str
    person: str


@dataclass(frozen=True, slots=True)
class Part:
    """A role to try: its Russian name, where its holder works (region, municipality or school), and a page that
    shows it, with the ids of these in braces.
    """

    role: str
    unit: str
    page: str


PARTS = {
    "region": Part("Специалист региона", "region", "/monitoring/regions/{region}"),
    "district": Part("Специалист муниципалитета", "municipality", "/monitoring/municipalities/{municipality}"),
    "head": Part("Директор", "school", "/monitoring/schools/{school}"),
    "deputy": Part("Завуч", "school", "/journal"),
    "admin": Part("Администратор школы", "school", "/schedule/schools/{school}"),
    "class-teacher": Part("Классный руководитель", "school", "/journal"),
    "teacher": Part("Учитель-предметник", "school", "/journal"),
    "parent": Part("Родитель двоих детей", "school", "/diary"),
    "teacher-parent": Part("Учитель и родитель", "school", "/diary"),
    "pupil": Part("Ученик", "school", "/diary"),
}
"""By login, in the order of the list."""


def choose_sign_ins(district: District) -> list[SignIn]:
    """People of the first school, each activated in the figures, nobody twice.

    They meet: the teacher has lessons today, in the class that the class teacher leads, that the parent's
    child and the pupil learn in (as far as the school has such people).
    """
    school = district.schools[0]
    staff = [person for person in school.staff if person.active]
    parents = _children(school)
    plain = [p for p in staff if len(p.posts) == 1 and p.teaches and p.key not in parents]
    led = {c.teacher.key: c for c in school.classes if c.teacher is not None}
    lessons = _lessons(school, district)
    teacher = _busiest([p for p in plain if p.key not in led and p.area != "primary"], lessons)
    own = {lesson.group.school_class.key for lesson in lessons[teacher.key]}
    class_teacher = max(
        (p for p in plain if p.key in led and led[p.key].grade > 4),
        key=lambda person: (led[person.key].key in own, len(lessons.get(person.key, ()))),
    )
    pupils = led[class_teacher.key].pupils
    people: list[Person] = [
        district.officers[0],
        district.officers[1],
        _with_post(staff, HEAD),
        _with_post(staff, DEPUTY),
        _with_post(staff, ADMINISTRATOR),
        class_teacher,
        teacher,
        _parent_of_two(school, parents, pupils),
        _busiest([p for p in staff if p.key in parents and len(p.posts) == 1 and p.teaches], lessons),
        next(pupil for pupil in pupils if pupil.active),
    ]
    return [SignIn(login, person.key) for login, person in zip(PARTS, people, strict=True)]


def _with_post(staff: list[Employee], post: str) -> Employee:
    return next(person for person in staff if post in person.posts)


def _children(school: School) -> dict[str, list[Pupil]]:
    """Children by their guardian's key."""
    found: dict[str, list[Pupil]] = {}
    for guardian, pupil, _ in school.families.relations:
        found.setdefault(guardian.key, []).append(pupil)
    return found


def _lessons(school: School, district: District) -> dict[str, list[Lesson]]:
    """Each teacher's lessons on the day of the demo, or (on a day without) all."""
    found: dict[bool, dict[str, list[Lesson]]] = {True: {}, False: {}}
    for lesson in school.lessons:
        if lesson.group.school_class.grade > 1 and not lesson.cancelled:
            found[lesson.day == district.today].setdefault(lesson.holder.key, []).append(lesson)
    return found[True] or found[False]


def _busiest(people: list[Employee], lessons: dict[str, list[Lesson]]) -> Employee:
    return max(people, key=lambda person: len(lessons.get(person.key, ())))


def _parent_of_two(school: School, parents: dict[str, list[Pupil]], preferred: list[Pupil]) -> Person:
    """An activated guardian, not of the staff, of two children with journals; rather one of ``preferred``."""
    able = [
        guardian
        for guardian in school.families.guardians
        if guardian.active
        and len(parents[guardian.key]) == 2
        and all(child.grade > 1 for child in parents[guardian.key])
    ]
    return max(able, key=lambda guardian: any(child in preferred for child in parents[guardian.key]))
