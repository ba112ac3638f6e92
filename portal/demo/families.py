"""Pupils in their classes, and their families: siblings, guardians, parents who teach at the same school."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from portal.demo.figures import SchoolFigures
from portal.demo.names import Name, invent_father, invent_name
from portal.demo.people import Employee, Person, Pupil
from portal.demo.rows import Rows

LETTERS = "АБВГДЕ"
FULL_CLASS = 22
"""Pupils a class has where a grade is split into parallel ones."""


@dataclass(eq=False)
class SchoolClass:
    """A class of one school year; its pupils by name."""

    key: str
    year: int
    grade: int
    letter: str
    shift: int = 1
    pupils: list[Pupil] = field(default_factory=list)
    teacher: Employee | None = None


def form_classes(rng: Random, school: str, figures: SchoolFigures, year: int) -> list[SchoolClass]:
    """Empty classes of a year: as many parallel ones as the number of pupils asks for."""
    parallel = max(1, round(figures.pupils_total / figures.last_grade / FULL_CLASS))
    return [
        SchoolClass(f"{school}-{year}-{grade}{LETTERS[n]}", year, grade, LETTERS[n])
        for grade in range(1, figures.last_grade + 1)
        for n in range(parallel)
    ]


def seats(rng: Random, classes: list[SchoolClass], pupils: int) -> list[SchoolClass]:
    """A class for every pupil: upper grades are smaller, no class is empty; shuffled."""
    weights = [rng.uniform(0.85, 1.15) * (0.55 if school_class.grade > 9 else 1.0) for school_class in classes]
    spare = pupils - len(classes)
    exact = [spare * weight / sum(weights) for weight in weights]
    sizes = [1 + int(share) for share in exact]
    by_rest = sorted(range(len(classes)), key=lambda n: int(exact[n]) - exact[n])
    for n in by_rest[: pupils - sum(sizes)]:
        sizes[n] += 1
    found = [school_class for school_class, size in zip(classes, sizes, strict=True) for _ in range(size)]
    rng.shuffle(found)
    return found


@dataclass(eq=False)
class Family:
    """Children of one surname and one father, and who answers for them."""

    surname: str
    father: str
    guardians: list[Person] = field(default_factory=list)
    children: list[Pupil] = field(default_factory=list)


@dataclass
class Families:
    """The school's pupils and guardians. ``guardians`` leaves out the staff among them."""

    pupils: list[Pupil]
    guardians: list[Person]
    relations: list[tuple[Person, Pupil, str]]


def settle(
    rng: Random,
    school: str,
    figures: SchoolFigures,
    classes: list[SchoolClass],
    parents_on_staff: list[Employee],
) -> Families:
    """Pupils for every seat, in families whose guardians are exactly as many as the figures tell."""
    free = seats(rng, classes, figures.pupils_total)
    outsiders = figures.guardians_total - len(parents_on_staff)
    couples = min(int(0.12 * figures.guardians_total), outsiders)
    headed: list[Employee | None] = [*parents_on_staff, *[None] * (outsiders - couples)]
    if len(headed) > len(free):
        raise ValueError(f"{figures.name}: more families than pupils")
    sizes = _sizes(rng, len(headed), len(free))
    families, pupils = [], []
    for parent, size in zip(headed + [None] * (len(sizes) - len(headed)), sizes, strict=True):
        family = _found(rng, parent)
        for _ in range(size):
            family.children.append(_born(rng, school, len(pupils), family, free))
            pupils.append(family.children[-1])
        _age(rng, parent, family)
        families.append(family)
    guardians = _guardians(rng, school, families[: len(headed)], couples)
    _choose_active(rng, figures, pupils, guardians, sum(person.active for person in parents_on_staff))
    for school_class in classes:
        school_class.pupils.sort(key=lambda pupil: (pupil.name.last, pupil.name.first, pupil.key))
    return Families(pupils, guardians, _relations(rng, families))


