"""The small school after two days of work and a week before: every state a page can show is somewhere in it.

Monday's and Tuesday's lessons are held; marks of several kinds, weights and numbers, every absence code, homework,
a comment, a cancelled and a moved lesson, a period mark. Names and texts hold what breaks careless pages.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from sqlalchemy import select

from portal.access.actor import load_actor
from portal.extensions import db
from portal.models.activity import DiaryView, Visit
from portal.models.journal import Attendance, Homework, Lesson, Mark, PeriodMark, WorkType
from portal.models.people import Person
from portal.operations.frozen_weeks import freeze
from portal.values.week import Week
from tests.small_school import MONDAY, SmallSchool, lesson

SHARP = "Дроби: 1/2 < 3/4 & «знаменатель» <b>не тег</b>"
"""A topic as a teacher may well type it."""


def live_in(small: SmallSchool) -> SmallSchool:
    """Work in the small school for two days, and commit. Needs an application context."""
    for day in range(2):
        _hold(small, f"math-{day + 1}", SHARP if day else "Повторение: действия с натуральными числами")
        _hold(small, f"russian-{day + 1}", "Имя существительное")
    _last_week(small)
    _marks(small)
    _absences(small)
    _homework(small)
    cancelled, moved = _lesson(small, "russian-4"), _lesson(small, "math-5")
    cancelled.status = "cancelled"
    moved.moved_from = MONDAY + timedelta(days=3)
    _lesson(small, "math-1").comment = "Принести циркуль."
    _lesson(small, "math-1").room = "214"
    _lesson(small, "math-3").substitute_id = small.people["substitute"]
    db.session.add(
        PeriodMark(
            period_id=small.quarter, group_id=small.groups["math"], pupil_id=small.people["pupil"], value="4",
            set_at=_noon(1),
        )
    )  # fmt: skip
    db.session.add(DiaryView(pupil_id=small.people["pupil"], viewer_id=small.people["guardian"], viewed_at=_noon(0)))
    db.session.add_all(
        Visit(person_id=person_id, visited_at=_noon(0))
        for person_id in db.session.scalars(select(Person.id).order_by(Person.id).limit(5))
    )
    _frozen_week(small)
    db.session.commit()
    return small


def _frozen_week(small: SmallSchool) -> None:
    """The week before the last one is frozen; a lesson of it was recorded late."""
    lesson(small, "long-ago", "math", MONDAY - timedelta(days=12), 1)
    specialist = load_actor(small.people["municipal"], "", MONDAY)
    freeze("all", None, Week.of(MONDAY).previous.previous, by=specialist, at=_noon(-7))
    _hold(small, "long-ago", "Вводный урок")


def _last_week(small: SmallSchool) -> None:
    """The week the indicators report on: one lesson kept well, two that lack everything."""
    for word, group, days in (("past-1", "russian", 7), ("past-2", "russian", 6), ("past-3", "math", 7)):
        lesson(small, word, group, MONDAY - timedelta(days=days), 1)
    _hold(small, "past-1", "Имя прилагательное")


def _noon(day: int) -> datetime:
    at: date = MONDAY + timedelta(days=day)
    return datetime(at.year, at.month, at.day, 9, 0, tzinfo=UTC)


def _lesson(small: SmallSchool, word: str) -> Lesson:
    found = db.session.get(Lesson, small.lessons[word])
    assert found is not None
    return found


def _hold(small: SmallSchool, word: str, topic: str) -> None:
    held = _lesson(small, word)
    held.topic, held.conducted = topic, True


def _marks(small: SmallSchool) -> None:
    types = list(db.session.scalars(select(WorkType).order_by(WorkType.position)))
    types[-1].weight = 3
    for word, pupil, value, kind in (
        ("math-1", "pupil", "5", 0), ("math-1", "pupil", "4", 4), ("math-1", "pupil-2", "2", 0),
        ("math-2", "pupil", "3", -1), ("math-2", "pupil-2", "зач", 1), ("math-2", "pupil-3", "5", -1),
        ("russian-1", "pupil", "4", 0), ("past-1", "pupil-3", "5", 0), ("russian-2", "pupil-2", "5", 3),
    ):  # fmt: skip
        held = _lesson(small, word)
        db.session.add(
            Mark(
                lesson_id=held.id, pupil_id=small.people[pupil], value=value, work_type_id=types[kind].id,
                set_at=_noon((held.date - MONDAY).days),
            )
        )  # fmt: skip


def _absences(small: SmallSchool) -> None:
    for word, pupil, code in (
        ("math-1", "pupil-3", "Н"), ("russian-1", "pupil-3", "Б"), ("russian-2", "pupil-3", "У"),
        ("math-2", "pupil", "О"),
    ):  # fmt: skip
        held = _lesson(small, word)
        db.session.add(
            Attendance(
                lesson_id=held.id, pupil_id=small.people[pupil], code=code,
                set_at=_noon((held.date - MONDAY).days),
            )
        )  # fmt: skip


def _homework(small: SmallSchool) -> None:
    for given, due, text in (
        ("math-1", "math-2", "§ 4, № 112–115. " + SHARP),
        ("math-2", "math-3", "§ 5 прочитать, ответить на вопросы 1–3, решить № 120, 121 и 124 (письменно)"),
        ("russian-2", "russian-3", "Упражнение 41"),
    ):
        db.session.add(
            Homework(
                group_id=small.groups[given.partition("-")[0]], lesson_id=small.lessons[due],
                given_at_id=small.lessons[given], text=text, issued_at=_noon(1),
            )
        )  # fmt: skip
