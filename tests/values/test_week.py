"""The reporting week and how days are written."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.values.week import Week, long_date, weekday_date

days = st.dates(date(2000, 1, 1), date(2099, 12, 31))


@given(days)
def test_every_day_is_in_its_own_week_only(day):
    week = Week.of(day)
    assert day in week
    assert day not in week.next
    assert day not in week.previous
    assert week.days[0] == week.start
    assert week.days[-1] == week.sunday
    assert week.next.previous == week
    assert week.next.start - week.start == timedelta(days=7)


def test_a_week_is_named_by_its_monday():
    assert Week.parse("2026-09-20") == Week(date(2026, 9, 14))
    assert Week(date(2026, 9, 14)) < Week(date(2026, 9, 21))
    with pytest.raises(ValueError, match="Monday"):
        Week(date(2026, 9, 15))
    for text in ("", "2026-02-30", "14.09.2026"):
        with pytest.raises(ValueError, match=r"."):
            Week.parse(text)


@pytest.mark.parametrize(
    ("monday", "text"),
    [
        (date(2026, 9, 14), "14–20 сентября 2026"),
        (date(2026, 9, 28), "28 сентября – 4 октября 2026"),
        (date(2026, 12, 28), "28 декабря 2026 – 3 января 2027"),
    ],
)
def test_a_week_in_words(monday, text):
    assert str(Week(monday)) == text


def test_days_in_words():
    assert long_date(date(2026, 5, 9)) == "9 мая"
    assert weekday_date(date(2026, 9, 14)) == "пн, 14 сентября"
    assert weekday_date(date(2026, 9, 20)) == "вс, 20 сентября"
