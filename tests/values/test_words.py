"""Names, plurals, texts, periods, and what refusals say."""

import pytest

from portal.values.conflict import Conflict
from portal.values.marks import mark_state
from portal.values.names import class_name, full_name, short_name, sort_key
from portal.values.periods import period_title
from portal.values.plural import plural, plural_form
from portal.values.refusal import Refusal
from portal.values.texts import digest, tidy


@pytest.mark.parametrize(
    ("count", "text"),
    [
        (0, "0 уроков"), (1, "1 урок"), (2, "2 урока"), (4, "4 урока"), (5, "5 уроков"), (11, "11 уроков"),
        (12, "12 уроков"), (14, "14 уроков"), (21, "21 урок"), (22, "22 урока"), (25, "25 уроков"), (101, "101 урок"),
        (111, "111 уроков"), (112, "112 уроков"), (1_000_001, "1000001 урок"), (-1, "-1 урок"),
    ],
)  # fmt: skip
def test_plurals(count, text):
    assert plural(count, "урок", "урока", "уроков") == text
    assert text.endswith(plural_form(count, "урок", "урока", "уроков"))


def test_names():
    assert full_name("Иванова", "Мария", "Петровна") == "Иванова Мария Петровна"
    assert full_name("Иванова", "Мария") == "Иванова Мария"
    assert short_name("Иванова", "Мария", "Петровна") == "Иванова М. П."
    assert short_name("Иванова", "") == "Иванова"
    assert class_name(5, "А") == "5А"
    assert class_name(5, "") == "5"
    assert class_name(10, "хим-био") == "10 хим-био"


def test_sort_keys_order_as_russians_do():
    names = ["Яблокова", "ёлкина", "Еремина", "Жукова", " Ёлкин "]
    assert sorted(names, key=sort_key) == [" Ёлкин ", "ёлкина", "Еремина", "Жукова", "Яблокова"]
    assert sort_key("Ёлкина", None, " Мария  Анна ") == "елкина мария анна"


def test_blanks_only_is_no_text():
    assert tidy(" \t\u00a0\n") == ""
    assert tidy(None) == ""
    assert tidy("№ 1\r\n№ 2\r№ 3\x00 ") == "№ 1\n№ 2\n№ 3"
    assert tidy("а\u202e\u202a\u2066\u2069\ud800б") == "аб", "signs that turn the direction of reading"


def test_digests_tell_texts_apart():
    assert digest("№ 1 ") == digest("№ 1")
    assert digest("№ 1") != digest("№ 2")


def test_periods():
    assert period_title("quarter", 1) == "1 четверть"
    assert period_title("half_year", 2) == "2 полугодие"
    assert period_title("", None) == "год"


def test_what_a_refusal_says():
    assert Refusal("Урок отменён.").reason == "Урок отменён."
    conflict = Conflict("5", "", field="value")
    assert "«5»" in conflict.reason
    assert "пусто" in conflict.reason
    assert (conflict.theirs, conflict.mine, conflict.field) == ("5", "", "value")
    assert mark_state("5", 1) == "5:1"
