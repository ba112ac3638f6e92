"""Dated lessons from the timetable; some cancelled, moved to another day, or held by a substitute."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from portal.demo.families import SchoolClass
from portal.demo.loads import Group
from portal.demo.people import Employee
from portal.demo.rows import Clock, Rows
from portal.demo.school_year import SchoolYear
from portal.demo.timetable import SECOND_SHIFT_FROM, Timetable

BELLS = (
    (8, 0), (8, 55), (10, 0), (11, 0), (11, 55), (12, 50), (13, 45), (14, 40), (15, 40), (16, 35), (17, 25), (18, 15),
)  # fmt: skip
"""When lessons 1…12 begin; 45 minutes each, 40 in grade 1."""
ILLNESS, MOVE = 0.03, 0.012
"""How likely a teacher is ill on some day of a week, and a class's last lesson of a day is moved to a later one."""


@dataclass(eq=False)
class Lesson:
    """A lesson on its date. ``ordinal`` counts the group's lessons of the year; the journal fills the rest."""

    key: str
    group: Group
    day: date
    number: int
    cancelled: bool = False
    substitute: Employee | None = None
    moved_from: date | None = None
    ordinal: int = 0
    topic: str = ""
    comment: str = ""
    conducted: bool = False

    @property
    def begins(self) -> int:
        hour, minute = BELLS[self.number - 1]
        return Clock.at(self.day, hour, minute)

    @property
    def ends(self) -> int:
        return self.begins + (40 if self.group.school_class.grade == 1 else 45) * 60

    @property
    def holder(self) -> Employee:
        """Who fills the journal: the substitute, or the group's own teacher."""
        return self.substitute or self.group.teacher


@dataclass
class Diary:
    """All lessons of a school, and where its teachers are."""

    lessons: list[Lesson] = field(default_factory=list)
    busy: dict[tuple[date, int], set[str]] = field(default_factory=dict)

    def hold(self, lesson: Lesson) -> None:
        self.lessons.append(lesson)
        self.busy.setdefault((lesson.day, lesson.number), set()).add(lesson.holder.key)

    def is_free(self, person: Employee, day: date, number: int) -> bool:
        return person.key not in self.busy.get((day, number), ())


def hold_lessons(
    rng: Random,
    year: SchoolYear,
    mondays: list[date],
    *,
    classes: list[SchoolClass],
    tables: dict[str, Timetable],
    staff: list[Employee],
) -> list[Lesson]:
    """Lessons of the given weeks, in the order of time for each group."""
    diary = Diary()
    by_week: dict[date, list[Lesson]] = {}
    for monday in mondays:
        for day in year.lesson_days(monday):
            for school_class in classes:
                for (weekday, number), block in tables.get(school_class.key, {}).items():
                    if weekday == day.weekday():
                        for group in block.groups:
                            lesson = Lesson(f"{group.key}-{day:%y%m%d}-{number}", group, day, number)
                            diary.hold(lesson)
                            by_week.setdefault(monday, []).append(lesson)
    two_shifts = any(school_class.shift == 2 for school_class in classes)
    for monday, lessons in by_week.items():
        touched = _fall_ill(rng, diary, lessons, staff)
        _move_some(rng, diary, lessons, year.lesson_days(monday), touched=touched, two_shifts=two_shifts)
    diary.lessons.sort(key=lambda lesson: (lesson.group.key, lesson.day, lesson.number))
    _count(diary.lessons, year)
    return diary.lessons


def _last_of_day(lessons: list[Lesson]) -> dict[tuple[str, date], int]:
    """The number of each class's last lesson of a day."""
    last: dict[tuple[str, date], int] = {}
    for lesson in lessons:
        place = (lesson.group.school_class.key, lesson.day)
        last[place] = max(last.get(place, 0), lesson.number)
    return last


