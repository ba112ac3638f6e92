"""Who is at a school: staff with their posts, pupils, guardians; exactly as many, and as many activated, as told."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from portal.demo import requisites
from portal.demo.figures import SchoolFigures
from portal.demo.names import Name, invent_name
from portal.demo.rows import Clock, Rows

HEAD, DEPUTY, STUDIES, TEACHER, ADMINISTRATOR = (
    "Директор", "Заместитель директора", "Завуч", "Учитель", "Администратор ЭЖД",
)  # fmt: skip


@dataclass(eq=False)
class Person:
    """A person with a name and a life. ``activated`` and ``esia`` are moments of the demo's clock, or none."""

    key: str
    name: Name
    birth: date
    active: bool = False
    activated: int | None = None
    esia: int | None = None


@dataclass(eq=False)
class Employee(Person):
    """One of the staff. ``teaches`` says whether they hold the post «Учитель»; ``children`` learn at the school."""

    posts: list[str] = field(default_factory=list)
    category: str = "none"
    hired: date = date.min
    area: str = ""
    load: int = 0
    diligence: float = 0.0

    @property
    def teaches(self) -> bool:
        return TEACHER in self.posts


@dataclass(eq=False)
class Pupil(Person):
    """A pupil. ``ability`` is the mark they tend to; ``place`` is their seat in the list of their class."""

    grade: int = 0
    ability: float = 4.0
    guardians: list[Person] = field(default_factory=list)


def hire(rng: Random, school: str, figures: SchoolFigures, year: int) -> list[Employee]:
    """The staff with their posts, those without an account last among the teachers, parents not yet chosen."""
    offices = [HEAD] * figures.heads + [STUDIES] * figures.heads_of_studies + [DEPUTY] * figures.deputy_heads
    without_lessons = figures.staff_total - figures.teachers
    staff = []
    for place in range(figures.staff_total):
        office = offices[place] if place < len(offices) else None
        birth = date(year - rng.randint(25, 66), 1, 1) + timedelta(days=rng.randrange(365))
        career = birth + timedelta(days=365 * 23 + rng.randrange(900))
        hired = date(rng.randint(career.year, year), 9, 1) if career.year < year else date(year, 8, 25)
        person = Employee(
            key=f"{school}-t{place + 1:03d}",
            name=invent_name(rng, female=rng.random() < (0.4 if office == HEAD else 0.76)),
            birth=birth,
            posts=[post for post in (office, TEACHER if place >= without_lessons else None) if post],
            category=rng.choices(("highest", "first", "none"), (25, 30, 45))[0],
            hired=min(hired, date(year, 8, 25)),
        )
        staff.append(person)
    idle = set(rng.sample(staff[len(offices) :], figures.staff_total - figures.staff_active))
    for person in staff:
        person.active = person not in idle
    return staff


def choose_parents(rng: Random, staff: list[Employee], figures: SchoolFigures) -> list[Employee]:
    """Those of the staff whose children learn here: as many activated and not as the figures tell."""
    active = [person for person in staff if person.active and HEAD not in person.posts]
    idle = [person for person in staff if not person.active]
    count = figures.active_parents_on_staff
    if count > len(active):  # only the head is left to be one too
        active = [person for person in staff if person.active]
    return rng.sample(active, count) + rng.sample(idle, figures.parents_on_staff - count)


def activate(rng: Random, people: list[Person], clock: Clock, esia_share: float) -> None:
    """Moments of activation for the active: most before this school year, some in the last weeks."""
    for person in people:
        if person.active:
            days_ago = rng.randint(1, 45) if rng.random() < 0.15 else rng.randint(46, 420)
            person.activated = clock.now - days_ago * 86_400 + rng.randrange(8 * 3600, 22 * 3600)
            if rng.random() < esia_share:
                person.esia = min(person.activated + rng.randrange(60, 20 * 86_400), clock.now - 3600)


def add_people(
    rng: Random, rows: Rows, people: list[Person], clock: Clock, year: int, *, keeps_papers: bool = False
) -> None:
    """Rows of ``people``: documents and numbers for some, documents for all in a school that ``keeps_papers``."""
    for person in people:
        grown = year - person.birth.year > 14
        document = rng.random() < 0.7 or keeps_papers
        paper = "passport" if grown else "birth_certificate"
        number = requisites.passport(rng) if grown else requisites.birth_certificate(rng)
        rows.add(
            "people",
            person.key,
            person.name.last,
            person.name.first,
            person.name.middle,
            person.birth.isoformat(),
            requisites.snils(rng) if rng.random() < 0.6 else None,
            paper if document else None,
            number if document else None,
            None,
            None,
            None if person.activated is None else clock.text(person.activated),
            None if person.esia is None else clock.text(person.esia),
        )


def add_staff(rows: Rows, school: str, staff: list[Employee]) -> None:
    """Rows of posts. Teaching: the post «Учитель», and the head's or deputy's where it is the only one."""
    for person in staff:
        for post in person.posts:
            teaching = post == TEACHER or (not person.teaches and post != ADMINISTRATOR)
            category = person.category if teaching else None
            rows.add("staff", school, person.key, post, int(teaching), category, person.hired.isoformat())
