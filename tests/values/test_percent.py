"""Percentages: exact where they are judged, never across a border where they are shown."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.values.percent import NO_DATA, Percent

counts = st.integers(0, 10**9)
thresholds = st.decimals(0, 100, places=2)


@pytest.mark.parametrize(
    ("numerator", "denominator", "threshold", "shown"),
    [
        (496, 1000, 50, 49),  # the papers' own two examples
        (996, 1000, 50, 99),
        (496, 1000, None, 50),
        (496, 1000, 60, 50),
        (495, 1000, 60, 50),  # half up
        (494, 1000, 60, 49),
        (500, 1000, 50, 50),
        (599, 1000, 60, 59),
        (1, 3, 50, 33),
        (2, 3, 50, 67),
        (999_999, 1_000_000, None, 99),
        (1000, 1000, 100, 100),
        (0, 7, 50, 0),
        (494, 1000, Decimal("49.4"), 50),  # it reaches the border, so it may not be shown below it
        (493, 1000, Decimal("49.4"), 49),
        (849, 1000, 85, 84),
    ],
)
def test_shown_whole_half_up_never_across_a_border(numerator, denominator, threshold, shown):
    assert Percent.of(numerator, denominator).whole(threshold) == shown


def test_several_borders():
    percent = Percent.of(11, 13)  # 84.6
    assert percent.whole(100) == 85
    assert percent.whole(100, 85) == 84
    assert Percent.of(996, 1000).whole(Decimal("99.2")) == 99  # 100 is the firmest of all


def test_no_value_is_neither_nothing_nor_everything():
    for percent in (Percent.of(0, 0), Percent.of(None, 5), Percent.of(3, None), Percent.given(None)):
        assert percent.exact is None
        assert percent.whole(50) is None
        assert percent.truncated() is None
        assert percent.shown() == NO_DATA
        assert percent.decimal4() == ""
        assert not percent.meets(0)


def test_the_offices_users_table_truncates():
    assert Percent.given(Decimal("26.58")).truncated() == 26
    assert Percent.of(25, 244).truncated() == 10


def test_shown_with_its_sign():
    assert Percent.of(49, 100).shown(50) == "49 %"


@pytest.mark.parametrize(
    ("percent", "text"),
    [
        (Percent.of(1, 3), "33.3333"),
        (Percent.of(2, 3), "66.6667"),
        (Percent.of(1, 2), "50.0000"),
        (Percent.of(1, 200_000_000), "0.0000"),
        (Percent.given(Decimal("49.99995")), "50.0000"),
        (Percent(Fraction(499_999, 10_000)), "49.9999"),
    ],
)
def test_four_decimals_for_the_export(percent, text):
    assert percent.decimal4() == text


@given(counts, st.integers(1, 10**9), thresholds)
def test_a_threshold_is_judged_in_whole_numbers(numerator, denominator, threshold):
    in_whole_numbers = numerator * 10_000 >= int(threshold * 100) * denominator
    assert Percent.of(numerator, denominator).meets(threshold) == in_whole_numbers


@given(st.integers(0, 10**6), st.integers(1, 10**6), st.integers(0, 100))
def test_what_is_shown_tells_the_same_as_what_is_judged(numerator, denominator, threshold):
    percent = Percent.of(min(numerator, denominator), denominator)
    shown = percent.whole(threshold)
    assert shown is not None
    assert (shown >= threshold) == percent.meets(threshold)
    assert (shown == 100) == percent.meets(100)
    assert abs(shown - (percent.exact or 0)) < 1
