"""What exactly is missing: the rows behind each figure, on the dataset of borders."""

from datetime import date

import pytest
from sqlalchemy import select

from portal.content.indicators import indicators
from portal.extensions import session
from portal.models.journal import Lesson
from portal.queries.indicators import school_week
from portal.queries.shortfalls import lesson_state, shortfall
from portal.values.week import Week
from tests.borders import WEEK, id_of


def _shortfall(school: str, code: str, *, with_names: bool = True, **page: int):
    return shortfall(id_of(school), WEEK, code, with_names=with_names, **page)


def _lesson_keys(found) -> list[str]:
    keys = dict(session.execute(select(Lesson.id, Lesson.key)).all())
    return [keys[row.lesson_id] for row in found.rows]


def test_rows_are_as_many_as_the_figure_lacks(borders):
    """For every indicator whose rows are what its denominator counts."""
    for school in ("people", "times", "two", "dag", "edge", "empty"):
        figures = school_week(id_of(school), WEEK).figures
        for indicator in indicators():
            if indicator.code in ("marks_timely", "homework_timely"):
                continue  # rows are lessons, the figure counts marks; the figure is cut to the next week's lessons
            found = _shortfall(school, indicator.code)
            if indicator.code == "digital_profile" or found.imported:
                continue
            assert found.total == len(found.rows) == figures[indicator.code].lacking, (school, indicator.code)


def test_classes_with_too_few_lessons(borders):
    found = _shortfall("times", "timetable_filled")
    assert [(row.title, row.slots, row.missing) for row in found.rows] == [("7Б", 7, 1), ("7В", 0, 8)]


def test_lessons_without_plan_and_empty_journals(borders):
    planned = _lesson_keys(_shortfall("times", "lessons_planned"))
    assert [key for key in planned if key.startswith("v-")] == ["v-8", "v-9"]
    kept = _shortfall("times", "journal_kept")
    assert _lesson_keys(kept)[:1] == ["e-2-1"]
    late_only = next(row for row in kept.rows if row.class_title == "7А")
    assert (late_only.date, late_only.number, late_only.teacher) == (date(2026, 9, 18), 1, "Восточная А.")
    assert late_only.reason.startswith("нет отметок")


def test_marks_that_do_not_count_by_lesson(borders):
    found = _shortfall("times", "marks_timely")
    assert _lesson_keys(found) == ["v-1", "v-2", "v-5", "v-3"]
    assert [(row.marks, row.late, row.other_type) for row in found.rows] == [(4, 1, 1), (5, 1, 1), (2, 0, 1), (2, 1, 0)]
    assert found.rows[0].reason == "1 отметка не в срок, 1 отметка за другой вид работы из 4"


def test_homework_not_given_in_time(borders):
    found = _shortfall("times", "homework_timely")
    rows = dict(zip(_lesson_keys(found), found.rows, strict=True))
    assert {key for key in rows if key.startswith("v-")} == {"v-2", "v-7", "v-8", "v-10"}
    assert rows["v-2"].next_on == date(2026, 9, 17)
    assert rows["v-2"].reason == "задание к следующему уроку выдано не в срок"
    assert rows["v-8"].reason == "нет задания к следующему уроку"
    assert rows["e-1-7"].reason == "следующего урока ещё нет в расписании"


def test_people_by_name_for_the_school_only(borders):
    found = _shortfall("people", "teachers_activated")
    assert [(row.name, row.place) for row in found.rows] == [("Вторая Анна", "Учитель"), ("Четвёртая Анна", "Учитель")]
    pupils = _shortfall("people", "pupils_activated")
    assert [(row.name, row.place) for row in pupils.rows] == [
        ("Ученикова Вера", "5А"), ("Ученикова Зоя", "5А"), ("Ученикова Рита", "5А"),
    ]  # fmt: skip
    guardians = _shortfall("people", "guardians_activated")
    assert [(row.name, row.place) for row in guardians.rows] == [("Родителева Тамара", "5А"), ("Родителева Эмма", "4А")]
    twice = _shortfall("people", "guardian_engagement")
    assert ("Ученикова Лена", "5А, 5Б", None) in [(row.name, row.place, row.class_id) for row in twice.rows]


