"""Conditional requests for journal and diary: a 304 never hides a change, and never serves another reader."""

from __future__ import annotations

from datetime import date

import pytest

from portal.extensions import db
from portal.models.activity import DatasetLoad, DiaryView
from portal.models.journal import JournalChange, Lesson, WorkType
from portal.models.people import Person
from tests.full_class import fill_class
from tests.journal.steps import Desk, statements
from tests.small_school import NOON, sign_in

HTMX = {"HX-Request": "true"}


@pytest.fixture
def desk(small) -> Desk:
    app, world = small
    with app.app_context():
        fill_class(world)
    desk = Desk(app, world, "teacher")
    desk.read("/journal")
    desk.group = f"/journal/groups/{world.groups['algebra']}"
    desk.diary = f"/diary/pupils/{world.people['full-0']}"
    return desk


def ask(client, path, tag=None, **headers):
    return client.get(path, headers={**HTMX, **headers, **({"If-None-Match": tag} if tag else {})})


def held(client, path) -> str:
    """The tag of a page that is then answered by 304, with an empty body."""
    client.get(path)  # the visit and the view of the day are on record
    answer = ask(client, path)
    tag = answer.headers["ETag"]
    assert tag.startswith('W/"')
    again = ask(client, path, tag)
    assert (again.status_code, again.get_data()) == (304, b"")
    assert again.headers["ETag"] == tag
    return tag


def changed(desk, client, path, tag) -> str:
    answer = ask(client, path, tag)
    assert answer.status_code == 200
    assert answer.headers["ETag"] != tag
    return answer.headers["ETag"]


def change(desk, model, key, **values) -> None:
    with desk.app.app_context():
        found = db.session.get(model, key)
        for name, value in values.items():
            setattr(found, name, value)
        db.session.commit()


def test_pages_stay_out_of_every_cache(desk):
    for path, login in ((desk.group, "teacher"), (desk.diary, "guardian")):
        client = sign_in(desk.app, login)
        tag = held(client, path)
        for answer in (client.get(path), ask(client, path), ask(client, path, tag)):
            assert answer.headers["Cache-Control"] == "no-store"
            assert "HX-Request" in answer.headers["Vary"]
        assert ask(client, path, tag, **{"Accept-Encoding": "gzip"}).status_code == 304


def test_a_held_journal_costs_no_reading_of_marks(desk):
    client = sign_in(desk.app, "teacher")
    tag = held(client, desk.group)
    with statements(desk.app) as sent:
        ask(client, desk.group, tag)
    assert not any("mark.value" in one for one in sent), sent


def test_every_entry_changes_the_journal(desk):
    world, client = desk.small, sign_in(desk.app, "teacher")
    world.lessons["last"] = world.lessons["algebra-last"]
    tag = held(client, desk.group)
    desk.mark("last", "full-2", "5", key="first")
    tag = changed(desk, client, desk.group, tag)
    desk.attend("last", "full-3", "Б")
    tag = changed(desk, client, desk.group, tag)
    desk.mark("last", "full-4", "4", key="second")
    assert changed(desk, client, desk.group, tag)


def test_what_no_history_tells_changes_the_journal_too(desk):
    world, client = desk.small, sign_in(desk.app, "teacher")
    tag = held(client, desk.group)
    change(desk, Lesson, world.lessons["algebra-last"], status="cancelled")
    tag = changed(desk, client, desk.group, tag)
    change(desk, Person, world.people["full-3"], last_name="Новая")
    tag = changed(desk, client, desk.group, tag)
    change(desk, WorkType, next(iter(world.work_types.values())), weight=3)
    tag = changed(desk, client, desk.group, tag)
    change(desk, Person, world.people["teacher"], first_name="Иначе")
    tag = changed(desk, client, desk.group, tag)
    with desk.app.app_context():
        db.session.add(DatasetLoad(at=NOON))
        db.session.commit()
    assert changed(desk, client, desk.group, tag)


def test_another_groups_entries_change_nothing(desk):
    client = sign_in(desk.app, "teacher")
    tag = held(client, desk.group)
    with desk.app.app_context():
        db.session.add(JournalChange(at=NOON, kind="topic", group_id=desk.small.groups["Физика"], after="Тема"))
        db.session.commit()
    assert ask(client, desk.group, tag).status_code == 304


def test_a_tag_serves_only_its_reader_session_role_day_and_address(desk):
    client = sign_in(desk.app, "teacher")
    tag = held(client, desk.group)
    assert ask(sign_in(desk.app, "head"), desk.group, tag).status_code == 200
    assert ask(sign_in(desk.app, "teacher"), desk.group, tag).status_code == 200, "another session has another token"
    assert ask(client, f"{desk.group}?period=year", tag).status_code in {200, 404}
    assert ask(desk.app.test_client(), desk.group, tag).headers["HX-Redirect"] == "/login"
    assert ask(sign_in(desk.app, "guardian"), desk.group, tag).status_code in {403, 404}
    desk.app.config["CLOCK"] = lambda: NOON.replace(day=NOON.day + 1)
    assert ask(client, desk.group, tag).status_code == 200, "today is marked in the table"


def test_a_message_shown_once_is_never_held(desk):
    client = sign_in(desk.app, "teacher")
    tag = held(client, desk.group)
    with client.session_transaction() as session:
        session["_flashes"] = [("info", "Пароль изменён.")]
    answer = client.get(desk.group, headers={"If-None-Match": tag})
    assert answer.status_code == 200
    assert "Пароль изменён." in answer.get_data(as_text=True)
    assert "ETag" not in answer.headers


def test_everything_a_diary_shows_changes_it(desk):
    world, client = desk.small, sign_in(desk.app, "guardian")
    tag = held(client, desk.diary)
    lesson = next(value for word, value in world.lessons.items() if word == "algebra-last")
    with desk.app.app_context():
        found = db.session.query(Lesson).filter(
            Lesson.class_id == world.classes["8b"], Lesson.date == date(2026, 9, 17)
        )
        lesson = found.first().id
    for values in ({"topic": "Другая тема"}, {"comment": "Возьмите форму"}, {"status": "cancelled"}):
        change(desk, Lesson, lesson, **values)
        tag = changed(desk, client, desk.diary, tag)
    change(desk, Person, world.people["full-0"], last_name="Переименован")
    tag = changed(desk, client, desk.diary, tag)
    world.lessons["last"] = world.lessons["algebra-last"]
    desk.mark("last", "full-0", "3", key="for-the-family")
    assert changed(desk, client, desk.diary, tag)


def test_a_held_diary_still_counts_as_looked_at(desk):
    client = sign_in(desk.app, "guardian")
    tag = held(client, desk.diary)
    with desk.app.app_context():
        db.session.query(DiaryView).filter(DiaryView.pupil_id == desk.small.people["full-0"]).delete()
        db.session.commit()
    assert ask(client, desk.diary, tag).status_code == 304
    with desk.app.app_context():
        assert db.session.query(DiaryView).filter(DiaryView.pupil_id == desk.small.people["full-0"]).count() == 1
