"""One table value, and the same words for its cells in every renderer."""

from datetime import UTC, date, datetime

import pytest

from portal.values.percent import Percent
from portal.values.table import Cell, Column, Table, plain, signed, text_of


def test_rows_are_as_long_as_columns():
    columns = (Column("a", "А"), Column("b", "Б"))
    assert Table("Т", columns, ((1, 2),), totals=(1, 2)).rows == ((1, 2),)
    with pytest.raises(ValueError, match="1 cells under 2"):
        Table("Т", columns, ((1,),))
    with pytest.raises(ValueError, match="3 cells under 2"):
        Table("Т", columns, (), totals=(1, 2, 3))


def test_cells_carry_a_state():
    assert plain(Cell(5, "good")) == plain(5) == 5


@pytest.mark.parametrize(
    ("value", "column", "text"),
    [
        (None, Column("a", ""), ""),
        ("текст", Column("a", ""), "текст"),
        (7, Column("a", "", "int"), "7"),
        (4.333, Column("a", "", "number"), "4,33"),
        (date(2026, 9, 14), Column("a", "", "date"), "14.09.2026"),
        (datetime(2026, 9, 14, 9, 5, tzinfo=UTC), Column("a", "", "moment"), "14.09.2026 09:05"),
        (Percent.of(496, 1000), Column("a", "", "percent", threshold=50), "49"),
        (Percent.of(496, 1000), Column("a", "", "percent"), "50"),
        (Percent.of(496, 1000), Column("a", "", "percent", truncate=True), "49"),
        (Percent.of(0, 0), Column("a", "", "percent"), "нет данных"),
        (3, Column("a", "", "change"), "+3"),
        (-3, Column("a", "", "change"), "−3"),
        (0, Column("a", "", "change"), "0"),
    ],
)
def test_words_of_a_value(value, column, text):
    assert text_of(value, column) == text


def test_signed():
    assert [signed(n) for n in (1, 0, -1)] == ["+1", "0", "−1"]
