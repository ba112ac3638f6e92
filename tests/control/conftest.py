"""A week of the small school with known figures for the weekly control."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from portal.extensions import db
from portal.models.activity import DiaryView, Visit
from portal.models.journal import Attendance, Homework, Lesson, Mark
from tests.small_school import MONDAY, NOON

WEEK = MONDAY.isoformat()


def add_mark(world, lesson: str, pupil: str, **more: object) -> None:
    """A mark of a pupil at a lesson, by their words."""
    db.session.add(
        Mark(
            lesson_id=world.lessons[lesson], pupil_id=world.people[pupil], value="5",
            work_type_id=world.work_types["Ответ на уроке"], set_at=NOON, **more,
        )
    )  # fmt: skip


def add_homework(world, due: str, given: str | None = None) -> None:
    """Homework due at a lesson; loaded datasets do not tell at which it was given."""
    db.session.add(
        Homework(
            group_id=world.groups[due.partition("-")[0]], lesson_id=world.lessons[due], text="№ 5", issued_at=NOON,
            given_at_id=world.lessons[given] if given else None,
        )
    )  # fmt: skip


@pytest.fixture
def week(small):
    """The school of ``tests/small_school.py`` in the week of 14 September: 11 lessons of 3 journals, 3 teachers.

    Only «Математика» is worked in: a topic and marks of two pupils on Monday, homework at Monday's lesson and (loaded)
    at Thursday's. The third pupil was away on Monday and Tuesday; what else there is of marks does not stand, or is of
    the next week. One pupil came to the portal; the guardian opened a diary.
    """
    app, world = small
    with app.app_context():
        first = db.session.get(Lesson, world.lessons["math-1"])
        first.topic = "Дроби"
        add_mark(world, "math-1", "pupil")
        add_mark(world, "math-1", "pupil-2")
        add_mark(world, "math-3", "pupil-3", removed_at=NOON)
        add_mark(world, "math-6", "pupil-3")
        add_homework(world, "math-2", given="math-1")
        add_homework(world, "math-4")
        for lesson, code in (("math-1", "Н"), ("math-2", "Б"), ("russian-1", "О")):
            db.session.add(
                Attendance(
                    lesson_id=world.lessons[lesson], pupil_id=world.people["pupil-3"], code=code, set_at=NOON
                )
            )  # fmt: skip
        db.session.add(Visit(person_id=world.people["pupil"], visited_at=NOON))
        db.session.add(
            DiaryView(pupil_id=world.people["pupil-2"], viewer_id=world.people["guardian"], viewed_at=NOON)
        )  # fmt: skip
        db.session.commit()
    return app, world


def path(world, rest: str = "", week: date | str = WEEK) -> str:
    """An address of the school's control."""
    return f"/control/schools/{world.school}{rest}?week={week}"


def moscow(day: date, hour: int, minute: int = 0) -> datetime:
    """A moment on the school's clock, three hours before UTC's."""
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=UTC) - timedelta(hours=3)
