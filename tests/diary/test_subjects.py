"""Marks by subject: the weighted average, the mark for the period and for the year."""

from __future__ import annotations

import re
from datetime import date

import pytest

from portal.extensions import db
from portal.models.journal import Mark, PeriodMark, WorkType
from portal.models.organisation import Period
from portal.models.people import Enrolment, SchoolClass
from tests.reading import text
from tests.small_school import MONDAY, NOON, group, lesson, sign_in


def put(world, word, value, work_type="Ответ на уроке", **more):
    db.session.add(
        Mark(
            lesson_id=world.lessons[word], pupil_id=world.people["pupil"], value=value,
            work_type_id=world.work_types[work_type], set_at=NOON, **more,
        )
    )  # fmt: skip


@pytest.fixture
def marked(small):
    """The small school with marks of «pupil» in the first quarter, and a second quarter to come."""
    app, world = small
    with app.app_context():
        db.session.get(WorkType, world.work_types["Контрольная работа"]).weight = 3
        put(world, "math-1", "5")
        put(world, "math-2", "3", "Контрольная работа")
        put(world, "math-3", "зач")
        put(world, "russian-1", "2", removed_at=NOON)
        for value, span in (("4", {"period_id": world.quarter}), ("5", {"year": 2026})):
            db.session.add(
                PeriodMark(
                    group_id=world.groups["math"], pupil_id=world.people["pupil"], value=value, set_at=NOON, **span
                )
            )  # fmt: skip
        second = Period(
            key="q2", school_id=world.school, year=2026, kind="quarter", number=2,
            starts_on=date(2026, 11, 2), ends_on=date(2026, 12, 27),
        )  # fmt: skip
        elders = Period(
            key="h1", school_id=world.school, year=2026, kind="half_year", number=1, grades="10-11",
            grade_from=10, grade_to=11, starts_on=date(2026, 9, 1), ends_on=date(2026, 12, 27),
        )  # fmt: skip
        db.session.add_all([second, elders])
        db.session.flush()
        world.second = second.id
        world.elders = elders.id
        db.session.commit()
    return app, world


def rows(app, world, login="guardian", query=""):
    answer = sign_in(app, login).get(f"/diary/pupils/{world.people['pupil']}/subjects{query}")
    assert answer.status_code == 200
    html = answer.get_data(as_text=True)
    found = {}
    for row in re.findall(r"<tr>(.*?)</tr>", re.sub(r"<ul>.*?</ul>", "", html, flags=re.S), re.S):
        cells = [text(cell) for cell in re.findall(r"<t[hd]\b.*?</t[hd]>", row, re.S)]
        found[cells[0]] = cells[1:]
    return found, html


def test_the_average_is_weighted_and_the_period_mark_stands_beside(marked):
    found, html = rows(*marked)
    assert "15 сентября · 3 · Контрольная работа" in text(html)
    assert found["Предмет"] == ["Средний балл", "Итог", "Год", "Отметки"]
    assert found["Математика"] == ["3,50", "4", "5", "5 3 вес 3 зач"]
    assert found["Русский язык"] == ["—", "", "", "—"]
    assert "Английский язык" in found


def test_only_own_subgroups(marked):
    app, world = marked
    client = sign_in(app, "guardian")
    assert "Английский" not in client.get(f"/diary/pupils/{world.people['pupil-2']}/subjects").get_data(as_text=True)


def test_periods_are_one_tap_apart_and_those_of_other_grades_are_not_there(marked):
    app, world = marked
    found, html = rows(app, world, query=f"?period={world.second}")
    assert "2 четверть" in html
    assert "полугодие" not in html
    assert found["Математика"][0] == "—"
    client = sign_in(app, "guardian")
    for wrong in (world.elders, 999):
        path = f"/diary/pupils/{world.people['pupil']}/subjects?period={wrong}"
        assert client.get(path).status_code == 404


def test_a_subject_carried_into_another_class_is_one_subject(marked):
    app, world = marked
    with app.app_context():
        other = SchoolClass(key="5b", school_id=world.school, year=2026, grade=5, letter="Б")
        db.session.add(other)
        db.session.flush()
        world.classes["5b"] = other.id
        group(world, "math-b", "5b", "Математика", "teacher")
        lesson(world, "math-b", "math-b", MONDAY.replace(day=18), 1)
        put(world, "math-b", "5")
        db.session.query(Enrolment).filter_by(person_id=world.people["pupil"]).one().left_on = date(2026, 9, 17)
        db.session.add(Enrolment(class_id=other.id, person_id=world.people["pupil"], enrolled_on=date(2026, 9, 17)))
        db.session.commit()
    found, _ = rows(app, world)
    assert found["Математика"][0] == "3,80"  # (5 + 3·3 + 5) / 5
    assert found["Математика"][-1] == "5 3 вес 3 зач 5"


def test_a_school_without_periods_is_read_by_the_year(marked):
    app, world = marked
    with app.app_context():
        db.session.query(PeriodMark).filter(PeriodMark.period_id.is_not(None)).delete()
        db.session.query(Period).delete()
        db.session.commit()
    found, html = rows(app, world)
    assert "1 сентября – 31 мая" in html
    assert found["Математика"] == ["3,50", "5", "5 3 вес 3 зач"]
