"""«Непереведённые»: who is still in a class of a past school year."""

from __future__ import annotations

from datetime import date

import pytest

from portal.extensions import db
from portal.models.organisation import AcademicYear, School
from portal.models.people import Enrolment, SchoolClass
from portal.queries.not_moved_up import Counts, counts, year_title
from portal.values.week import Week
from tests.showcase.conftest import rows_of_page, text_of_page
from tests.small_school import MONDAY, person, sign_in

WEEK = Week(MONDAY)


@pytest.fixture
def forgotten(small):
    """Two pupils in last year's 4А: one stayed there, one was moved up and left it."""
    app, world = small
    with app.app_context():
        db.session.add(
            AcademicYear(school_id=world.school, year=2025, starts_on=date(2025, 9, 1), ends_on=date(2026, 5, 31))
        )
        old = SchoolClass(key="old-4a", school_id=world.school, year=2025, grade=4, letter="А")
        db.session.add(old)
        db.session.flush()
        stayed = person(world, "stayed", "Забытов", "Пётр", account=False)
        for person_id, left_on in ((stayed, None), (world.people["pupil"], date(2026, 9, 1))):
            row = Enrolment(class_id=old.id, person_id=person_id, enrolled_on=date(2025, 9, 1), left_on=left_on)
            db.session.add(row)
        db.session.commit()
    return app, world


def found(app, *school_ids, week=WEEK):
    with app.app_context():
        return counts(school_ids, week)


def test_who_stayed_behind_is_counted_once_the_new_year_has_begun(forgotten):
    app, small = forgotten
    assert found(app, small.school, small.other_school) == {small.school: Counts(1, 1), small.other_school: Counts()}
    assert found(app, small.school, week=Week(date(2026, 8, 17)))[small.school] == Counts()


def test_a_school_without_a_new_year_is_caught_by_its_neighbours(forgotten):
    app, small = forgotten
    with app.app_context():
        db.session.query(AcademicYear).filter_by(school_id=small.school, year=2026).delete()
        db.session.commit()
    assert found(app, small.school)[small.school] == Counts()
    with app.app_context():
        db.session.get(School, small.other_school).municipality_id = small.municipality
        db.session.commit()
    assert found(app, small.school)[small.school] == Counts(1, 1)


def test_the_school_reads_names_and_an_office_numbers(forgotten):
    app, small = forgotten
    path = f"/showcase/schools/{small.school}/not-moved"
    page = sign_in(app, "deputy").get(path).get_data(as_text=True)
    assert rows_of_page(page) == [["Забытов Пётр", "4А", "2025/26"]]
    assert f'href="/showcase/pupils/{small.people["stayed"]}"' in page
    client = sign_in(app, "municipal")
    page = client.get(path).get_data(as_text=True)
    assert rows_of_page(page) == [["4А", "2025/26", "1"]]
    assert "Забытов" not in page
    above = client.get(f"/showcase/municipalities/{small.municipality}/not-moved").get_data(as_text=True)
    assert rows_of_page(above) == [
        ["Школа № 1", "1 ✕ не выполнено", "1"], ["Муниципалитет", "1 ✕ не выполнено", "1"],
    ]  # fmt: skip
    region = sign_in(app, "regional").get(f"/showcase/regions/{small.region}/not-moved").get_data(as_text=True)
    assert [row[:2] for row in rows_of_page(region)] == [
        ["Ближний район", "1 ✕ не выполнено"], ["Дальний район", "0 ✓ выполнено"], ["Регион", "1 ✕ не выполнено"],
    ]  # fmt: skip


def test_nobody_behind_is_said(small):
    app, world = small
    page = sign_in(app, "head").get(f"/showcase/schools/{world.school}/not-moved").get_data(as_text=True)
    assert "Непереведённых нет" in text_of_page(page)


def test_a_school_year_is_written_as_people_do():
    assert [year_title(2026), year_title(2099)] == ["2026/27", "2099/00"]
