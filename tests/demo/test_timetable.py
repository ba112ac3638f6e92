"""Lessons a school could hold: nobody in two places, no gaps, nothing on free days, hours as the curriculum says."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from portal.demo.curriculum import subjects_of
from portal.demo.district import District, make_district
from portal.demo.school_year import SchoolYear

Lesson = dict[str, str]


@pytest.fixture(scope="module")
def groups(demo_district: District) -> dict[str, dict[str, str]]:
    return {row["group_id"]: row for row in demo_district.rows.of("groups")}


@pytest.fixture(scope="module")
def lessons(demo_district: District) -> list[Lesson]:
    return list(demo_district.rows.of("lessons"))


def places(lessons: list[Lesson]) -> Iterator[tuple[Lesson, tuple[str, int]]]:
    for lesson in lessons:
        yield lesson, (lesson["date"], int(lesson["number"]))


def test_a_teacher_is_at_one_place_at_a_time(lessons: list[Lesson], groups: dict[str, dict[str, str]]) -> None:
    held = Counter(
        (lesson["substitute_id"] or groups[lesson["group_id"]]["teacher_id"], place)
        for lesson, place in places(lessons)
        if lesson["status"] == "planned"
    )
    assert max(held.values()) == 1


def test_a_class_learns_one_subject_at_a_time_without_gaps(
    lessons: list[Lesson], groups: dict[str, dict[str, str]]
) -> None:
    days: dict[tuple[str, str], dict[int, set[str]]] = defaultdict(lambda: defaultdict(set))
    for lesson in lessons:
        group = groups[lesson["group_id"]]
        days[group["class_id"], lesson["date"]][int(lesson["number"])].add(group["subject_id"])
    for (school_class, day), numbers in days.items():
        first, last = min(numbers), max(numbers)
        assert first in {1, 7}, (school_class, day)
        assert sorted(numbers) == list(range(first, last + 1)), (school_class, day)
        assert all(len(subjects) == 1 for subjects in numbers.values()), (school_class, day)


def test_both_shifts_of_a_school_are_at_work(lessons: list[Lesson], demo_district: District) -> None:
    doubled = {row["school_id"] for row in demo_district.rows.of("schools") if row["shifts"] == "2"}
    late = {lesson["group_id"][:3] for lesson in lessons if int(lesson["number"]) > 7}
    assert late == doubled


def test_no_lessons_on_sundays_and_in_vacations(lessons: list[Lesson], demo_district: District) -> None:
    free = defaultdict(set)
    for row in demo_district.rows.of("vacations"):
        day = date.fromisoformat(row["starts_on"])
        while day <= date.fromisoformat(row["ends_on"]):
            free[row["school_id"]].add(day.isoformat())
            day += timedelta(days=1)
    for lesson in lessons:
        assert lesson["date"] not in free[lesson["group_id"][:3]]
        assert date.fromisoformat(lesson["date"]).weekday() < 6


def test_hours_of_a_week_are_the_curriculum(demo_district: District, lessons: list[Lesson]) -> None:
    """The leading school, a whole week: by the date a lesson had first."""
    hours: Counter[tuple[str, str]] = Counter()
    classes = {row["class_id"]: int(row["grade"]) for row in demo_district.rows.of("classes")}
    groups = {row["group_id"]: row for row in demo_district.rows.of("groups")}
    for lesson in lessons:
        group = groups[lesson["group_id"]]
        day = lesson["moved_from"] or lesson["date"]
        if group["class_id"].startswith("s01") and "2026-11-09" <= day <= "2026-11-14":
            hours[group["class_id"], lesson["group_id"]] += 1
    assert len({school_class for school_class, _ in hours}) == 22
    for (school_class, key), count in hours.items():
        subjects = {subject.key: subject for subject in subjects_of(classes[school_class])}
        assert count == subjects[groups[key]["subject_id"]].hours_in(classes[school_class])


def test_loads_are_what_a_teacher_can_bear(lessons: list[Lesson], groups: dict[str, dict[str, str]]) -> None:
    week = [lesson for lesson in lessons if "2026-11-09" <= lesson["date"] <= "2026-11-14"]
    loads = Counter(groups[lesson["group_id"]]["teacher_id"] for lesson in week)
    assert max(loads.values()) <= 32
    assert 8 <= sorted(loads.values())[len(loads) // 2] <= 20


def test_large_classes_learn_languages_in_subgroups(demo_district: District, groups: dict[str, dict[str, str]]) -> None:
    members = Counter(row["group_id"] for row in demo_district.rows.of("group_members"))
    split = [group for group in groups.values() if group["subgroup"]]
    assert {group["subject_id"] for group in split} == {"eng", "inf"}
    assert members.keys() == {group["group_id"] for group in split}
    sizes = Counter(row["class_id"] for row in demo_district.rows.of("enrolments"))
    for group in split:
        other = group["group_id"][:-1] + ("2" if group["group_id"].endswith("1") else "1")
        assert members[group["group_id"]] + members[other] == sizes[group["class_id"]] >= 20


def test_lessons_are_cancelled_moved_and_substituted(lessons: list[Lesson]) -> None:
    assert any(lesson["status"] == "cancelled" for lesson in lessons)
    assert any(lesson["substitute_id"] for lesson in lessons)
    moved = [lesson for lesson in lessons if lesson["moved_from"]]
    assert moved
    assert all(lesson["moved_from"] < lesson["date"] for lesson in moved)
    today_on = [lesson for lesson in lessons if lesson["date"] >= "2026-11-24"]
    assert any(lesson["status"] == "cancelled" or lesson["substitute_id"] for lesson in today_on)


def weeks_with_lessons(district: District) -> set[date]:
    days = {date.fromisoformat(row["date"]) for row in district.rows.of("lessons")}
    return {day - timedelta(days=day.weekday()) for day in days}


@pytest.mark.parametrize(
    ("today", "why"),
    [
        (date(2026, 11, 24), "a week of lessons"),
        (date(2026, 10, 28), "the autumn vacation"),
        (date(2027, 1, 5), "the winter vacation"),
        (date(2026, 7, 15), "the summer: the last weeks of the year that ended"),
        (date(2026, 9, 7), "the second week of a year: last year's weeks lend a hand"),
        (date(2030, 9, 1), "a Sunday that should have been the first day of school"),
        (date(2026, 11, 22), "a Sunday"),
    ],
)
def test_six_school_weeks_up_to_any_day(today: date, why: str) -> None:
    district = make_district(today, schools=1)
    monday = today - timedelta(days=today.weekday())
    past = {week for week in weeks_with_lessons(district) if week < monday}
    assert len(past) == 6, why
    assert all(monday - week < timedelta(weeks=21) for week in past), why
    entered = [row["set_at"] for row in district.rows.of("marks")]
    assert max(entered) < f"{today.isoformat()}T00:00:00+03:00"
    assert len({row["lesson_id"].split("-")[-2][:6] for row in district.rows.of("marks")}) > 25


def test_coming_lessons_follow_in_the_school_year() -> None:
    assert max(weeks_with_lessons(make_district(date(2026, 11, 24), schools=1))) == date(2026, 11, 30)
    assert max(weeks_with_lessons(make_district(date(2026, 10, 28), schools=1))) == date(2026, 11, 2)
    assert max(weeks_with_lessons(make_district(date(2026, 7, 15), schools=1))) == date(2026, 5, 25)


def test_quarters_and_vacations_fill_the_year() -> None:
    for number in range(2018, 2036):
        year = SchoolYear(number)
        for before, pause, after in zip(year.quarters, year.breaks, year.quarters[1:], strict=False):
            assert before.last + timedelta(days=1) == pause.first
            assert pause.last + timedelta(days=1) == after.first
            assert pause.first.weekday() == 0
        assert date(number + 1, 1, 7) in year.breaks[1]
        assert 32 <= sum(bool(year.lesson_days(year.starts_on + timedelta(weeks=n) - timedelta(
            days=year.starts_on.weekday()))) for n in range(40)) <= 36  # fmt: skip
