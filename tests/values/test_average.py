"""The weighted average of marks."""

from fractions import Fraction

import pytest

from portal.values.average import Average


@pytest.mark.parametrize(
    ("marks", "exact", "text"),
    [
        ([], None, ""),
        ([("зач", 1), ("н/а", 1), ("осв", 3)], None, ""),
        ([("5", 0)], None, ""),
        ([("5", 1), ("4", 1), ("4", 1)], Fraction(13, 3), "4,33"),
        ([("5", 2), ("2", 1), ("зач", 5)], Fraction(4), "4,00"),
        ([("5", 1), ("4", 7)], Fraction(33, 8), "4,13"),  # 4.125, half up
    ],
)
def test_average(marks, exact, text):
    average = Average.of(marks)
    assert average.exact == exact
    assert str(average) == text
