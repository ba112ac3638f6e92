"""A school small enough to hold in the head: one class of three pupils, two teachers, an office above.

Monday of its lessons is 14 September 2026, the zone Europe/Moscow; the clock stands at Wednesday noon.
Every person signs in with their word as login and :data:`PASSWORD`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta

from argon2 import PasswordHasher
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from portal.extensions import db
from portal.models.accounts import Account
from portal.models.journal import GroupMember, Lesson, Subject, TeachingGroup, WorkType
from portal.models.organisation import AcademicYear, Municipality, Period, Region, School
from portal.models.people import Enrolment, Guardianship, OfficePost, Person, SchoolClass, StaffPost
from portal.models.showcase import SchoolEvent
from portal.operations.accounts import login_key
from portal.operations.calendar import ensure_calendar
from portal.values.deadlines import lesson_deadlines
from portal.values.names import sort_key

PASSWORD = "sekret-sekret"
MONDAY = date(2026, 9, 14)
NOON = datetime(2026, 9, 16, 9, 0, tzinfo=UTC)  # Wednesday 12:00 in Moscow
ZONE = "Europe/Moscow"
_HASH = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1).hash(PASSWORD)  # cheap: every test signs in


@dataclass
class SmallSchool:
    """Ids by word: people, schools, classes, groups, lessons (``"math-1"`` is Monday's first)."""

    region: int = 0
    municipality: int = 0
    school: int = 0
    other_municipality: int = 0
    other_school: int = 0
    people: dict[str, int] = field(default_factory=dict)
    classes: dict[str, int] = field(default_factory=dict)
    groups: dict[str, int] = field(default_factory=dict)
    lessons: dict[str, int] = field(default_factory=dict)
    work_types: dict[str, int] = field(default_factory=dict)
    events: dict[str, int] = field(default_factory=dict)
    quarter: int = 0


def person(small: SmallSchool, word: str, last: str, first: str, *, account: bool = True) -> int:
    """A person, with a login equal to the word unless told otherwise."""
    row = Person(key=word, last_name=last, first_name=first, sort_key=sort_key(last, first))
    db.session.add(row)
    db.session.flush()
    if account:
        row.activated_at = datetime(2026, 9, 1, tzinfo=UTC)
        db.session.add(
            Account(
                person_id=row.id,
                login=word,
                login_key=login_key(word),
                password_hash=_HASH,
                epoch=1,
                created_at=datetime(2026, 9, 1, tzinfo=UTC),
            )
        )
    small.people[word] = row.id
    return row.id


def lesson(small: SmallSchool, word: str, group: str, day: date, number: int, **more: object) -> int:
    """A lesson of a group with its stored deadlines."""
    found = db.session.get(TeachingGroup, small.groups[group])
    assert found is not None
    deadlines = lesson_deadlines(day, ZONE, 1)
    row = Lesson(
        key=f"lesson-{word}", group_id=found.id, school_id=found.school_id, class_id=found.class_id,
        date=day, number=number, starts_at=time(7 + number, 30), ends_at=time(8 + number, 15), status="planned",
        week_start=deadlines.week_start, day_starts_at=deadlines.day_starts_at, marks_due_at=deadlines.marks_due_at,
        homework_from_at=deadlines.homework_from_at, homework_due_at=deadlines.homework_due_at, **more,
    )  # fmt: skip
    db.session.add(row)
    db.session.flush()
    small.lessons[word] = row.id
    return row.id


def group(small: SmallSchool, word: str, school_class: str, subject: str, teacher: str, **more: object) -> int:
    """A teaching group; makes the subject when it is new."""
    found = db.session.scalar(select(Subject).where(Subject.name == subject))
    if found is None:
        found = Subject(key=f"subject-{subject}", name=subject)
        db.session.add(found)
        db.session.flush()
    row = TeachingGroup(
        key=f"group-{word}", class_id=small.classes[school_class], subject_id=found.id,
        teacher_id=small.people[teacher], **{"school_id": small.school, **more},
    )  # fmt: skip
    db.session.add(row)
    db.session.flush()
    small.groups[word] = row.id
    return row.id


def build() -> SmallSchool:
    """Fill the current database and commit. Needs an application context."""
    small = SmallSchool()
    ensure_calendar([ZONE])
    _offices_and_schools(small)
    for word, last, first, post, teaching in (
        ("head", "Директоров", "Павел", "Директор", False),
        ("deputy", "Завучева", "Инна", "Завуч", True),
        ("administrator", "Админова", "Ольга", "Администратор ЭЖД", False),
        ("teacher", "Учителева", "Анна", "Учитель", True),
        ("class-teacher", "Класснова", "Вера", "Учитель", True),
        ("substitute", "Заменов", "Олег", "Учитель", True),
    ):
        person(small, word, last, first)
        _post(small, small.school, word, post, teaching)
    person(small, "other-teacher", "Чужой", "Иван")
    _post(small, small.other_school, "other-teacher", "Учитель", True)
    _class_and_families(small)
    group(small, "math", "5a", "Математика", "teacher")
    group(small, "russian", "5a", "Русский язык", "class-teacher")
    english = group(small, "english", "5a", "Английский язык", "teacher", subgroup="1")
    db.session.add(GroupMember(group_id=english, person_id=small.people["pupil"]))
    for n in range(5):  # Monday to Friday, this week and the next
        for week in range(2):
            day = MONDAY + timedelta(days=n + 7 * week)
            lesson(small, f"math-{n + 1 + 5 * week}", "math", day, 1)
            lesson(small, f"russian-{n + 1 + 5 * week}", "russian", day, 2)
    lesson(small, "english-1", "english", MONDAY + timedelta(days=1), 3, substitute_id=small.people["substitute"])
    group(small, "other-math", "other-5a", "Математика", "other-teacher", school_id=small.other_school)
    lesson(small, "other-1", "other-math", MONDAY, 1)
    _events(small)
    small.work_types = {row.name: row.id for row in db.session.scalars(select(WorkType))}
    db.session.commit()
    return small


def _offices_and_schools(small: SmallSchool) -> None:
    region = Region(key="region", name="Озёрная область")
    db.session.add(region)
    db.session.flush()
    near = Municipality(key="near", region_id=region.id, name="Ближний район")
    far = Municipality(key="far", region_id=region.id, name="Дальний район")
    db.session.add_all([near, far])
    db.session.flush()
    schools = []
    for key, unit, name in (("school", near, "Школа № 1"), ("other", far, "Школа № 2")):
        school = School(
            key=key,
            municipality_id=unit.id,
            name=name,
            sort_key=sort_key(name),
            timezone=ZONE,
            shifts=1,
            kind="СОШ",
        )
        db.session.add(school)
        schools.append(school)
    db.session.flush()
    small.region, small.municipality, small.other_municipality = region.id, near.id, far.id
    small.school, small.other_school = schools[0].id, schools[1].id
    for school_id in (small.school, small.other_school):
        db.session.add(
            AcademicYear(school_id=school_id, year=2026, starts_on=date(2026, 9, 1), ends_on=date(2027, 5, 31))
        )
    quarter = Period(
        key="q1", school_id=small.school, year=2026, kind="quarter", number=1,
        starts_on=date(2026, 9, 1), ends_on=date(2026, 10, 25),
    )  # fmt: skip
    db.session.add(quarter)
    db.session.flush()
    small.quarter = quarter.id
    for word, last, unit in (
        ("regional", "Областнова", {"region_id": region.id}),
        ("municipal", "Районова", {"municipality_id": near.id}),
        ("other-municipal", "Дальнева", {"municipality_id": far.id}),
    ):
        db.session.add(OfficePost(person_id=person(small, word, last, "Нина"), post="Специалист", **unit))


def _post(small: SmallSchool, school_id: int, word: str, post: str, teaching: bool) -> None:
    db.session.add(StaffPost(school_id=school_id, person_id=small.people[word], post=post, teaching=teaching))


def _events(small: SmallSchool) -> None:
    for word, school_id in (("meeting", small.school), ("other-meeting", small.other_school)):
        event = SchoolEvent(
            key=word, school_id=school_id, title="Родительское собрание", held_on=MONDAY + timedelta(days=3),
            place="Актовый зал", audience="Родители 5 классов", created_at=datetime(2026, 9, 1, tzinfo=UTC),
        )  # fmt: skip
        db.session.add(event)
        db.session.flush()
        small.events[word] = event.id


def _class_and_families(small: SmallSchool) -> None:
    school_class = SchoolClass(
        key="5a", school_id=small.school, year=2026, grade=5, letter="А",
        class_teacher_id=small.people["class-teacher"],
    )  # fmt: skip
    foreign = SchoolClass(key="other-5a", school_id=small.other_school, year=2026, grade=5, letter="А")
    db.session.add_all([school_class, foreign])
    db.session.flush()
    small.classes = {"5a": school_class.id, "other-5a": foreign.id}
    for word, last, first, class_word in (
        ("pupil", "Ёлкина", "Мария", "5a"),
        ("pupil-2", "Берёзов", "Пётр", "5a"),
        ("pupil-3", "Яблокова", "Анна", "5a"),
        ("other-pupil", "Далёкий", "Глеб", "other-5a"),
    ):
        pupil_id = person(small, word, last, first)
        db.session.add(Enrolment(class_id=small.classes[class_word], person_id=pupil_id, enrolled_on=date(2026, 9, 1)))
    for word, last, pupils in (
        ("guardian", "Ёлкина", ("pupil", "pupil-2")),
        ("other-guardian", "Далёкая", ("other-pupil",)),
    ):
        guardian_id = person(small, word, last, "Ирина")
        for pupil in pupils:
            db.session.add(Guardianship(guardian_id=guardian_id, pupil_id=small.people[pupil], relation="мать"))


_CSRF = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')


def sign_in(app: Flask, login: str, password: str = PASSWORD) -> FlaskClient:
    """A browser signed in through the sign-in page, as a person would."""
    client = app.test_client()
    answer = client.post("/login", data={"login": login, "password": password, "csrf_token": csrf(client, "/login")})
    assert answer.status_code == 303, answer.get_data(as_text=True)
    return client


def csrf(client: FlaskClient, path: str) -> str:
    """The CSRF token of a page's form."""
    match = _CSRF.search(client.get(path).get_data(as_text=True))
    assert match, f"no form on {path}"
    return match[1]
