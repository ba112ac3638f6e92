"""The demo district: a region, a municipality, and its schools; the same seed and day give the same rows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from random import Random

from portal.demo import history
from portal.demo.curriculum import load_subjects
from portal.demo.figures import SchoolFigures, load_figures
from portal.demo.names import invent_name
from portal.demo.people import Person, activate, add_people
from portal.demo.requisites import MUNICIPALITY_OKTMO
from portal.demo.rows import Clock, Rows
from portal.demo.school import Frame, School, Setting, make_school
from portal.demo.school_year import plan_weeks

REGION, MUNICIPALITY, FIRST_SCHOOL = "r05", "m27", "s01"
REGION_NAME, MUNICIPALITY_NAME = "Республика Дагестан", "Сергокалинский район"
TWO_SHIFTS = ('МКОУ "Сергокалинская СОШ №2"', 'МКОУ "Мюрегинская СОШ"')
ON_VACATION = 'МКОУ "Маммаульская СОШ"'
FORGETS_PUPILS = 'МКОУ "Кичигамринская СОШ"'
KEEPS_PAPERS = 'МКОУ "Балтамахинская СОШ"'
OFFICES = (
    (REGION, "Специалист министерства образования"),
    (MUNICIPALITY, "Специалист управления образования"),
    (MUNICIPALITY, "Методист управления образования"),
)
DEFAULT_SEED, DEFAULT_WEEKS = "2020", 6

Progress = Callable[[int, int], None]
"""Called with schools made so far and in all."""


@dataclass
class District:
    """The rows, and the people to choose sign-ins from."""

    today: date
    rows: Rows
    schools: list[School]
    officers: list[Person]


def make_district(
    today: date,
    *,
    seed: str = DEFAULT_SEED,
    weeks: int = DEFAULT_WEEKS,
    schools: int | None = None,
    progress: Progress | None = None,
) -> District:
    """Invent the district as it stands on the morning of ``today``.

    ``weeks`` whole school weeks of journal before this one. ``schools``: fewer than the real 22 takes the
    first, more repeats them under further names (for measuring). ``ValueError`` for less than one of either.
    """
    figures = load_figures()
    count = len(figures) if schools is None else schools
    if count < 1 or weeks < 1:
        raise ValueError("a district has at least one school and one week")
    rows, clock = Rows(), Clock(today)
    frame = Frame(f"{seed}/{today.isoformat()}", plan_weeks(today, weeks), clock, MUNICIPALITY)
    officers = _add_offices(frame, rows)
    made = []
    for place in range(count):
        own = figures[place % len(figures)]
        made.append(make_school(frame, rows, _setting(place, own, place // len(figures)), own))
        if progress:
            progress(place + 1, count)
    return District(today, rows, made, officers)


def _setting(place: int, figures: SchoolFigures, copy: int) -> Setting:
    return Setting(
        key=f"s{place + 1:02d}",
        name=figures.name if not copy else f"{figures.name} ({copy + 1})",
        place=place,
        shifts=2 if figures.name in TWO_SHIFTS else 1,
        on_vacation=figures.name == ON_VACATION,
        forgets_pupils=figures.name == FORGETS_PUPILS,
        keeps_papers=figures.name == KEEPS_PAPERS,
    )


def _add_offices(frame: Frame, rows: Rows) -> list[Person]:
    rows.add("regions", REGION, REGION_NAME)
    rows.add("municipalities", MUNICIPALITY, REGION, MUNICIPALITY_NAME, MUNICIPALITY_OKTMO)
    for subject in load_subjects():
        rows.add("subjects", subject.key, subject.name)
    history.add_profile(rows, REGION)
    rng = frame.rng("offices")
    officers = [_officer(rng, place, frame.weeks.year) for place in range(len(OFFICES))]
    activate(rng, officers, frame.clock, esia_share=0.5)
    add_people(rng, rows, officers, frame.clock, frame.weeks.year)
    for officer, (unit, post) in zip(officers, OFFICES, strict=True):
        rows.add("office_staff", unit, officer.key, post)
    return officers


def _officer(rng: Random, place: int, year: int) -> Person:
    born = date(year - rng.randint(30, 55), rng.randint(1, 12), rng.randint(1, 28))
    return Person(f"o{place + 1:02d}", invent_name(rng, female=True), born, active=True)
