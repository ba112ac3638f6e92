"""Counters beside the indicators, on the dataset of borders."""

from datetime import UTC, datetime

from sqlalchemy import select

from portal.extensions import session
from portal.models.activity import DiaryView
from portal.models.journal import Mark
from portal.models.people import Person
from portal.queries.counters import Services, Three, counters, filled_lessons, marks, services
from tests.borders import id_of

MID_OCTOBER = datetime(2026, 10, 15, 9, tzinfo=UTC)  # the last 30 days begin on 16 September
MONDAY_NOON = datetime(2026, 9, 21, 9, tzinfo=UTC)  # the last 7 days begin on 15 September


def _schools() -> list[int]:
    return [id_of("times"), id_of("two")]


def test_marks_by_each_schools_own_days(borders):
    assert marks(_schools(), MID_OCTOBER) == Three(ever=23, year=23, month=9)
    assert marks([id_of("two")], MID_OCTOBER) == Three(ever=5, year=5, month=2)
    session.scalar(select(Mark).where(Mark.key == "m22")).removed_at = MID_OCTOBER
    session.flush()
    assert marks([id_of("two")], MID_OCTOBER) == Three(ever=4, year=4, month=1)


def test_before_the_school_year_nothing_is_of_this_year(borders):
    assert marks([id_of("two")], datetime(2026, 8, 1, tzinfo=UTC)).year == 0
    # v-0 of the school year 2026/27 is counted by the year before it began, too: that year lasts until then
    assert marks([id_of("times")], datetime(2026, 8, 1, tzinfo=UTC)).year == 18


def test_lessons_with_homework_or_topic(borders):
    assert filled_lessons(_schools(), MID_OCTOBER) == Three(ever=17, year=17, month=11)


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
