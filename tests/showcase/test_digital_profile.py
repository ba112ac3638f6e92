"""The digital profile: who counts, over what, who is left out, and who sees names."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime

from portal.extensions import db
from portal.models.organisation import Municipality, School
from portal.models.people import Enrolment
from portal.models.showcase import DataRestriction
from portal.queries import units
from portal.queries.digital_profile import pooled, profiles
from portal.values.week import Week
from tests.showcase.conftest import give, rows_of_page, text_of_page
from tests.small_school import MONDAY, NOON, sign_in

WEEK = Week(MONDAY)


def figures(app, school_id, week=WEEK):
    with app.app_context():
        return profiles([school_id], week)[school_id]


def restrict(app, small, word, at=NOON, until=None):
    with app.app_context():
        db.session.add(DataRestriction(person_id=small.people[word], set_at=at, lifted_at=until))
        db.session.commit()


def test_account_and_document_over_the_contingent(papers):
    app, small = papers
    found = figures(app, small.school)
    assert (found.percent.numerator, found.percent.denominator) == (1, 4)
    assert (found.without_document, found.restricted) == (1, 0)
    assert found.met is False


def test_a_birth_certificate_counts_as_a_passport_does(papers):
    app, small = papers
    with app.app_context():
        give(small, "pupil-3", document="birth_certificate", document_number="II-БД 500001")
        db.session.commit()
    assert figures(app, small.school).percent.numerator == 2


def test_whose_data_may_not_be_processed_is_left_out_of_both(papers):
    app, small = papers
    restrict(app, small, "pupil")
    restrict(app, small, "pupil-3")
    found = figures(app, small.school)
    assert (found.percent.numerator, found.percent.denominator) == (0, 2)
    assert (found.restricted, found.without_document) == (2, 0)


def test_a_mark_holds_from_its_week_until_it_is_lifted(papers):
    app, small = papers
    restrict(app, small, "pupil", until=datetime(2026, 9, 22, tzinfo=UTC))
    assert figures(app, small.school, WEEK.previous).percent.denominator == 4
    assert figures(app, small.school).percent.denominator == 3
    assert figures(app, small.school, WEEK.next).percent.denominator == 4


def test_no_contingent_gives_no_value(papers):
    app, small = papers
    with app.app_context():
        db.session.get(School, small.school).contingent_oo1 = None
        db.session.commit()
    found = figures(app, small.school)
    assert (found.percent.exact, found.met, found.change, found.unknown) == (None, None, None, 1)


def test_a_contingent_of_those_left_out_gives_no_value(papers):
    app, small = papers
    with app.app_context():
        db.session.get(School, small.school).contingent_oo1 = 1
        db.session.commit()
    restrict(app, small, "pupil")
    assert figures(app, small.school).percent.exact is None


def test_a_pupil_in_two_classes_is_one(papers):
    app, small = papers
    with app.app_context():
        first = db.session.query(Enrolment).filter_by(person_id=small.people["pupil"]).one()
        db.session.add(Enrolment(class_id=first.class_id, person_id=first.person_id, enrolled_on=MONDAY))
        db.session.commit()
    assert figures(app, small.school).percent.numerator == 1


def test_esia_of_pupils_and_guardians_is_told_as_that_of_teachers(papers):
    app, small = papers
    found = figures(app, small.school)
    assert (found.pupils_esia.numerator, found.pupils_esia.denominator) == (1, 3)
    assert (found.guardians_esia.numerator, found.guardians_esia.denominator) == (1, 1)
    assert (found.teachers_esia.numerator, found.teachers_esia.denominator) == (0, 4)


def test_a_unit_sums_its_schools_and_leaves_out_those_without_a_contingent(papers):
    app, small = papers
    with app.app_context():
        db.session.get(School, small.other_school).municipality_id = small.municipality
        db.session.commit()
        found = profiles([small.school, small.other_school], WEEK)
        whole = pooled(found.values())
    assert (whole.percent.numerator, whole.percent.denominator, whole.contingent, whole.unknown) == (1, 4, 4, 1)
    assert (whole.pupils_esia.numerator, whole.pupils_esia.denominator) == (1, 4)


def test_the_change_is_against_last_week(papers):
    app, small = papers
    with app.app_context():
        give(small, "pupil", activated_at=datetime(2026, 9, 15, tzinfo=UTC))
        db.session.commit()
    found = figures(app, small.school)
    assert (found.change, found.change_text) == (25, "за неделю: +25")


def test_the_school_reads_names_with_what_each_lacks_and_opens_the_card(papers):
    app, small = papers
    path = f"/showcase/schools/{small.school}/profile"
    client = sign_in(app, "head")
    page = client.get(path).get_data(as_text=True)
    assert rows_of_page(page) == [["Берёзов Пётр", "5А", "активации"], ["Яблокова Анна", "5А", "документа"]]
    assert "25 %" in text_of_page(page) and "есть у 1 из 4" in text_of_page(page)
    card = f"/showcase/pupils/{small.people['pupil-3']}"
    assert f'href="{card}"' in page
    text = text_of_page(client.get(card).get_data(as_text=True))
    assert "Документы не записаны" in text and "активирована 01.09.2026 03:00" in text


def test_an_office_reads_numbers_by_class_and_no_names(papers):
    app, small = papers
    for login in ("municipal", "regional"):
        client = sign_in(app, login)
        page = client.get(f"/showcase/schools/{small.school}/profile").get_data(as_text=True)
        assert rows_of_page(page) == [["5А", "3", "1", "1", "1", "0"]]
        for ending in ("csv", "xlsx", "pdf"):
            assert client.get(f"/showcase/schools/{small.school}/profile.{ending}").status_code == 200
        text = client.get(f"/showcase/schools/{small.school}/profile.csv").data.decode()
        assert "Яблокова" not in page + text
        assert client.get(f"/showcase/pupils/{small.people['pupil']}").status_code == 403


def test_a_municipality_and_a_region_read_the_sums(papers):
    app, small = papers
    client = sign_in(app, "regional")
    page = client.get(f"/showcase/municipalities/{small.municipality}/profile").get_data(as_text=True)
    expected = [["Школа № 1", "4", "0", "1", "25 ✕ не выполнено", "0", "1", "33", "100", "0"]]
    assert rows_of_page(page)[:1] == expected
    region = rows_of_page(client.get(f"/showcase/regions/{small.region}/profile").get_data(as_text=True))
    assert [row[0] for row in region] == ["Ближний район", "Дальний район", "Регион"]
    assert region[2][1:5] == ["4", "0", "1", "25 ✕ не выполнено"]
    assert "Без контингента ОО-1: 1 школа." in text_of_page(
        client.get(f"/showcase/regions/{small.region}/profile").get_data(as_text=True)
    )
    lines = client.get(f"/showcase/regions/{small.region}/profile.csv").data.decode("utf-8-sig")
    assert next(row for row in csv.reader(io.StringIO(lines), delimiter=";") if row[0] == "Регион")[3] == "1"


def test_a_school_that_everybody_has_a_profile_in_says_so(papers):
    app, small = papers
    with app.app_context():
        give(small, "pupil-2", activated_at=NOON)
        give(small, "pupil-3", snils="112-233-445 95")
        db.session.get(School, small.school).contingent_oo1 = 3
        db.session.commit()
    page = text_of_page(sign_in(app, "deputy").get(f"/showcase/schools/{small.school}/profile").get_data(as_text=True))
    assert "100 % ✓" in page and "Цифровой профиль есть у каждого" in page


def test_units_are_found_or_told_missing(papers):
    app, small = papers
    with app.app_context():
        assert units.region(small.region).school_ids == [small.school, small.other_school]
        for find in (units.school, units.municipality, units.region):
            try:
                find(999)
            except LookupError:
                continue
            raise AssertionError(find)


def test_an_empty_municipality_says_what_will_be_here(papers):
    app, small = papers
    with app.app_context():
        empty = Municipality(key="empty", region_id=small.region, name="Пустой район")
        db.session.add(empty)
        db.session.commit()
        path = f"/showcase/municipalities/{empty.id}"
    client = sign_in(app, "regional")
    for what in ("readiness", "profile", "not-moved"):
        assert "Школ пока нет" in client.get(f"{path}/{what}").get_data(as_text=True)


def test_names_are_text(papers):
    app, small = papers
    with app.app_context():
        give(small, "pupil-3", last_name="<b>Жирнов</b>", first_name="=1+1")
        db.session.commit()
    client = sign_in(app, "head")
    page = client.get(f"/showcase/schools/{small.school}/profile").get_data(as_text=True)
    assert "<b>Жирнов" not in page and "&lt;b&gt;Жирнов" in page
