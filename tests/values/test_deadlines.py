"""Until when marks and homework are timely, by each school's own clock."""

from datetime import UTC, date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.values.deadlines import lesson_deadlines, local_day, local_moment

DAY = date(2026, 9, 16)  # a Wednesday


@pytest.mark.parametrize(
    ("zone", "offset"),
    [("Europe/Kaliningrad", 2), ("Europe/Moscow", 3), ("Asia/Vladivostok", 10), ("Asia/Kamchatka", 12)],
)
def test_one_shift(zone, offset):
    found = lesson_deadlines(DAY, zone, 1)
    assert found.week_start == date(2026, 9, 14)
    hours = [
        (found.day_starts_at, datetime(2026, 9, 16, tzinfo=UTC)),
        (found.marks_due_at, datetime(2026, 9, 16, 21, tzinfo=UTC)),
        (found.homework_from_at, datetime(2026, 9, 9, tzinfo=UTC)),
        (found.homework_due_at, datetime(2026, 9, 17, 13, tzinfo=UTC)),
    ]
    for moment, wall_clock in hours:
        assert (wall_clock - moment).total_seconds() == offset * 3600


def test_two_shifts_have_until_one_oclock_of_the_next_day():
    one, two = (lesson_deadlines(DAY, "Europe/Moscow", shifts) for shifts in (1, 2))
    assert two.marks_due_at == one.homework_due_at == datetime(2026, 9, 17, 10, tzinfo=UTC)
    assert two.homework_due_at == one.homework_due_at


def test_clocks_that_change_are_followed():
    """Moscow went from +4 to +3 on 26 October 2014: the seven days before hold 169 hours."""
    found = lesson_deadlines(date(2014, 10, 27), "Europe/Moscow", 1)
    assert (found.day_starts_at - found.homework_from_at).total_seconds() == 169 * 3600


@given(st.datetimes(datetime(2015, 1, 1), datetime(2035, 1, 1)), st.sampled_from(["Europe/Moscow", "Asia/Kamchatka"]))
def test_a_local_moment_lies_on_its_day(moment, zone):
    assert local_day(local_moment(moment.date(), moment.time(), zone), zone) == moment.date()


def test_midnight_belongs_to_the_day_it_begins():
    assert local_day(local_moment(DAY, time(0), "Asia/Vladivostok"), "Asia/Vladivostok") == DAY