def _sizes(rng: Random, headed: int, pupils: int) -> list[int]:
    """Children of each family: first those with guardians (one at least), then the others."""
    sizes = [1] * headed
    spare = pupils - headed
    for n in range(headed):
        more = min(spare, rng.choices((0, 1, 2), (64, 30, 6))[0])
        sizes[n] += more
        spare -= more
    while spare:
        sizes.append(min(spare, rng.choices((1, 2), (75, 25))[0]))
        spare -= sizes[-1]
    return sizes


def _found(rng: Random, parent: Employee | None) -> Family:
    if parent is None:
        return Family(invent_name(rng, female=False).surname, invent_father(rng))
    father = invent_father(rng) if parent.name.female else parent.name.first
    return Family(parent.name.surname, father, [parent])


def _born(rng: Random, school: str, place: int, family: Family, free: list[SchoolClass]) -> Pupil:
    """The next child of a family on a free seat, at least two grades from its siblings' where one is left."""
    taken = [child.grade for child in family.children]
    best = len(free) - 1
    for n in range(len(free) - 1, max(-1, len(free) - 60), -1):
        if all(abs(free[n].grade - grade) > 1 for grade in taken):
            best = n
            break
    school_class = free.pop(best)
    born = date(school_class.year - school_class.grade - 6, 3, 1) + timedelta(days=rng.randrange(365))
    pupil = Pupil(
        key=f"{school}-p{place + 1:04d}",
        name=invent_name(rng, rng.random() < 0.49, family.surname, family.father),
        birth=born,
        grade=school_class.grade,
        ability=min(4.9, max(3.1, rng.gauss(4.0, 0.5))),
    )
    school_class.pupils.append(pupil)
    return pupil


def _age(rng: Random, parent: Employee | None, family: Family) -> None:
    """A parent on the staff is at least twenty years older than the eldest child."""
    eldest = min(child.birth for child in family.children)
    if parent is not None and parent.birth.year > eldest.year - 20:
        parent.birth = parent.birth.replace(year=eldest.year - rng.randint(20, 32), day=min(parent.birth.day, 28))


def _guardians(rng: Random, school: str, families: list[Family], couples: int) -> list[Person]:
    """Guardians of every family that has none yet, and a second one for some."""
    guardians: list[Person] = []
    doubled = set(rng.sample(range(len(families)), couples))
    for n, family in enumerate(families):
        wanted = (0 if family.guardians else 1) + (n in doubled)
        eldest = min(child.birth for child in family.children)
        for _ in range(wanted):
            known = family.guardians[0] if family.guardians else None
            female = not known.name.female if known else rng.random() < 0.8
            name = invent_name(rng, female, family.surname)
            if not female:
                name = Name(name.surname, family.father, name.middle, female)
            born = date(eldest.year - rng.randint(20, 36), rng.randint(1, 12), rng.randint(1, 28))
            guardian = Person(f"{school}-g{len(guardians) + 1:04d}", name, born)
            guardians.append(guardian)
            family.guardians.append(guardian)
        for child in family.children:
            child.guardians = family.guardians
    return guardians


def _choose_active(
    rng: Random, figures: SchoolFigures, pupils: list[Pupil], guardians: list[Person], active_staff: int
) -> None:
    """Older pupils come first to the portal; guardians as it happens."""
    order = sorted(pupils, key=lambda pupil: rng.random() - 0.06 * pupil.grade)
    for pupil in order[: figures.pupils_active]:
        pupil.active = True
    for guardian in rng.sample(guardians, figures.guardians_active - active_staff):
        guardian.active = True


def _relations(rng: Random, families: list[Family]) -> list[tuple[Person, Pupil, str]]:
    found = []
    for family in families:
        for n, guardian in enumerate(family.guardians):
            own = ("мать", "бабушка") if guardian.name.female else ("отец", "опекун")
            relation = own[0] if n or rng.random() < 0.95 else own[1]
            found += [(guardian, child, relation) for child in family.children]
    return found


def add_families(rows: Rows, families: Families) -> None:
    for guardian, pupil, relation in families.relations:
        rows.add("guardians", guardian.key, pupil.key, relation)
