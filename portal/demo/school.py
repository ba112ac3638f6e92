"""One school of the district, made whole: people, classes, lessons, journal, diaries, history."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from random import Random

from portal.demo import families, history, lessons, loads, people, timetable
from portal.demo.families import Families, SchoolClass
from portal.demo.figures import SchoolFigures
from portal.demo.habits import Habit, habit_of
from portal.demo.journal import Journal
from portal.demo.lessons import Lesson
from portal.demo.people import ADMINISTRATOR, Employee, Person
from portal.demo.period_marks import PeriodMarks, add_periods
from portal.demo.requisites import Requisites
from portal.demo.rows import DAY_SECONDS, Clock, Rows
from portal.demo.school_year import SchoolYear, Span, Weeks, monday_of, year_of
from portal.demo.visits import Visits, open_diaries

ZONE = "Europe/Moscow"
SECOND_SHIFT_GRADES = frozenset({3, 6, 7})
FORGOTTEN_GRADE, NOT_MOVED_UP = 7, 3
"""In the school that forgets pupils: the grade they should be in, and how many are still in last year's class."""


@dataclass(frozen=True, slots=True)
class Setting:
    """What a school is told: its key and place in the district, its shifts, whether it is on vacation this week,
    whether some pupils were forgotten in last year's class, whether everybody's document is recorded.
    """

    key: str
    name: str
    place: int
    shifts: int = 1
    on_vacation: bool = False
    forgets_pupils: bool = False
    keeps_papers: bool = False


@dataclass
class School:
    """What was made, for whoever chooses sign-ins or checks figures."""

    setting: Setting
    figures: SchoolFigures
    habit: Habit
    staff: list[Employee]
    families: Families
    classes: list[SchoolClass]
    lessons: list[Lesson] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Frame:
    """What all schools share."""

    seed: str
    weeks: Weeks
    clock: Clock
    municipality: str

    def rng(self, *parts: str) -> Random:
        """A source of chance of its own for every school and part, so that one never disturbs another."""
        return Random("/".join((self.seed, *parts)))  # noqa: S311 - invented data, not a secret


def make_school(frame: Frame, rows: Rows, setting: Setting, figures: SchoolFigures) -> School:
    """Invent one school and write its rows."""
    rng = frame.rng(setting.key, "people")
    year = frame.weeks.year
    staff = people.hire(rng, setting.key, figures, year)
    classes = families.form_classes(rng, setting.key, figures, year)
    for school_class in classes:
        if setting.shifts == 2 and school_class.grade in SECOND_SHIFT_GRADES:
            school_class.shift = 2
    home = families.settle(rng, setting.key, figures, classes, people.choose_parents(rng, staff, figures))
    school = School(setting, figures, habit_of(frame.rng(setting.key, "habit"), figures), staff, home, classes)
    everybody: list[Person] = [*staff, *home.pupils, *home.guardians]
    people.activate(rng, everybody, frame.clock, esia_share=0.15 + 0.5 * school.habit.level)
    _add_school(frame, rows, school)
    visits = Visits()
    _teach(frame, rows, school, visits)
    people.add_people(rng, rows, everybody, frame.clock, year, keeps_papers=setting.keeps_papers)
    people.add_staff(rows, setting.key, staff)
    families.add_families(rows, home)
    _look_in(frame, rows, school, visits)
    past = list(frame.weeks.history)
    chance = frame.rng(setting.key, "history")
    history.add_history(chance, rows, setting.key, past, figures=figures, habit=school.habit)
    visits.write(rows, frame.clock)
    return school


def years_of(frame: Frame, setting: Setting) -> dict[int, SchoolYear]:
    """The present school year, with the school's own vacation, and the one before it."""
    monday = monday_of(frame.weeks.today)
    present = SchoolYear(frame.weeks.year)
    if setting.on_vacation and present.lesson_days(monday):
        extra = Span("Дополнительные каникулы", monday, date.fromordinal(monday.toordinal() + 6))
        present = SchoolYear(present.year, (extra,))
    return {present.year - 1: SchoolYear(present.year - 1), present.year: present}


def _add_school(frame: Frame, rows: Rows, school: School) -> None:
    setting, figures = school.setting, school.figures
    profile = Requisites.invent(frame.rng(setting.key, "profile"), figures.settlement, setting.place)
    rows.add(
        "schools", setting.key, frame.municipality, setting.name, figures.kind, ZONE, setting.shifts,
        profile.inn, profile.kpp, profile.ogrn, profile.oktmo, profile.address, figures.pupils_total,
    )  # fmt: skip
    for year in years_of(frame, setting).values():
        rows.add("academic_years", setting.key, year.year, year.starts_on, year.ends_on)
        add_periods(rows, setting.key, year, figures.last_grade)
        for vacation in year.vacations:
            rows.add("vacations", setting.key, vacation.name, vacation.first, vacation.last)


