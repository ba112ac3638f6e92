"""Showcase readiness: what each kind counts, when it is fresh, what it lacks and where that is mended."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta

import pytest

from portal.content.showcase import kinds
from portal.extensions import db
from portal.models.journal import Homework, Lesson, Mark, PeriodMark
from portal.models.organisation import AcademicYear, Period, School
from portal.models.people import Guardianship, SchoolClass
from portal.models.showcase import DataRestriction, SchoolEvent
from portal.queries.showcase import readiness
from portal.values.week import Week
from tests.showcase.conftest import give, rows_of_page, text_of_page
from tests.small_school import MONDAY, NOON, sign_in

WEEK = Week(MONDAY)


def states(app, school_id, week=WEEK):
    with app.app_context():
        return {
            code: (state.present, state.expected, state.state)
            for code, state in readiness([school_id], week)[school_id].states.items()
        }


def mark(small, word, pupil="pupil", **more):
    return Mark(
        lesson_id=small.lessons[word], pupil_id=small.people[pupil], value="5",
        work_type_id=small.work_types["Ответ на уроке"], set_at=NOON, **more,
    )  # fmt: skip


def keep(app, *rows):
    with app.app_context():
        db.session.add_all(rows)
        db.session.commit()


def test_the_catalogue_has_the_eleven_kinds_of_the_paper():
    assert [kind.code for kind in kinds()] == [
        "pupils", "homework", "events", "school", "classes", "periods", "period_marks", "year_marks", "statistics",
        "marks", "guardians",
    ]  # fmt: skip


def test_a_school_at_the_start(papers):
    app, small = papers
    assert states(app, small.school) == {
        "pupils": (2, 3, "warn"), "homework": (0, 1, "bad"), "events": (1, 1, "good"), "school": (1, 5, "bad"),
        "classes": (1, 1, "good"), "periods": (1, 1, "good"), "period_marks": (0, 0, "muted"),
        "year_marks": (0, 0, "muted"), "statistics": (0, 0, "bad"), "marks": (0, 3, "bad"), "guardians": (2, 3, "warn"),
    }  # fmt: skip


def test_pupils_whose_data_may_not_be_processed_do_not_count(papers):
    app, small = papers
    keep(app, DataRestriction(person_id=small.people["pupil-3"], set_at=NOON))
    found = states(app, small.school)
    assert (found["pupils"], found["guardians"]) == ((2, 2, "good"), (2, 2, "good"))


def test_homework_is_that_of_the_current_period(papers):
    app, small = papers
    with app.app_context():
        row = Homework(
            group_id=small.groups["math"], lesson_id=small.lessons["math-2"], given_at_id=small.lessons["math-1"],
            text="№ 5", issued_at=NOON,
        )  # fmt: skip
        db.session.add(row)
        db.session.commit()
        row_id = row.id
    assert states(app, small.school)["homework"] == (1, 1, "good")
    second = Period(
        key="q2", school_id=small.school, year=2026, kind="quarter", number=2, starts_on=date(2026, 11, 2),
        ends_on=date(2026, 12, 27),
    )  # fmt: skip
    keep(app, second)
    in_its_first_week, after = Week(date(2026, 11, 2)), Week(date(2026, 11, 9))
    assert states(app, small.school, in_its_first_week)["homework"] == (1, 1, "good")
    assert states(app, small.school, after)["homework"] == (0, 1, "bad")
    with app.app_context():
        db.session.get(Homework, row_id).removed_at = NOON
        db.session.commit()
    assert states(app, small.school)["homework"] == (0, 1, "bad")


def test_events_are_those_of_the_current_period_or_to_come(papers):
    app, small = papers
    with app.app_context():
        event = db.session.get(SchoolEvent, small.events["meeting"])
        event.held_on = date(2026, 8, 28)
        db.session.commit()
        assert states(app, small.school)["events"] == (0, 1, "bad")
        event.held_on = date(2026, 12, 28)
        db.session.commit()
        assert states(app, small.school)["events"] == (1, 1, "good")
        event.removed_at = NOON
        db.session.commit()
    assert states(app, small.school)["events"] == (0, 1, "bad")


def test_the_profile_of_the_school_is_its_five_fields(papers):
    app, small = papers
    with app.app_context():
        school = db.session.get(School, small.school)
        school.address, school.oktmo, school.kpp, school.inn = "ул. Школьная, 1", "82649400101", "052701001", ""
        db.session.commit()
    assert states(app, small.school)["school"] == (4, 5, "bad")
    page = sign_in(app, "head").get(f"/showcase/schools/{small.school}/kinds/school").get_data(as_text=True)
    assert rows_of_page(page) == [["ИНН"]]


def test_an_empty_class_and_a_grade_without_periods_are_missing(papers):
    app, small = papers
    keep(app, SchoolClass(key="6b", school_id=small.school, year=2026, grade=6, letter="Б"))
    with app.app_context():
        db.session.get(Period, small.quarter).grade_to = 5
        db.session.commit()
    found = states(app, small.school)
    assert (found["classes"], found["periods"]) == ((1, 2, "bad"), (1, 2, "bad"))
    page = sign_in(app, "head").get(f"/showcase/schools/{small.school}/kinds/periods").get_data(as_text=True)
    assert rows_of_page(page) == [["6Б"]]
    assert "/schedule/classes/" in page


def test_period_marks_are_due_when_a_period_has_ended(papers):
    app, small = papers
    after = Week(date(2026, 10, 26))
    assert states(app, small.school, Week(date(2026, 10, 19)))["period_marks"] == (0, 0, "muted")
    assert states(app, small.school, after)["period_marks"] == (0, 3, "bad")
    for word in ("math", "russian"):
        keep(
            app,
            PeriodMark(
                period_id=small.quarter, group_id=small.groups[word], pupil_id=small.people["pupil"], value="4",
                set_at=NOON,
            ),
        )  # fmt: skip
    assert states(app, small.school, after)["period_marks"] == (2, 3, "warn")


def test_year_marks_are_those_of_the_year_that_is_over(papers):
    app, small = papers
    summer = Week(date(2027, 6, 7))
    assert states(app, small.school, summer)["year_marks"] == (0, 3, "bad")
    keep(
        app,
        AcademicYear(school_id=small.school, year=2027, starts_on=date(2027, 9, 1), ends_on=date(2028, 5, 31)),
        *(
            PeriodMark(year=2026, group_id=small.groups[word], pupil_id=small.people["pupil"], value="4", set_at=NOON)
            for word in ("math", "russian", "english")
        ),
    )
    autumn = states(app, small.school, Week(date(2027, 9, 13)))
    assert autumn["year_marks"] == (3, 3, "good")
    assert autumn["classes"] == (0, 0, "bad")


def test_statistics_are_of_the_last_week_that_is_over_and_marks_of_the_period(papers):
    app, small = papers
    keep(app, mark(small, "math-1"), mark(small, "math-1", "pupil-2", removed_at=NOON))
    found = states(app, small.school, WEEK.next)
    assert (found["statistics"], found["marks"]) == ((1, 3, "bad"), (1, 3, "bad"))
    keep(app, mark(small, "english-1"))
    with app.app_context():
        db.session.get(Lesson, small.lessons["russian-1"]).status = "cancelled"
        db.session.commit()
    found = states(app, small.school, WEEK.next)
    assert (found["statistics"], found["marks"]) == ((2, 3, "warn"), (2, 3, "warn"))
    assert states(app, small.school)["statistics"] == (0, 0, "bad")


def test_statistics_by_subject_stand_on_their_page(papers, monkeypatch):
    app, small = papers
    keep(app, mark(small, "math-1"), mark(small, "math-2", "pupil-2"))
    with app.app_context():
        other = mark(small, "math-2")
        other.value = "зач"
        db.session.add(other)
        db.session.commit()
    monkeypatch.setitem(app.config, "CLOCK", lambda: NOON + timedelta(days=7))
    client = sign_in(app, "municipal")
    page = client.get(f"/showcase/schools/{small.school}/kinds/statistics").get_data(as_text=True)
    assert rows_of_page(page, 0) == [["Английский язык"], ["Русский язык"]]
    assert rows_of_page(page, 1) == [
        ["Английский язык", "1", "0", "0", "0", "0", "0", "0", "0", ""],
        ["Математика", "5", "2", "3", "2", "0", "0", "0", "0", "5,00"],
        ["Русский язык", "5", "0", "0", "0", "0", "0", "0", "0", ""],
    ]


@pytest.fixture
def ready(papers):
    """Everything that is due is there."""
    app, small = papers
    with app.app_context():
        school = db.session.get(School, small.school)
        school.address, school.oktmo, school.kpp, school.inn = (
            "ул. Школьная, 1",
            "82649400101",
            "052701001",
            "0527106098",
        )
        give(small, "pupil-3", document="passport", document_number="82 10 000001", document_hash="c")
        db.session.add(Guardianship(guardian_id=small.people["guardian"], pupil_id=small.people["pupil-3"]))
        db.session.add(
            Homework(
                group_id=small.groups["math"], lesson_id=small.lessons["math-2"], given_at_id=small.lessons["math-1"],
                text="№ 5", issued_at=NOON,
            )
        )  # fmt: skip
        db.session.add_all([mark(small, "math-1"), mark(small, "russian-1"), mark(small, "english-1")])
        db.session.commit()
    app.config["CLOCK"] = lambda: NOON + timedelta(days=7)
    return app, small


def test_a_ready_school_says_so_at_every_level(ready):
    app, small = ready
    school = sign_in(app, "head").get(f"/showcase/schools/{small.school}/readiness").get_data(as_text=True)
    rows = rows_of_page(school)
    assert rows[-1][:5] == ["Школа в целом", "готова ✓ выполнено", "11", "11", "0"]
    assert rows[0][:5] == ["Ученики с документами", "есть ✓ выполнено", "3", "3", "0"]
    assert rows[6][1] == "срок не наступил"
    client = sign_in(app, "regional")
    page = client.get(f"/showcase/municipalities/{small.municipality}/readiness").get_data(as_text=True)
    assert rows_of_page(page)[0][:4] == ["Школа № 1", "11 ✓ выполнено", "3", "0 ✓ выполнено"]
    assert "Готовы 1 школа из 1." in text_of_page(page)
    region = rows_of_page(client.get(f"/showcase/regions/{small.region}/readiness").get_data(as_text=True))
    assert [row[:4] for row in region] == [
        ["Ближний район", "1", "1 ✓ выполнено", "1"], ["Дальний район", "1", "0", "0"], ["Регион", "2", "1", "1"],
    ]  # fmt: skip


def test_the_table_is_the_same_as_json(ready):
    app, small = ready
    client = sign_in(app, "municipal")
    answer = client.get(f"/showcase/municipalities/{small.municipality}/readiness.json")
    assert answer.mimetype == "application/json"
    document = json.loads(answer.data)
    assert (document["document"], document["version"], document["date"]) == (
        "school-portal/showcase-readiness", 1, "2026-09-23",
    )  # fmt: skip
    (school,) = document["schools"]
    assert (school["school_id"], school["ready"]) == ("school", True)
    assert school["kinds"]["pupils"] == {"present": 3, "expected": 3, "missing": 0, "ready": True, "due": True}
    assert school["kinds"]["year_marks"]["due"] is False
    assert [kind["kind"] for kind in document["kinds"]] == list(school["kinds"])
    assert client.get(f"/showcase/municipalities/{small.municipality}/profile.json").status_code == 404


def test_what_is_missing_is_named_to_the_school_and_counted_for_offices(papers):
    app, small = papers
    path = f"/showcase/schools/{small.school}/kinds"
    head, office = sign_in(app, "head"), sign_in(app, "municipal")
    page = head.get(f"{path}/pupils").get_data(as_text=True)
    assert rows_of_page(page) == [["Яблокова Анна", "5А"]]
    assert f'href="/showcase/pupils/{small.people["pupil-3"]}"' in page
    assert rows_of_page(office.get(f"{path}/pupils").get_data(as_text=True)) == [["5А", "1", "3"]]
    journals = head.get(f"{path}/marks").get_data(as_text=True)
    assert rows_of_page(journals)[0] == ["Английский язык (1)", "5А", "Учителева А."]
    assert f'href="/journal/groups/{small.groups["english"]}"' in journals
    theirs = office.get(f"{path}/marks").get_data(as_text=True)
    assert rows_of_page(theirs)[0] == ["Английский язык (1)", "5А"]
    assert "/journal/" not in theirs
    assert "Учителева" not in office.get(f"{path}/marks.csv").data.decode()
    assert "Учителева" in head.get(f"{path}/marks.csv").data.decode()


def test_what_cannot_be_listed_is_explained(papers):
    app, small = papers
    with app.app_context():
        db.session.get(SchoolEvent, small.events["meeting"]).removed_at = datetime(2026, 9, 2, tzinfo=NOON.tzinfo)
        db.session.commit()
    client = sign_in(app, "head")
    path = f"/showcase/schools/{small.school}/kinds"
    for code, words in (
        ("events", "В текущем периоде мероприятий нет"),
        ("year_marks", "Срок ещё не наступил"),
        ("statistics", "Считать пока не из чего"),
        ("classes", "Всё на месте"),
    ):
        assert words in client.get(f"{path}/{code}").get_data(as_text=True), code
    assert f'href="/schools/{small.school}/events"' in client.get(f"{path}/events").get_data(as_text=True)
    readiness_page = client.get(f"/showcase/schools/{small.school}/readiness").get_data(as_text=True)
    rows = {row[0]: row for row in rows_of_page(readiness_page)}
    assert rows["Школьные мероприятия"][5] == "нет ни одного в текущем периоде"
    assert rows["Статистика недели по предметам"][5].startswith("считать пока не из чего")
    assert client.get(f"{path}/nothing").status_code == 404
    assert client.get(f"{path}/nothing.csv").status_code == 404
