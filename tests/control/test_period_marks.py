"""Marks for a period: three days after its end every pupil has one (regulation, 5.3)."""

from __future__ import annotations

from datetime import date

import pytest

from portal.extensions import db
from portal.models.journal import PeriodMark
from portal.models.organisation import Period
from portal.models.people import Enrolment
from tests.control.conftest import moscow, path
from tests.monitoring.conftest import rows_of_page, text_of_page
from tests.small_school import build, person, sign_in

ENDS, DUE = date(2026, 10, 25), date(2026, 10, 28)
BEFORE, AFTER = date(2026, 10, 19), date(2026, 10, 26)
LATE = moscow(date(2026, 10, 29), 0, 1)
IN_TIME = moscow(DUE, 23, 59)


@pytest.fixture
def ended(make_app, engine_name):
    """The small school in November: its first quarter is over, its marks are due since 28 October."""
    app = make_app(engine_name, CLOCK=lambda: moscow(date(2026, 11, 10), 12))
    with app.app_context():
        return app, build()


def set_marks(world, group: str, *pupils: str, at=IN_TIME, **more: object) -> None:
    db.session.add_all(
        PeriodMark(
            period_id=world.quarter, group_id=world.groups[group], pupil_id=world.people[pupil], value="4", set_at=at,
            **more,
        )
        for pupil in pupils
    )  # fmt: skip
    db.session.commit()


def shown(app, world, monday=AFTER):
    """The share's line of the school's page, and the rows behind it."""
    client = sign_in(app, "deputy")
    rows = rows_of_page(client.get(path(world, week=monday)).get_data(as_text=True), 0)
    page = client.get(path(world, "/shares/period_marks_set", week=monday)).get_data(as_text=True)
    return rows[-1][1:4], rows_of_page(page) if "<table" in page else [], text_of_page(page)


def test_marks_are_asked_for_from_the_third_day_on(ended):
    app, world = ended
    assert shown(app, world, BEFORE)[0] == ["нет данных", "0", "0"]
    share, rows, page = shown(app, world, AFTER)
    assert share == ["0 ✕ не выполнено", "0", "3"]
    assert rows == [
        [
            "5А, Английский язык (1)",
            "Учителева А.",
            "1 четверть",
            "28.10.2026",
            "0",
            "1",
            "нет ни у кого ✕ не выполнено",
        ],
        ["5А, Математика", "Учителева А.", "1 четверть", "28.10.2026", "0", "3", "нет ни у кого ✕ не выполнено"],
        ["5А, Русский язык", "Класснова В.", "1 четверть", "28.10.2026", "0", "3", "нет ни у кого ✕ не выполнено"],
    ]
    assert "не позже 3 дней" in page


def test_every_pupil_of_the_group_counts_and_late_ones_are_told(ended):
    app, world = ended
    with app.app_context():
        set_marks(world, "english", "pupil")
        set_marks(world, "math", "pupil", "pupil-2", "pupil-3", at=LATE)
        set_marks(world, "russian", "pupil", "pupil-2")
        set_marks(world, "russian", "pupil-3", removed_at=IN_TIME)
    share, rows, _ = shown(app, world)
    assert share == ["67 ✕ не выполнено", "2", "3"]
    assert [(row[0], *row[4:]) for row in rows] == [
        ("5А, Русский язык", "2", "3", "есть не у всех ✕ не выполнено"),
        ("5А, Математика", "3", "3", "все, но с опозданием: 29.10 ! немного ниже"),
    ]
    page = sign_in(app, "deputy").get(path(world, "/shares/period_marks_set", week=AFTER)).get_data(as_text=True)
    assert f'href="/journal/groups/{world.groups["russian"]}/period-marks?period={world.quarter}"' in page


def test_who_came_after_the_period_is_not_asked_for(ended):
    app, world = ended
    with app.app_context():
        newcomer = person(world, "newcomer", "Новиков", "Лев", account=False)
        db.session.add(Enrolment(class_id=world.classes["5a"], person_id=newcomer, enrolled_on=date(2026, 10, 26)))
        set_marks(world, "math", "pupil", "pupil-2", "pupil-3")
        set_marks(world, "russian", "pupil", "pupil-2", "pupil-3")
        set_marks(world, "english", "pupil")
    share, rows, page = shown(app, world)
    assert share == ["100 ✓ выполнено", "3", "3"]
    assert rows == []
    assert "Всё на месте" in page


def test_the_last_period_due_is_asked_for_until_the_next_one_is(ended):
    app, world = ended
    with app.app_context():
        short = Period(
            key="q2", school_id=world.school, year=2026, kind="quarter", number=2,
            starts_on=date(2026, 10, 26), ends_on=date(2026, 11, 5),
        )  # fmt: skip
        db.session.add(short)
        db.session.commit()
    assert shown(app, world, AFTER)[0][2] == "3"
    # no lessons in the second one: nothing to mark there, and the first is no longer asked for
    assert shown(app, world, date(2026, 11, 2))[0] == ["нет данных", "0", "0"]