def _teach(frame: Frame, rows: Rows, school: School, visits: Visits) -> None:
    """Classes, groups, timetable and journal of every school year the weeks touch; the present one last."""
    mondays = [*frame.weeks.taught, *frame.weeks.coming]
    journal = Journal(frame.rng(school.setting.key, "journal"), rows, frame.clock, school.habit, visits)
    years = years_of(frame, school.setting)
    for number, year in years.items():
        own = [monday for monday in mondays if _belongs(monday, number)]
        present = number == frame.weeks.year
        if not own and not present:
            continue
        classes = school.classes if present else _last_years(school.classes, school.setting.key)
        rng = frame.rng(school.setting.key, "lessons", str(number))
        alone = present and not any(_belongs(monday, number - 1) for monday in mondays)
        if school.setting.forgets_pupils and alone:
            _forget(rows, school)
        blocks = loads.divide(rng, classes, school.staff)
        _enrol(rows, school, classes, present)
        loads.add_groups(rows, blocks)
        shown = [c for c in classes if rng.random() < school.habit.timetable]
        tables = timetable.compose(rng, shown, blocks)
        held = lessons.hold_lessons(rng, year, own, classes=shown, tables=tables, staff=school.staff)
        journal.keep(held)
        lessons.add_lessons(rows, held)
        school.lessons += held
        if present:
            groups = [group for kept in shown for block in blocks[kept.key] for group in block.groups]
            marks = PeriodMarks(frame.rng(school.setting.key, "periods"), rows, frame.clock, school.habit, visits)
            marks.set_all(school.setting.key, year, groups)
            _appoint_administrator(school)


def _belongs(monday: date, year: int) -> bool:
    """Whether a week's lessons lie in a school year (a week around 1 September lies in the new one)."""
    return year_of(date.fromordinal(monday.toordinal() + 5)) == year


def _last_years(classes: list[SchoolClass], school: str) -> list[SchoolClass]:
    """Last year's classes of those who are here now: a grade lower, the same pupils."""
    return [
        SchoolClass(f"{school}-{c.year - 1}-{c.grade - 1}{c.letter}", c.year - 1, c.grade - 1, c.letter, 1, c.pupils)
        for c in classes
        if c.grade > 1
    ]


def _enrol(rows: Rows, school: School, classes: list[SchoolClass], present: bool) -> None:
    """Classes with their pupils; last year's pupils left when the new year began."""
    moved_up = None if present else date(classes[0].year + 1, 9, 1)
    for school_class in classes:
        teacher = school_class.teacher.key if school_class.teacher else None
        own = (school_class.year, school_class.grade, school_class.letter, teacher)
        rows.add("classes", school_class.key, school.setting.key, *own)
        since = date(school_class.year, 9, 1)
        for pupil in school_class.pupils:
            rows.add("enrolments", school_class.key, pupil.key, since, moved_up)


def _forget(rows: Rows, school: School) -> None:
    """Some of grade 7 were not moved up: still in last year's class, in no journal of this year."""
    school_class = next(found for found in school.classes if found.grade == FORGOTTEN_GRADE)
    year, grade = school_class.year - 1, school_class.grade - 1
    key = f"{school.setting.key}-{year}-{grade}{school_class.letter}"
    rows.add("classes", key, school.setting.key, year, grade, school_class.letter, None)
    for pupil in school_class.pupils[:NOT_MOVED_UP]:
        rows.add("enrolments", key, pupil.key, date(year, 9, 1), None)
    del school_class.pupils[:NOT_MOVED_UP]


def _appoint_administrator(school: School) -> None:
    """The journal's administrator: an active teacher of computing, or any."""
    able = [person for person in school.staff if person.active and person.teaches and len(person.posts) == 1]
    best = next((person for person in able if person.area == "informatics"), able[-1])
    best.posts.append(ADMINISTRATOR)


def _look_in(frame: Frame, rows: Rows, school: School, visits: Visits) -> None:
    """Families open diaries; staff look in now and then."""
    rng, clock = frame.rng(school.setting.key, "visits"), frame.clock
    mondays = [monday.toordinal() for monday in frame.weeks.taught]
    open_diaries(rng, rows, clock, habit=school.habit, pupils=school.families.pupils, mondays=mondays, visits=visits)
    share = 0.02 + 0.25 * school.habit.level
    today = clock.now // DAY_SECONDS
    for monday in mondays:
        for day in range(monday, min(monday + 6, today)):
            for person in school.staff:
                if person.activated and day * DAY_SECONDS > person.activated and rng.random() < share:
                    visits.note(person.key, day * DAY_SECONDS + rng.randrange(7 * 3600, 20 * 3600))
