"""School events: entered once however often the form is sent, taken off, told wrong in plain words."""

from __future__ import annotations

import re

import pytest

from portal.extensions import db
from portal.models.showcase import SchoolEvent
from portal.operations.school_events import EventEntry, add_event
from portal.values.refusal import Refusal
from tests.showcase.conftest import text_of_page
from tests.small_school import MONDAY, NOON, csrf, sign_in

MATINEE = {"title": "Утренник", "held_on": "2026-12-25", "place": "Актовый зал", "audience": "1–4 классы"}


def send(client, path, data, **headers):
    return client.post(path, data={"csrf_token": csrf(client, path), **data}, headers=headers)


@pytest.fixture
def office(small):
    """The administrator's page of events."""
    app, world = small
    return app, world, sign_in(app, "administrator"), f"/schools/{world.school}/events"


def test_an_event_is_entered_and_read_by_those_above(office):
    app, _, client, path = office
    answer = send(client, path, MATINEE)
    assert (answer.status_code, answer.location) == (303, path)
    expected = (
        "пт, 25 декабря Утренник Где: Актовый зал. Для кого: 1–4 классы "
        "чт, 17 сентября Родительское собрание Где: Актовый зал. Для кого: Родители 5 классов"
    )
    for login in ("head", "municipal", "regional"):
        page = sign_in(app, login).get(path).get_data(as_text=True)
        assert expected in text_of_page(page)
        assert 'method="post" action="/schools/' not in page
    with app.app_context():
        row = db.session.query(SchoolEvent).filter_by(title="Утренник").one()
        assert row.created_by_id and row.created_at == NOON


def test_the_same_form_twice_makes_one(office):
    app, _, client, path = office
    key = re.search(r'name="key" value="(\w+)"', client.get(path).get_data(as_text=True))[1]
    for _ in range(2):
        assert send(client, path, {**MATINEE, "key": key}).status_code == 303
    with app.app_context():
        assert db.session.query(SchoolEvent).filter_by(title="Утренник").count() == 1


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("title", " ", "Укажите, что это за мероприятие."),
        ("title", "у" * 201, "Не длиннее 200 знаков (сейчас 201)"),
        ("place", "\u200b\t", "Укажите место."),
        ("audience", "", "Укажите, для кого"),
        ("held_on", "", "Укажите день."),
        ("held_on", "32.13", "Такой даты нет."),
        ("held_on", "2062-12-25", "День дальше года"),
        ("held_on", "0026-12-25", "День дальше года"),
    ],
)
def test_what_is_wrong_is_told_at_its_field(office, field, value, words):
    app, _, client, path = office
    answer = send(client, path, {**MATINEE, field: value})
    assert answer.status_code == 422
    assert words in text_of_page(answer.get_data(as_text=True))
    assert 'value="Актовый зал"' in answer.get_data(as_text=True) or field == "place"
    with app.app_context():
        assert db.session.query(SchoolEvent).filter_by(title="Утренник").count() == 0


def test_an_event_is_taken_off_and_kept_for_history(office):
    app, small, client, path = office
    remove = f"{path}/{small.events['meeting']}/remove"
    for _ in range(2):
        answer = client.post(remove, data={"csrf_token": csrf(client, path)})
        assert (answer.status_code, answer.location) == (303, path)
    page = client.get(path).get_data(as_text=True)
    assert "мероприятий пока нет" in page
    with app.app_context():
        row = db.session.get(SchoolEvent, small.events["meeting"])
        assert row.removed_at == NOON and row.removed_by_id == small.people["administrator"]


def test_another_schools_event_does_not_exist_here(office):
    app, small, client, path = office
    token = csrf(client, path)
    for event in (small.events["other-meeting"], 999_999):
        assert client.post(f"{path}/{event}/remove", data={"csrf_token": token}).status_code == 404
    with app.app_context():
        assert db.session.get(SchoolEvent, small.events["other-meeting"]).removed_at is None


def test_htmx_gets_the_changed_list_alone(office):
    _, _, client, path = office
    answer = send(client, path, {**MATINEE, "title": "<b>Утренник</b>"}, **{"HX-Request": "true"})
    html = answer.get_data(as_text=True)
    assert answer.status_code == 200
    assert html.lstrip().startswith('<div id="events">') and "&lt;b&gt;Утренник" in html
    wrong = send(client, path, {**MATINEE, "title": ""}, **{"HX-Request": "true"})
    assert wrong.status_code == 422 and "<html" not in wrong.get_data(as_text=True)


def test_an_event_says_its_year_when_it_is_another(office):
    _, _, client, path = office
    send(client, path, {**MATINEE, "held_on": "2027-01-15"})
    assert "пт, 15 января 2027 Утренник" in text_of_page(client.get(path).get_data(as_text=True))


def test_a_command_enters_what_is_whole(small):
    app, world = small
    with app.app_context():
        row = add_event(world.school, EventEntry("Праздник", MONDAY, "Зал", "Все"), by=None, at=NOON)
        again = add_event(world.school, EventEntry("Праздник", MONDAY, "Зал", "Все", key="k"), by=None, at=NOON)
        same = add_event(world.school, EventEntry("Праздник", MONDAY, "Зал", "Все", key="k"), by=None, at=NOON)
        assert row.created_by_id is None and row.id != again.id == same.id
        with pytest.raises(Refusal, match="что, где и для кого"):
            add_event(world.school, EventEntry("Праздник", MONDAY, " ", "Все"), by=None, at=NOON)
