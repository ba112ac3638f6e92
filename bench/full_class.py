"""A class as full as a real one, added to the demo's first school: 30 pupils, a journal of 25 lessons, a diary of 36.

The demo's own classes are small. Its journal has as many weeks of history before the present quarter as the demo.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from bench.moment import TODAY
from portal.demo.rows import Clock, Rows
from portal.demo.school_year import SchoolYear, monday_of, year_of

PUPILS, LESSONS, SUBJECTS = 30, 25, 6
TEACHER, GUARDIAN, JOURNAL, PUPIL = "full-teacher", "full-guardian", "full-g0", "full-p0"
VALUES = ("5", "4", "3", "4", "5", "2", "4")
TYPES = ("Ответ на уроке", "Работа на уроке", "Домашняя работа", "Контрольная работа")
CLASS, CLOCK = "full-8", Clock(TODAY)


def add_full_class(rows: Rows, school: str, weeks: int) -> None:
    """Rows of the class, its teacher, a guardian, its groups and their lessons."""
    year = year_of(TODAY)
    activated = CLOCK.text(Clock.at(date(year, 9, 5), 12))
    for key, last in ((TEACHER, "Полнова"), (GUARDIAN, "Абрикосова")):
        rows.add("people", key, last, "Мария", "Петровна", "1985-05-06", *[None] * 5, activated)
    rows.add("staff", school, TEACHER, "Учитель", 1, "first", date(year, 8, 20))
    rows.add("classes", CLASS, school, year, 8, "Я", TEACHER)
    for n in range(PUPILS):
        rows.add("people", f"full-p{n}", f"Абрикосов{n}", "Пётр", "Ильич", "2012-05-06", *[None] * 5, activated)
        rows.add("enrolments", CLASS, f"full-p{n}", date(year, 9, 1))
    rows.add("guardians", GUARDIAN, PUPIL, "мать")
    for n in range(SUBJECTS):
        rows.add("subjects", f"full-u{n}", f"Предмет полного класса {n + 1}")
        rows.add("groups", f"full-g{n}", CLASS, f"full-u{n}", TEACHER)
    _hold_journal(rows, weeks)
    _hold_week(rows)


def _hold_journal(rows: Rows, weeks: int) -> None:
    """Twenty-five lessons of the present quarter, and four a week before it."""
    quarter = next(span for span in SchoolYear(year_of(TODAY)).quarters if TODAY in span)
    days = [quarter.first + timedelta(days=n) for n in range((TODAY - quarter.first).days)]
    days = [day for day in days if day.weekday() < 6]
    present = [(days[n * len(days) // LESSONS], n) for n in range(LESSONS)]
    past = [
        (quarter.first - timedelta(weeks=week + 1, days=-day), week * 4 + day) for week in range(weeks) for day in range(4)
    ]  # fmt: skip
    for place, (day, n) in enumerate([*present, *past]):
        key = f"full-j{place}"
        _add_lesson(rows, key, JOURNAL, day, 7 + n % 5, place)
        _fill_cells(rows, key, day, range(PUPILS), place)


def _hold_week(rows: Rows) -> None:
    """Six lessons on each day of this week and the next, with topics and homework; marks of those held."""
    for n in range(12 * SUBJECTS):
        day = monday_of(TODAY) + timedelta(days=n // SUBJECTS + n // SUBJECTS // 6)
        key, group = f"full-w{n}", f"full-g{n % SUBJECTS}"
        _add_lesson(rows, key, group, day, 1 + n % SUBJECTS, n)
        rows.add("homework", f"full-h{n}", key, f"§ {n + 7}, вопросы 1–{n % 5 + 3}: записать выводы в тетрадь",
                 CLOCK.text(Clock.at(day - timedelta(days=1), 14)))  # fmt: skip
        if day < TODAY:
            _fill_cells(rows, key, day, range(3), n)


def _add_lesson(rows: Rows, key: str, group: str, day: date, number: int, n: int) -> None:
    hour = 7 + number
    rows.add("lessons", key, group, day, number, f"{hour:02}:30", f"{hour + 1:02}:15", "planned",
             f"Сила трения. Трение покоя и скольжения, часть {n}", None, 1, None, str(200 + n % 40))  # fmt: skip


def _fill_cells(rows: Rows, lesson: str, day: date, pupils: Iterable[int], salt: int) -> None:
    """A mark in two cells of three, an absence in one of eleven."""
    at = CLOCK.text(Clock.at(day, 12))
    for n in pupils:
        chance = (n * 7 + salt * 5 + n * salt) % 11
        if chance == 1:
            rows.add("attendance", lesson, f"full-p{n}", "НБУО"[salt % 4], at)
        elif chance < 8:
            rows.add("marks", f"{lesson}-{n}", lesson, f"full-p{n}", VALUES[(n + salt) % 7], TYPES[(n + salt) % 4], at)
