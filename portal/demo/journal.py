"""What teachers write: topics, homework, marks, absences, comments; in time or late, or not at all."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import zip_longest
from random import Random

from portal.demo.curriculum import Band, band_of, comments
from portal.demo.habits import Habit, diligence
from portal.demo.lessons import Lesson
from portal.demo.people import Pupil
from portal.demo.rows import DAY_SECONDS, Clock, Rows
from portal.demo.visits import Visits

ANSWER, WORK, CONDUCT, BY_HEART, HOME, OWN, TEST = (
    "Ответ на уроке", "Работа на уроке", "Поведение", "Наизусть", "Домашняя работа", "Самостоятельная работа",
    "Контрольная работа",
)  # fmt: skip
EVENING = 21 * 3600
TEST_EVERY = 11
"""Lessons of a subject between its tests."""
MARKED_SHARE = 0.4
"""Pupils who get a mark in an ordinary lesson."""


@dataclass(frozen=True, slots=True)
class TeacherHabit:
    """A teacher's own shares."""

    planning: float
    keeping: float
    timely: float
    homework: float
    homework_timely: float


class Journal:
    """Fills the journal of one school."""

    def __init__(self, rng: Random, rows: Rows, clock: Clock, habit: Habit, visits: Visits) -> None:
        self.rng, self.rows, self.clock, self.habit, self.visits = rng, rows, clock, habit, visits
        self._teachers: dict[str, TeacherHabit] = {}
        self._ill: dict[str, dict[int, str]] = {}
        self._comments = comments()

    def keep(self, lessons: list[Lesson]) -> None:
        """Fill ``lessons`` (by group, in order of time) and write the rows of all but the lessons themselves."""
        held = [lesson for lesson in lessons if not lesson.cancelled]
        for lesson, following in zip_longest(held, held[1:]):
            same_group = following is not None and following.group is lesson.group
            self._fill(lesson, following if same_group else None)

    def _habit_of(self, lesson: Lesson) -> TeacherHabit:
        person = lesson.holder
        if person.key not in self._teachers:
            parts = (getattr(self.habit, name) for name in TeacherHabit.__slots__)
            own = [diligence(self.rng, part) if person.active else 0.0 for part in parts]
            self._teachers[person.key] = TeacherHabit(*own)
        return self._teachers[person.key]

    def _fill(self, lesson: Lesson, following: Lesson | None) -> None:
        rng, habit = self.rng, self._habit_of(lesson)
        band = band_of(lesson.group.subject.key, lesson.group.school_class.grade)
        is_test = lesson.group.subject.works and lesson.ordinal % TEST_EVERY == TEST_EVERY - 1
        if rng.random() < habit.planning:
            lesson.topic = band.test(lesson.ordinal) if is_test else band.topic(lesson.ordinal)
        entered = self._entry_moment(lesson, habit.timely)
        if rng.random() < habit.keeping and entered < self.clock.now:
            self._enter(lesson, entered, is_test)
        given = rng.random() < habit.homework * lesson.group.subject.homework
        if following is not None and given and lesson.group.school_class.grade > 1 and not is_test:
            self._set_homework(lesson, following, band, habit)

    def _entry_moment(self, lesson: Lesson, timely: float) -> int:
        """In the lesson's last minutes, in the afternoon, or late: the same night or days after."""
        rng, midnight = self.rng, lesson.begins // DAY_SECONDS * DAY_SECONDS
        if rng.random() < timely:
            if rng.random() < 0.6:
                return lesson.begins + rng.randrange(15 * 60, 44 * 60)
            return rng.randrange(max(lesson.ends, midnight + 14 * 3600), midnight + EVENING - 600)
        if rng.random() < 0.4:
            return rng.randrange(midnight + EVENING, midnight + EVENING + 2 * 3600)
        return midnight + rng.randint(1, 4) * DAY_SECONDS + rng.randrange(8 * 3600, 22 * 3600)

    def _enter(self, lesson: Lesson, moment: int, is_test: bool) -> None:
        rng = self.rng
        lesson.conducted = rng.random() < 0.8
        if rng.random() < 0.03:
            lesson.comment = rng.choice(self._comments)
        absent = self._take_attendance(lesson, moment) if rng.random() < 0.9 else set()
        if lesson.group.school_class.grade > 1:
            self._mark(lesson, moment, is_test, absent)
        self.visits.note(lesson.holder.key, moment - rng.randrange(30, 400))

    def _take_attendance(self, lesson: Lesson, moment: int) -> set[str]:
        rng, day, absent, rows = self.rng, lesson.day.toordinal(), set(), []
        for pupil in lesson.group.pupils:
            code = self._illness_of(pupil).get(day)
            if code is None:
                chance = rng.random()
                code = "Н" if chance < 0.006 else "У" if chance < 0.01 else "О" if chance < 0.018 else None
            if code:
                rows.append((lesson.key, pupil.key, code, self.clock.text(moment)))
                if code != "О":
                    absent.add(pupil.key)
        self.rows.add_texts("attendance", rows)
        return absent

    def _illness_of(self, pupil: Pupil) -> dict[int, str]:
        """Days a pupil is away as a whole, with the code."""
        found = self._ill.get(pupil.key)
        if found is None:
            found, rng, today = {}, self.rng, self.clock.now // DAY_SECONDS
            for _ in range(rng.choices((0, 1, 2, 3), (30, 40, 20, 10))[0]):
                first, code = today - rng.randrange(90), rng.choices("БУН", (75, 15, 10))[0]
                found.update({first + n: code for n in range(rng.randint(1, 6) if code == "Б" else 1)})
            self._ill[pupil.key] = found
        return found

    def _mark(self, lesson: Lesson, moment: int, is_test: bool, absent: set[str]) -> None:
        rng, subject, rows = self.rng, lesson.group.subject, []
        share = 0.93 if is_test else MARKED_SHARE * rng.uniform(0.6, 1.4)
        kind = TEST if is_test else self._kind(subject.key)
        for pupil in lesson.group.pupils:
            if rng.random() >= share or pupil.key in absent:
                continue
            own = kind if is_test or rng.random() < 0.8 else rng.choice((ANSWER, WORK, CONDUCT))
            key = f"{lesson.key}-{pupil.key[-4:]}"
            value = self._value(pupil, subject.pass_fail)
            rows.append((key, lesson.key, pupil.key, value, own, self.clock.text(moment)))
            moment = min(moment + rng.randrange(3, 12), self.clock.now - 1)
        self.rows.add_texts("marks", rows)

    def _kind(self, subject: str) -> str:
        by_heart = 18 if subject in {"lit", "chtenie", "rodlit"} else 0
        return self.rng.choices((ANSWER, WORK, HOME, OWN, BY_HEART), (46, 26, 14, 10, by_heart))[0]

    def _value(self, pupil: Pupil, pass_fail: bool) -> str:
        if pass_fail:
            return "зач" if self.rng.random() < 0.96 else "нз"
        return str(min(5, max(2, round(self.rng.gauss(pupil.ability, 0.65)))))

    def _set_homework(self, lesson: Lesson, following: Lesson, band: Band, habit: TeacherHabit) -> None:
        rng, midnight = self.rng, lesson.begins // DAY_SECONDS * DAY_SECONDS
        chance, in_time = rng.random(), rng.random() < habit.homework_timely
        if in_time:
            issued = lesson.begins + rng.randrange(20 * 60, 45 * 60) if chance < 0.7 else midnight + int(
                (14 + 22 * (chance - 0.7) / 0.3) * 3600
            )  # fmt: skip
        else:
            issued = midnight + DAY_SECONDS + rng.randrange(13 * 3600, 60 * 3600)
        issued = issued if chance > 0.03 else midnight - rng.randint(1, 6) * DAY_SECONDS + 18 * 3600
        if issued >= min(self.clock.now, following.begins):
            return
        updated = issued + rng.randrange(600, 5 * 3600) if rng.random() < 0.05 else None
        if updated is not None and updated >= self.clock.now:
            updated = None
        text = band.task(rng, lesson.ordinal)
        changed = "" if updated is None else self.clock.text(updated)
        row = (f"{lesson.key}-h", following.key, text, self.clock.text(issued), changed)
        self.rows.add_texts("homework", [row])
        self.visits.note(lesson.holder.key, issued - rng.randrange(30, 300))
