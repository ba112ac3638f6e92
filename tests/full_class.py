"""A class as full as a real one: for the weight of pages, not for what they say.

Thirty pupils, a journal of twenty-five held lessons with a mark or an absence in most cells, a week of six days by
six lessons with topics and homework.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import select

from portal.extensions import db
from portal.models.journal import Attendance, Homework, Lesson, Mark, WorkType
from portal.models.people import Enrolment, Guardianship, SchoolClass
from portal.values.deadlines import lesson_deadlines
from tests.small_school import MONDAY, ZONE, SmallSchool, group, person

PUPILS, LESSONS = 30, 25
SUBJECTS = ("Физика", "Литература", "География", "История", "Биология", "Физическая культура")
SURNAMES = (
    "Абрикосов", "Березин", "Васильков", "Грачёв", "Дубравин", "Ежевикин", "Журавлёв", "Зимин", "Ивушкин",
    "Калинин", "Лебедев", "Малинин", "Нивин", "Озеров", "Полянский", "Рощин", "Снегирёв", "Травин", "Уточкин",
    "Филин", "Холмов", "Цаплин", "Чайкин", "Шиповников", "Щеглов", "Щукин", "Эдельвейсов", "Юркин", "Яблоков", "Ясенев",
)  # fmt: skip
NAMES = ("Александра", "Борис", "Виктория", "Глеб", "Дарья", "Елисей", "Злата")
VALUES = ("5", "4", "3", "4", "5", "2", "4")
TOPICS = (
    "Сила трения. Трение покоя и скольжения", "Лирика поэтов первой половины века", "Реки и озёра материка",
    "Реформы начала столетия: причины и последствия", "Строение и работа сердца", "Бег на выносливость, 1000 метров",
)  # fmt: skip


def fill_class(small: SmallSchool) -> SmallSchool:
    """Add class 8Б with its journal and week to the small school, and commit. Needs an application context."""
    school_class = SchoolClass(
        key="8b", school_id=small.school, year=2026, grade=8, letter="Б", class_teacher_id=small.people["class-teacher"]
    )
    db.session.add(school_class)
    db.session.flush()
    small.classes["8b"] = school_class.id
    pupils = [
        person(small, f"full-{n}", SURNAMES[n], NAMES[n % len(NAMES)], account=n == 0) for n in range(PUPILS)
    ]  # fmt: skip
    db.session.add_all(
        Enrolment(class_id=school_class.id, person_id=pupil, enrolled_on=date(2026, 9, 1)) for pupil in pupils
    )
    db.session.add(Guardianship(guardian_id=small.people["guardian"], pupil_id=pupils[0], relation="мать"))
    group(small, "algebra", "8b", "Алгебра", "teacher")
    types = list(db.session.scalars(select(WorkType.id).order_by(WorkType.position)))
    for n in range(LESSONS):
        held = _lesson(small, "algebra", MONDAY + timedelta(days=(n - LESSONS) // 2 + 3), 7 + n % 2, n)
        _fill_cells(held, pupils, types, n)
    small.lessons["algebra-last"] = held.id
    for position, subject in enumerate(SUBJECTS):
        group(small, subject, "8b", subject, "teacher")
        for day in range(6):
            lesson = _lesson(small, subject, MONDAY + timedelta(days=day), position + 1, day + position)
            db.session.add(
                Homework(
                    group_id=small.groups[subject], lesson_id=lesson.id, issued_at=lesson.day_starts_at,
                    text=f"§ {day + 7}, вопросы 1–{day + 3}; {TOPICS[position - 1].lower()}: записать выводы",
                )
            )  # fmt: skip
            _fill_cells(lesson, pupils[:1], types, day + position)
    db.session.commit()
    return small


def _lesson(small: SmallSchool, word: str, day: date, number: int, salt: int) -> Lesson:
    due = lesson_deadlines(day, ZONE, 1)
    lesson = Lesson(
        group_id=small.groups[word], school_id=small.school, class_id=small.classes["8b"], date=day, number=number,
        starts_at=time(7 + number, 30), ends_at=time(8 + number, 15), topic=TOPICS[salt % len(TOPICS)], conducted=True,
        room=str(200 + salt), week_start=due.week_start, day_starts_at=due.day_starts_at, marks_due_at=due.marks_due_at,
        homework_from_at=due.homework_from_at, homework_due_at=due.homework_due_at,
    )  # fmt: skip
    db.session.add(lesson)
    db.session.flush()
    return lesson


def _fill_cells(lesson: Lesson, pupils: list[int], types: list[int], salt: int) -> None:
    at = datetime.combine(lesson.date, time(9), UTC)
    for n, pupil in enumerate(pupils):
        chance = (n * 7 + salt * 5 + n * salt) % 11
        if chance == 1:
            db.session.add(Attendance(lesson_id=lesson.id, pupil_id=pupil, code="НБУО"[salt % 4], set_at=at))
        elif chance < 7:
            kind = types[(n + salt) % len(types)]
            value = VALUES[(n + salt) % len(VALUES)]
            db.session.add(Mark(lesson_id=lesson.id, pupil_id=pupil, value=value, work_type_id=kind, set_at=at))
