"""What teachers and families did: plausible moments, schools that differ, nothing from the future."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import UTC, datetime

import pytest
from flask import Flask
from sqlalchemy import text

from portal.demo.curriculum import load_subjects
from portal.demo.district import District, make_district
from portal.extensions import session
from tests.demo_day import TODAY

TIMELY = {"Ответ на уроке", "Поведение", "Работа на уроке", "Наизусть"}


@pytest.fixture(scope="module")
def lessons(demo_district: District) -> dict[str, dict[str, str]]:
    return {row["lesson_id"]: row for row in demo_district.rows.of("lessons")}


@pytest.fixture(scope="module")
def grades(demo_district: District) -> dict[str, int]:
    return {row["class_id"]: int(row["grade"]) for row in demo_district.rows.of("classes")}


def test_marks_are_of_the_pupils_of_the_lesson(
    demo_district: District, lessons: dict[str, dict[str, str]], grades: dict[str, int]
) -> None:
    rows = demo_district.rows
    groups = {row["group_id"]: row["class_id"] for row in rows.of("groups")}
    members, classes = defaultdict(set), defaultdict(set)
    for row in rows.of("group_members"):
        members[row["group_id"]].add(row["person_id"])
    for row in rows.of("enrolments"):
        classes[row["class_id"]].add(row["person_id"])
    absent = {(row["lesson_id"], row["person_id"]) for row in rows.of("attendance") if row["code"] != "О"}
    for mark in rows.of("marks"):
        lesson = lessons[mark["lesson_id"]]
        group = lesson["group_id"]
        assert mark["person_id"] in (members[group] or classes[groups[group]])
        assert grades[groups[group]] > 1
        assert lesson["status"] == "planned"
        assert lesson["date"] + "T08:00" < mark["set_at"] < "2026-11-24"
        assert (mark["lesson_id"], mark["person_id"]) not in absent


def test_marks_come_in_time_and_late_by_kinds_of_work(
    demo_district: District, lessons: dict[str, dict[str, str]]
) -> None:
    kinds, in_time = Counter(), Counter()
    for mark in demo_district.rows.of("marks"):
        kinds[mark["work_type"]] += 1
        in_time[mark["set_at"] < lessons[mark["lesson_id"]]["date"] + "T21:00:00"] += 1
    assert TIMELY | {"Контрольная работа", "Домашняя работа", "Самостоятельная работа"} == kinds.keys()
    assert 0.1 < in_time[False] / in_time.total() < 0.5


def test_homework_is_due_at_a_later_lesson_of_the_group(
    demo_district: District, lessons: dict[str, dict[str, str]]
) -> None:
    for row in demo_district.rows.of("homework"):
        due, given = lessons[row["lesson_id"]], lessons[row["homework_id"].removesuffix("-h")]
        assert due["group_id"] == given["group_id"]
        assert (due["date"], int(due["number"])) > (given["date"], int(given["number"]))
        assert due["status"] == "planned"
        assert row["issued_at"] < f"{due['date']}T{due['starts_at']}"
        assert row["text"].strip()


def test_diaries_are_opened_by_the_family_with_an_account(demo_district: District) -> None:
    rows = demo_district.rows
    family = {(row["pupil_id"], row["guardian_id"]) for row in rows.of("guardians")}
    active = {row["person_id"]: row["activated_at"] for row in rows.of("people") if row["activated_at"]}
    visited = {(row["person_id"], row["visited_at"][:10]) for row in rows.of("visits")}
    for row in rows.of("diary_views"):
        assert row["pupil_id"] == row["viewer_id"] or (row["pupil_id"], row["viewer_id"]) in family
        assert active[row["viewer_id"]] <= row["viewed_at"] < "2026-11-24T08:00"
        assert (row["viewer_id"], row["viewed_at"][:10]) in visited


def test_people_visit_once_a_day_at_most_and_with_an_account(demo_district: District) -> None:
    visits = Counter((row["person_id"], row["visited_at"][:10]) for row in demo_district.rows.of("visits"))
    active = {row["person_id"] for row in demo_district.rows.of("people") if row["activated_at"]}
    assert max(visits.values()) == 1
    assert {person for person, _ in visits} <= active


def test_the_finished_quarter_has_its_marks(demo_district: District, grades: dict[str, int]) -> None:
    groups = {row["group_id"]: row["class_id"] for row in demo_district.rows.of("groups")}
    periods = {row["period_id"]: row for row in demo_district.rows.of("periods")}
    found = list(demo_district.rows.of("period_marks"))
    assert found
    for row in found:
        period = periods[row["period_id"]]
        assert (period["year"], period["kind"], period["number"]) == ("2026", "quarter", "1")
        assert 1 < grades[groups[row["group_id"]]] < 10


def test_schools_that_keep_journals_have_marks_of_the_finished_quarter(demo_district: District) -> None:
    """And who has no journals at all has none; the more is kept, the more of the classes' pupils have theirs."""
    rows = demo_district.rows
    taught = {row["group_id"].partition("-")[0] for row in rows.of("lessons")}
    counts = Counter(row["group_id"].partition("-")[0] for row in rows.of("period_marks"))
    for school in demo_district.schools:
        pupils = sum(len(found.pupils) for found in school.classes if 1 < found.grade < 10)
        each = counts[school.setting.key] / pupils
        if school.habit.keeping > 0.7:
            assert each > 8, school.figures.name  # marks of a pupil, of some fifteen subjects
        if school.setting.key not in taught:
            assert each == 0, school.figures.name


def test_a_finished_year_has_year_marks() -> None:
    values = [
        row["period_id"]
        for row in make_district(datetime(2026, 7, 1, tzinfo=UTC).date(), schools=1).rows.of("period_marks")
    ]
    assert "year:2025" in values
    assert len(set(values)) == 1 + 4 + 2


def test_every_subject_has_topics_for_its_grades() -> None:
    from portal.demo.curriculum import band_of

    for subject in load_subjects():
        for grade in range(1, 12):
            if subject.hours_in(grade):
                assert band_of(subject.key, grade).topics


@pytest.mark.parametrize(
    "indicator",
    ["timetable_filled", "lessons_planned", "journal_kept", "marks_timely", "homework_timely", "guardian_engagement"],
)
def test_schools_differ_as_real_ones_do(demo: Flask, indicator: str) -> None:
    """In the last whole week some schools are above the threshold and some far below."""
    with demo.app_context():
        rows = session.execute(
            text(f"select numerator, denominator from indicator_{indicator} where week_start = '2026-11-16'")
        ).all()
    shares = [row.numerator / row.denominator for row in rows if row.denominator]
    assert len(rows) == 22
    assert min(shares) < 0.3
    assert max(shares) > 0.5


def test_today_is_still_to_be_taught(demo_district: District, lessons: dict[str, dict[str, str]]) -> None:
    today = [row for row in lessons.values() if row["date"] == TODAY.isoformat()]
    assert len(today) > 1000
    assert all(row["conducted"] == "0" for row in today)
    assert any(row["topic"] for row in today)