def _fall_ill(rng: Random, diary: Diary, lessons: list[Lesson], staff: list[Employee]) -> set[tuple[str, date]]:
    """Substitutes for teachers who are ill on a day; a class's last lesson may be cancelled instead."""
    touched: set[tuple[str, date]] = set()
    last = _last_of_day(lessons)
    days = sorted({lesson.day for lesson in lessons})
    ill = {person.key: rng.choice(days) for person in staff if rng.random() < ILLNESS}
    for lesson in lessons:
        if ill.get(lesson.group.teacher.key) != lesson.day:
            continue
        place = (lesson.group.school_class.key, lesson.day)
        touched.add(place)
        if last[place] == lesson.number and not lesson.group.subgroup and rng.random() < 0.5:
            lesson.cancelled = True
            continue
        able = [
            person
            for person in staff
            if person.teaches and person.key not in ill and diary.is_free(person, lesson.day, lesson.number)
        ]
        if able:
            lesson.substitute = rng.choice([p for p in able if p.area == lesson.group.teacher.area] or able)
            diary.busy[lesson.day, lesson.number].add(lesson.substitute.key)
    return touched


def _move_some(
    rng: Random,
    diary: Diary,
    lessons: list[Lesson],
    days: list[date],
    *,
    touched: set[tuple[str, date]],
    two_shifts: bool,
) -> None:
    """Move a few last lessons to the end of a later day of the week, where class and teacher have the time."""
    last = _last_of_day(lessons)
    for lesson in lessons:
        school_class = lesson.group.school_class
        place = (school_class.key, lesson.day)
        latest = 12 if school_class.shift == 2 else SECOND_SHIFT_FROM - 1 if two_shifts else SECOND_SHIFT_FROM
        is_last = last[place] == lesson.number and not lesson.group.subgroup
        if place in touched or not is_last or rng.random() > MOVE * 6:
            continue
        for day in (day for day in days if day > lesson.day):
            target = (school_class.key, day)
            number = last.get(target, latest) + 1
            if target not in touched and number <= latest and diary.is_free(lesson.group.teacher, day, number):
                touched |= {place, target}
                diary.busy[lesson.day, lesson.number].discard(lesson.group.teacher.key)
                diary.busy.setdefault((day, number), set()).add(lesson.group.teacher.key)
                lesson.moved_from, lesson.day, lesson.number = lesson.day, day, number
                break


def _count(lessons: list[Lesson], year: SchoolYear) -> None:
    """Number each group's lessons as if all weeks since the year's start had been held."""
    seen: dict[str, int] = {}
    for lesson in lessons:
        group = lesson.group
        if group.key not in seen:
            weeks = (lesson.day - year.starts_on) // timedelta(weeks=1)
            seen[group.key] = weeks * group.subject.hours_in(group.school_class.grade)
        lesson.ordinal = seen[group.key]
        seen[group.key] += 1


def add_lessons(rows: Rows, lessons: list[Lesson]) -> None:
    for lesson in lessons:
        begins, ends = lesson.begins % 86_400 // 60, lesson.ends % 86_400 // 60
        substitute = lesson.substitute
        rows.add(
            "lessons",
            lesson.key,
            lesson.group.key,
            lesson.day.isoformat(),
            lesson.number,
            f"{begins // 60:02d}:{begins % 60:02d}",
            f"{ends // 60:02d}:{ends % 60:02d}",
            "cancelled" if lesson.cancelled else "planned",
            lesson.topic,
            lesson.comment,
            int(lesson.conducted),
            substitute.key if substitute else None,
            _room(lesson),
            lesson.moved_from.isoformat() if lesson.moved_from else None,
        )


def _room(lesson: Lesson) -> str:
    """The teacher's own room; the gym for physical education; the class's for grades 1–4."""
    group = lesson.group
    if group.subject.key == "fizra":
        return "спортзал"
    if group.school_class.grade <= 4:
        return f"{group.school_class.grade}{group.school_class.letter}"
    return str(100 + int(group.teacher.key[-3:]))
