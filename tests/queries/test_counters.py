"""Counters beside the indicators, on the dataset of borders: counted on the spot and counted ahead alike."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from sqlalchemy import delete, func, select, update

from portal.extensions import session
from portal.models.activity import DiaryView
from portal.models.counted import CountedDay, CountedUntil
from portal.models.journal import Lesson, Mark
from portal.models.organisation import School
from portal.models.people import Person
from portal.operations import counted_days
from portal.queries.counters import Services, Three, by_school, counters
from portal.values.deadlines import local_day, local_moment
from tests.borders import id_of
from tests.web.walk import statements

MID_OCTOBER = datetime(2026, 10, 15, 9, tzinfo=UTC)  # the last 30 days begin on 16 September
MONDAY_NOON = datetime(2026, 9, 21, 9, tzinfo=UTC)  # the last 7 days begin on 15 September
FORTNIGHT = timedelta(days=14)


def _schools() -> list[int]:
    return [id_of("times"), id_of("two")]


def marks(school_ids: list[int], at: datetime) -> Three:
    return counters(school_ids, at).marks


def _zone(school: str = "two") -> str:
    return str(session.scalar(select(School.timezone).where(School.id == id_of(school))))


def services(school_ids: list[int], at: datetime) -> Services:
    return counters(school_ids, at).services


@pytest.fixture(params=["on the spot", "counted yesterday", "counted long ago", "one school counted"])
def ready(request, borders):
    """However much was counted ahead, the counters are the same."""
    if request.param == "counted yesterday":
        assert counted_days.count_ahead(MID_OCTOBER) > 0
        assert counted_days.count_ahead(MID_OCTOBER) == 0
    elif request.param == "counted long ago":
        counted_days.count_ahead(datetime(2026, 9, 16, 9, tzinfo=UTC))
    elif request.param == "one school counted":
        counted_days.count_ahead(MID_OCTOBER)
        for table in (CountedDay, CountedUntil):
            session.execute(delete(table).where(table.school_id == id_of("two")))
    return borders


def test_marks_by_each_schools_own_days(ready):
    assert marks(_schools(), MID_OCTOBER) == Three(ever=23, year=23, month=9)
    assert marks([id_of("two")], MID_OCTOBER) == Three(ever=5, year=5, month=2)


def test_each_school_has_its_own_numbers_and_the_whole_their_sums(ready):
    found = by_school(_schools(), MID_OCTOBER)
    assert found[id_of("two")][:3] == (5, 5, 2)
    assert tuple(map(sum, zip(*found.values(), strict=True)))[:6] == (23, 23, 9, 17, 17, 11)


def test_lessons_with_homework_or_topic(ready):
    assert counters(_schools(), MID_OCTOBER).lessons == Three(ever=17, year=17, month=11)


def test_a_mark_removed_after_its_day_was_counted_is_gone(ready):
    mark = session.scalar(select(Mark).where(Mark.key == "m22"))
    mark.removed_at = MID_OCTOBER
    session.flush()
    day = local_day(mark.set_at, _zone())
    counted_days.touch(id_of("two"), "marks", [day], _zone())
    assert marks([id_of("two")], MID_OCTOBER) == Three(ever=4, year=4, month=1)
    counted_days.count_ahead(MID_OCTOBER)
    assert marks([id_of("two")], MID_OCTOBER) == Three(ever=4, year=4, month=1)


def test_a_lesson_that_changed_is_counted_anew(ready):
    planned = Lesson.topic.is_not(None) & (Lesson.status != "cancelled")
    lesson = session.scalar(select(Lesson).where(Lesson.school_id == id_of("times"), planned))
    before = counters([id_of("times")], MID_OCTOBER).lessons.ever
    lesson.status = "cancelled"
    session.flush()
    counted_days.touch(id_of("times"), "lessons", [lesson.date], _zone("times"))
    assert counters([id_of("times")], MID_OCTOBER).lessons.ever == before - 1
    counted_days.count_ahead(MID_OCTOBER)
    assert counters([id_of("times")], MID_OCTOBER).lessons.ever == before - 1


def test_marks_set_after_the_count_are_added(ready):
    lesson = session.scalar(select(Lesson).where(Lesson.school_id == id_of("two")).limit(1))
    some = session.scalar(select(Mark).limit(1))
    session.add(
        Mark(lesson_id=lesson.id, pupil_id=some.pupil_id, value="5", work_type_id=some.work_type_id,
             set_at=MID_OCTOBER - timedelta(minutes=5))
    )  # fmt: skip
    session.flush()
    assert marks([id_of("two")], MID_OCTOBER) == Three(ever=6, year=6, month=3)
    counted_days.count_ahead(MID_OCTOBER + FORTNIGHT)
    assert marks([id_of("two")], MID_OCTOBER) == Three(ever=6, year=6, month=3)


def test_the_day_that_has_just_ended_is_not_counted_yet(borders):
    """Requests of that day may still be under way."""
    midnight = local_moment(date(2026, 10, 15), time(0), _zone())
    until = select(CountedUntil.until).where(CountedUntil.school_id == id_of("two"))
    counted_days.count_ahead(midnight + timedelta(minutes=59))
    assert session.scalar(until) == date(2026, 10, 13)
    counted_days.count_ahead(midnight + timedelta(minutes=61))
    assert session.scalar(until) == date(2026, 10, 14)


def test_forgetting_counts_from_the_journal_again(borders):
    counted_days.count_ahead(MID_OCTOBER)
    session.execute(update(CountedDay).values(number=1000))
    counted_days.forget()
    assert session.scalar(select(func.count()).select_from(CountedDay)) == 0
    assert marks(_schools(), MID_OCTOBER) == Three(ever=23, year=23, month=9)


def test_before_the_school_year_nothing_is_of_this_year(borders):
    assert marks([id_of("two")], datetime(2026, 8, 1, tzinfo=UTC)).year == 0
    # v-0 of the school year 2026/27 is counted by the year before it began, too: that year lasts until then
    assert marks([id_of("times")], datetime(2026, 8, 1, tzinfo=UTC)).year == 18


def test_one_service_is_one_diary_opened_by_one_of_the_family_on_one_day(borders):
    people = [id_of("people")]
    assert services(people, MONDAY_NOON) == Services(month=4, week=2)
    ids = {key: session.scalar(select(Person.id).where(Person.key == key)) for key in ("p1", "g1", "t1", "t8")}
    again = datetime(2026, 9, 14, 10, tzinfo=UTC)
    session.add_all(
        DiaryView(pupil_id=ids["p1"], viewer_id=ids[viewer], viewed_at=again) for viewer in ("g1", "t1", "t8")
    )
    session.flush()
    assert services(people, MONDAY_NOON) == Services(month=5, week=2)  # the other guardian; not again, not the head
    assert services(people, MONDAY_NOON).day_average == 2 / 7


def test_no_schools(borders):
    found = counters([], MID_OCTOBER)
    assert (found.marks, found.lessons) == (Three(0, 0, 0), Three(0, 0, 0))
    assert found.services == Services(0, 0)


def test_few_questions_however_many_schools(borders):
    counted_days.count_ahead(MID_OCTOBER)
    schools = _schools()
    with statements(borders) as asked:
        counters(schools, MID_OCTOBER)
    assert len(asked) == 5  # calendars, kept and new marks, kept lessons, services