def test_an_office_sees_counts_and_no_names(borders):
    counts = _shortfall("people", "accounts_activated", with_names=False)
    assert counts.kind == "counts"
    assert [(row.title, row.lacking, row.total) for row in counts.rows] == [
        ("Сотрудники", 2, 7), ("4А, родители", 1, 1), ("5А, ученики", 3, 5), ("5А, родители", 1, 3),
    ]  # fmt: skip
    teachers = _shortfall("people", "teachers_category", with_names=False)
    assert [(row.title, row.class_id, row.lacking, row.total) for row in teachers.rows] == [("Педагоги", None, 3, 6)]
    lessons = _shortfall("times", "lessons_planned", with_names=False)
    assert {row.teacher for row in lessons.rows} == {""}
    for code in [indicator.code for indicator in indicators()]:
        assert "Anna" not in repr(_shortfall("people", code, with_names=False))
        assert "Анна" not in repr(_shortfall("people", code, with_names=False))


def test_criteria_not_met(borders):
    found = _shortfall("times", "school_activity")
    assert [row.figure.code for row in found.rows] == ["accounts_activated", "timetable_filled"]


def test_pages(borders):
    first = _shortfall("times", "lessons_planned", limit=4)
    assert (len(first.rows), first.total, first.more) == (4, 11, 7)
    last = _shortfall("times", "lessons_planned", limit=4, offset=8)
    assert (len(last.rows), last.more) == (3, 0)
    beyond = _shortfall("times", "lessons_planned", limit=4, offset=80)
    assert (beyond.rows, beyond.total, beyond.more) == ((), 11, 0)
    people = _shortfall("people", "accounts_activated", limit=2, offset=2)
    assert (len(people.rows), people.total, people.more) == (2, 7, 3)
    classes = _shortfall("times", "timetable_filled", limit=1, offset=1)
    assert ([row.title for row in classes.rows], classes.more) == (["7В"], 0)


def test_imported_figures_have_nothing_behind_them(borders):
    found = _shortfall("old", "journal_kept")
    assert (found.imported, found.rows, found.total) == (True, (), 0)
    assert _shortfall("old", "school_activity").imported is False
    assert _shortfall("times", "journal_kept").imported is False


def test_no_such_indicator(borders):
    with pytest.raises(LookupError):
        _shortfall("times", "nonsense")


def test_the_state_of_a_lesson(borders):
    ids = dict(session.execute(select(Lesson.key, Lesson.id)).all())
    first = lesson_state(ids["v-1"])
    assert (first.school_name, first.class_title, first.subject) == ("Школа сроков", "7А", "Математика")
    assert (first.has_topic, first.homework_due, first.is_planned) == (True, 0, True)
    assert (first.marks, first.marks_in_week, first.marks_timely, first.absences) == (5, 4, 2, 0)
    assert (first.is_homework_timely, first.next_lesson_id, first.next_on) == (True, ids["v-2"], date(2026, 9, 15))
    late = lesson_state(ids["v-7"])
    assert (late.absences, late.is_kept, late.homework_due, late.is_planned) == (0, False, 1, True)
    assert lesson_state(ids["v-8"]).absences == 1
    blank = lesson_state(ids["v-9"])
    assert (blank.has_topic, blank.has_comment, blank.is_kept) == (False, True, True)
    cancelled = lesson_state(ids["v-4"])
    assert (cancelled.cancelled, cancelled.is_planned, cancelled.is_kept) == (True, False, False)
    assert cancelled.marks_in_week == cancelled.marks_timely == 0
    with pytest.raises(LookupError):
        lesson_state(0)


def test_weeks_are_parted(borders):
    found = shortfall(id_of("times"), Week(date(2026, 9, 21)), "lessons_planned", with_names=False)
    assert _lesson_keys(found) == ["v-21"]
