"""Marks for a period and the year: set by the teacher, helped by the average, kept with history."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from portal.extensions import db
from portal.models.journal import PeriodMark
from portal.models.organisation import AcademicYear, Period
from portal.models.people import Enrolment, SchoolClass
from tests.journal.steps import Desk, text_of
from tests.small_school import MONDAY


@pytest.fixture
def desk(small):
    return Desk(*small, "teacher")


def give(desk, value, pupil="pupil", period=None, group="math", seen="", htmx=False):
    path = f"/journal/groups/{desk.small.groups[group]}/pupils/{desk.small.people[pupil]}/period-mark"
    return desk.send(path, htmx, value=value, period=period or desk.small.quarter, seen=seen)


def page_of(desk, period=None):
    return desk.read(
        f"/journal/groups/{desk.small.groups['math']}/period-marks" + (f"?period={period}" if period else "")
    )


def stored(desk):
    with desk.app.app_context():
        return [(row.period_id, row.year, row.value, row.removed_at is None) for row in db.session.query(PeriodMark)]


def test_the_average_is_a_help_and_never_becomes_the_mark(desk):
    desk.mark("math-1", "pupil", "5", key="a")
    desk.mark("math-2", "pupil", "4", key="b")
    page = page_of(desk)
    assert "4,50" in page
    assert stored(desk) == []
    assert give(desk, "4").status_code == 303
    assert stored(desk) == [(desk.small.quarter, None, "4", True)]
    assert "4,50" in page_of(desk, "year")


def test_a_mark_is_changed_taken_away_and_set_again_with_history(desk):
    give(desk, "4")
    give(desk, "4")
    answer = give(desk, "5", seen="4", htmx=True)
    assert answer.status_code == 200
    assert 'aria-pressed="true">5</button>' in text_of(answer)
    give(desk, "", seen="5")
    give(desk, "н/а")
    assert stored(desk) == [(desk.small.quarter, None, "н/а", True)]
    assert [change[1:] for change in desk.history(kind="period_mark")] == [
        (None, "4"), ("4", "5"), ("5", None), (None, "н/а"),
    ]  # fmt: skip
    path = f"/journal/groups/{desk.small.groups['math']}/pupils/{desk.small.people['pupil']}/period-mark"
    assert desk.read(f"{path}?period={desk.small.quarter}").count("Учителева А.") >= 4
    assert "Изменений не было" in desk.read(f"{path}?period=year")


def test_two_hands_see_both_values(desk):
    give(desk, "4")
    for htmx in (True, False):
        answer = give(desk, "5", seen="", htmx=htmx)
        assert answer.status_code == 409
        assert "сейчас «4», вы записываете «5»" in text_of(answer)
    assert stored(desk)[0][2] == "4"


def test_the_year_has_its_own_mark(desk):
    give(desk, "4")
    assert give(desk, "5", period="year").status_code == 303
    assert sorted(stored(desk), key=str) == [(desk.small.quarter, None, "4", True), (None, 2026, "5", True)]
    assert "1 четверть: 4" in page_of(desk, "year")


def test_periods_not_begun_foreign_or_forged_are_refused(desk):
    with desk.app.app_context():
        rows = [
            Period(school_id=desk.small.school, year=2026, kind="quarter", number=2, starts_on=date(2026, 11, 2),
                   ends_on=date(2026, 12, 27)),
            Period(school_id=desk.small.other_school, year=2026, kind="quarter", number=1,
                   starts_on=date(2026, 9, 1), ends_on=date(2026, 10, 25)),
            Period(school_id=desk.small.school, year=2026, kind="half_year", number=1, starts_on=date(2026, 9, 1),
                   ends_on=date(2026, 12, 27), grades="10-11", grade_from=10, grade_to=11),
        ]  # fmt: skip
        db.session.add_all(rows)
        db.session.commit()
        later, foreign, elders = (row.id for row in rows)
    early = give(desk, "5", period=later)
    assert early.status_code == 409
    assert "Период начнётся 2 ноября" in text_of(early)
    for period in (foreign, elders, 12345):
        answer = give(desk, "5", period=period, htmx=True)
        assert answer.status_code in {404, 409}
    for period in ("abc", "-1", "9" * 30):
        assert give(desk, "5", period=period).status_code in {404, 422}
    assert give(desk, "9").status_code == 422
    assert stored(desk) == []


def test_only_pupils_of_the_group_in_that_period(desk):
    assert give(desk, "5", pupil="other-pupil").status_code == 409
    assert give(desk, "5", pupil="pupil-2", group="english").status_code == 409
    with desk.app.app_context():
        row = db.session.query(Enrolment).filter_by(person_id=desk.small.people["pupil-3"]).one()
        row.left_on = MONDAY + timedelta(days=1)
        db.session.commit()
    assert give(desk, "3", pupil="pupil-3").status_code == 303
    assert "по 14.09" in page_of(desk)


def test_first_grades_have_none(desk):
    with desk.app.app_context():
        db.session.get(SchoolClass, desk.small.classes["5a"]).grade = 1
        db.session.commit()
    assert give(desk, "5").status_code == 409
    assert "В первых классах отметок нет" in page_of(desk)


def test_a_school_without_periods_sets_year_marks(desk):
    with desk.app.app_context():
        db.session.query(Period).delete()
        db.session.query(AcademicYear).delete()
        db.session.commit()
    assert "2026/27 год" in page_of(desk)
    assert give(desk, "5", period="year").status_code == 303


def test_readers_read_and_the_groups_teacher_writes(small):
    desk = Desk(*small, "teacher")
    give(desk, "4")
    for login in ("head", "class-teacher"):
        reader = Desk(*small, login)
        assert "<form" not in page_of(reader).split('class="pupils"')[1]
        assert give(reader, "2").status_code == 403
    assert give(Desk(*small, "substitute"), "2").status_code == 403
    assert stored(desk)[0][2] == "4"


def test_an_empty_group_is_explained(desk):
    with desk.app.app_context():
        db.session.query(Enrolment).delete()
        db.session.commit()
    assert "В группе никто не числится" in page_of(desk)
