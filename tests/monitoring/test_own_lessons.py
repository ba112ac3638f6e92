"""«Мои уроки: чего не хватает», and mending in place: the form opens in the list and the figure follows."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

from portal.extensions import db
from portal.models.journal import Lesson, TeachingGroup
from tests.monitoring.conftest import WEEK, text_of_page
from tests.small_school import MONDAY, csrf, lesson, sign_in
from tests.web.strict import read_page
from tests.web.walk import statements

MINE = "/monitoring/mine"
HTMX = {"HX-Request": "true"}


def lessons_of(page: str) -> dict[str, str]:
    """Day and number of a lesson → what it lacks."""
    items = re.findall(r'<li class="lesson">(.*?)</li>', page, re.S)
    return {
        text_of_page(re.findall(r'<span class="lesson-time">(.*?)</span>', item, re.S)[0]): text_of_page(
            re.findall(r'<p id="lacks-.*?</p>', item, re.S)[0]
        )
        for item in items
    }


def tiles_of(page: str) -> list[str]:
    return [text_of_page(tile) for tile in re.findall(r'<div class="tile ">(.*?)</div>', page, re.S)]


def test_a_teacher_sees_what_each_of_the_own_lessons_lacks(monday):
    app, _world = monday
    page = sign_in(app, "teacher").get(MINE).get_data(as_text=True)
    assert read_page(page).faults == []
    assert "14–20 сентября 2026" in page
    assert tiles_of(page) == [
        "Тема или задание 33 % 2 из 6", "Журнал заполнен 33 % 2 из 6", "Отметки в срок 50 % 1 из 2",
        "Задание на дом в срок 20 % 1 из 5",
    ]  # fmt: skip
    assert lessons_of(page) == {
        "пн, 14 сентября, 1-й урок": "часть отметок не в срок",
        "вт, 15 сентября, 1-й урок": "✕ нет задания на дом",  # due at 13:00, an hour from now
        "вт, 15 сентября, 3-й урок": "✕ нет темы и задания ✕ нет записи в журнале",  # no lesson follows it
        "ср, 16 сентября, 1-й урок": "✕ нет темы и задания ✕ нет записи в журнале ✕ нет задания на дом",
        "чт, 17 сентября, 1-й урок": "✕ нет темы и задания",  # still to come
        "пт, 18 сентября, 1-й урок": "✕ нет темы и задания",
    }


def test_what_is_too_late_is_told_apart(monday):
    app, _world = monday
    app.config["CLOCK"] = lambda: datetime(2026, 9, 16, 10, 0, 0, tzinfo=UTC)  # 13:00 in Moscow, sharp
    page = sign_in(app, "teacher").get(MINE).get_data(as_text=True)
    assert lessons_of(page)["вт, 15 сентября, 1-й урок"] == "задание на дом не в срок"


def test_a_substitute_sees_the_lesson_they_stand_in_for_and_nothing_else(monday):
    app, _world = monday
    page = sign_in(app, "substitute").get(MINE).get_data(as_text=True)
    assert list(lessons_of(page)) == ["вт, 15 сентября, 3-й урок"]
    assert "замена" in text_of_page(page)
    other = sign_in(app, "other-teacher").get(MINE).get_data(as_text=True)
    assert list(lessons_of(other)) == ["пн, 14 сентября, 1-й урок"]
    assert "Математика, 5А" in other


def test_whoever_has_no_lessons_learns_where_they_would_be(monday):
    app, _world = monday
    client = sign_in(app, "head")
    assert "На этой неделе у вас нет уроков" in client.get(MINE).get_data(as_text=True)
    assert sign_in(app, "guardian").get(MINE).status_code == 403
    assert sign_in(app, "teacher").get(f"{MINE}?week=никогда").status_code == 404
    ahead = sign_in(app, "teacher").get(f"{MINE}?week=2027-01-04").get_data(as_text=True)
    assert "14–20 сентября 2026" in ahead  # a week to come is the present one


def test_a_week_without_faults_says_so(monday):
    app, world = monday
    with app.app_context():
        lesson(world, "past", "math", MONDAY - timedelta(days=7), 7, topic="Введение", conducted=True)
        db.session.query(Lesson).filter_by(id=world.lessons["past"]).update({"status": "planned"})
        db.session.commit()
    page = text_of_page(sign_in(app, "teacher").get(f"{MINE}?week=2026-09-07").get_data(as_text=True))
    assert "задание на дом не в срок" in page
    with app.app_context():
        db.session.query(TeachingGroup).filter_by(id=world.groups["math"]).update(
            {"teacher_id": world.people["deputy"]}
        )
        lesson(world, "past-2", "english", MONDAY - timedelta(days=6), 7, topic="Hello", conducted=True)
        db.session.query(Lesson).filter_by(id=world.lessons["english-1"]).delete()
        db.session.commit()
    page = text_of_page(sign_in(app, "teacher").get(f"{MINE}?week=2026-09-07").get_data(as_text=True))
    assert "На этой неделе у ваших уроков есть всё" in page


def test_the_form_opens_in_place_and_the_figures_follow(monday):
    app, world = monday
    client = sign_in(app, "teacher")
    number = world.lessons["math-3"]
    page = client.get(MINE).get_data(as_text=True)
    opens = re.search(rf'<a class="button" href="([^"]+)" hx-get="([^"]+)" hx-target="#mend-{number}"', page)
    assert opens and opens[1] == opens[2] == f"/journal/lessons/{number}"
    assert f'id="mend-{number}"' in page
    form = client.get(opens[2], headers=HTMX).get_data(as_text=True)
    assert "<html" not in form
    assert f'action="/journal/lessons/{number}/details"' in form
    assert f'action="/journal/lessons/{number}/homework"' in form
    assert "<h1" in client.get(opens[1]).get_data(as_text=True)  # without a script: the lesson's page

    seen = dict(re.findall(r'name="(seen_\w+)"[^>]*value="([^"]*)"', form))
    answer = client.post(
        f"/journal/lessons/{number}/details", headers=HTMX,
        data={"topic": "Проценты", "conducted": "y", **seen, "csrf_token": csrf(client, "/account/password")},
    )  # fmt: skip
    assert answer.status_code == 200
    assert answer.headers["HX-Trigger"] == "journal-changed"
    assert f'hx-trigger="journal-changed from:#mend-{number}"' in page
    assert 'hx-trigger="journal-changed from:body" hx-select="#figure > *"' in page
    lacks = client.get(f"/monitoring/lessons/{number}", headers=HTMX).get_data(as_text=True)
    assert text_of_page(lacks) == "✕ нет задания на дом"
    figures = client.get(MINE, headers=HTMX).get_data(as_text=True)
    assert tiles_of(figures)[:2] == ["Тема или задание 50 % 3 из 6", "Журнал заполнен 50 % 3 из 6"]


def test_nothing_is_told_to_the_figures_when_nothing_was_written(monday):
    app, world = monday
    client = sign_in(app, "teacher")
    answer = client.post(
        f"/journal/lessons/{world.lessons['math-3']}/details", headers=HTMX,
        data={"topic": "а" * 501, "csrf_token": csrf(client, "/account/password")},
    )  # fmt: skip
    assert answer.status_code == 422
    assert "HX-Trigger" not in answer.headers
    assert "HX-Trigger" not in client.get(f"/journal/lessons/{world.lessons['math-3']}", headers=HTMX).headers


def test_on_the_schools_list_only_whoever_may_write_gets_the_form(monday):
    app, world = monday
    with app.app_context():
        db.session.query(TeachingGroup).filter_by(id=world.groups["russian"]).update(
            {"teacher_id": world.people["deputy"]}
        )
        db.session.commit()
    address = f"/monitoring/schools/{world.school}/indicators/journal_kept?week={WEEK}"
    page = sign_in(app, "deputy").get(address).get_data(as_text=True)
    assert read_page(page).faults == []
    own, others = world.lessons["russian-1"], world.lessons["math-3"]
    assert f'hx-target="#mend-{own}"' in page and f'id="mend-{own}"' in page
    assert f"mend-{others}" not in page
    assert f'href="/journal/lessons/{others}"' in page
    assert f'hx-get="{address}" hx-trigger="journal-changed from:body"' in page.replace("&amp;", "&")
    for login in ("head", "administrator", "municipal", "regional"):
        assert 'id="mend-' not in sign_in(app, login).get(address).get_data(as_text=True), login


def test_a_reader_who_may_not_write_opens_no_form(monday):
    app, world = monday
    part = sign_in(app, "head").get(f"/journal/lessons/{world.lessons['math-3']}", headers=HTMX).get_data(as_text=True)
    assert "<form" not in part
    assert "не записана" in part


def test_a_teachers_week_is_few_questions_however_many_lessons(monday):
    app, world = monday
    client = sign_in(app, "teacher")
    client.get(MINE)
    with statements(app) as few:
        client.get(MINE)
    with app.app_context():
        for number in range(2, 8):
            lesson(world, f"more-{number}", "math", MONDAY + timedelta(days=1), number)
        db.session.commit()
    with statements(app) as many:
        assert client.get(MINE).get_data(as_text=True).count('id="mend-') == 12
    assert len(few) == len(many) <= 6
