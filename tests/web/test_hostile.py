"""What no browser sends of itself: an answer in plain words all the same, never an error of ours."""

from __future__ import annotations

import io
import logging

import pytest
from sqlalchemy import text
from werkzeug.test import EnvironBuilder, run_wsgi_app

from portal.extensions import db
from portal.models.journal import Lesson
from tests.journal.steps import Desk, text_of
from tests.small_school import csrf


@pytest.fixture
def desk(small):
    app, world = small
    app.config["PROPAGATE_EXCEPTIONS"] = False
    return Desk(app, world, "teacher")


HOSTS = ["a..b", "x" * 80 + ".example", "x" * 3000, "evil.example:80@x", "a b", "[::1", "\xff", ".a", "x:99999999"]


@pytest.mark.parametrize("host", HOSTS)
def test_an_odd_host_is_a_request_not_understood(desk, host):
    for path in ("/login", "/nowhere"):
        environ = EnvironBuilder(path).get_environ() | {"HTTP_HOST": host}
        parts, status, _ = run_wsgi_app(desk.app.wsgi_app, environ)
        assert status.startswith(("400", "200", "404")), status
        assert b"".join(parts)
    environ = EnvironBuilder("/login").get_environ() | {"HTTP_HOST": "a..b"}
    parts, status, _ = run_wsgi_app(desk.app.wsgi_app, environ)
    assert status.startswith("400")
    assert "Запрос не понят" in b"".join(parts).decode()


def test_a_file_in_the_place_of_a_text_is_told(desk):
    app, world = desk.app, desk.small
    lesson, pupil, group = desk.lesson("math-1"), world.people["pupil"], world.groups["math"]
    assert desk.details("math-1", topic="Дроби", conducted="y").status_code == 303
    fields = {
        "/account/password": ("current", "new", "again"),
        f"{lesson}/details": ("topic", "comment", "seen_topic"),
        f"{lesson}/homework": ("text", "key", "seen", "homework"),
        f"{lesson}/pupils/{pupil}/mark": ("value", f"value-{pupil}", "mark", "known"),
        f"{lesson}/pupils/{pupil}/attendance": ("code", "absence"),
        f"/journal/groups/{group}/pupils/{pupil}/period-mark": ("period", "value", "seen"),
    }
    for path, names in fields.items():
        for name in names:
            data = {"csrf_token": desk.token, name: (io.BytesIO(b"abc"), "a.txt")}
            answer = desk.client.post(path, data=data, headers={"HX-Request": "true"})
            assert answer.status_code in {404, 422}, (path, name, answer.status_code)
    with app.app_context():
        assert db.session.get(Lesson, world.lessons["math-1"]).topic == "Дроби"
    stranger = app.test_client()
    for name in ("login", "password"):
        token = csrf(stranger, "/login")
        data = {"login": "x", "password": "y", "csrf_token": token} | {name: (io.BytesIO(b"abc"), "a.txt")}
        assert stranger.post("/login", data=data).status_code == 422


def test_signs_nobody_types_are_dropped(desk):
    app, world = desk.app, desk.small
    assert desk.details("math-1", topic="Дро\x00би\u202e\u2066", comment="\x00", conducted="y").status_code == 303
    with app.app_context():
        lesson = db.session.get(Lesson, world.lessons["math-1"])
        assert (lesson.topic, lesson.comment or "") == ("Дроби", "")
    assert desk.homework("math-1", "§ 6\x00\x01\x7f", key="\x00", seen="").status_code in {303, 409}
    assert desk.mark("math-1", "pupil", "5", key="a\x00").status_code == 200
    assert desk.send("/account/role", role="\x00").status_code == 403
    for login in ("\x00", "a\x00b", "\ufffe", "teacher\x00"):
        client = app.test_client()
        data = {"login": login, "password": "a\x00b", "csrf_token": csrf(client, "/login")}
        assert client.post("/login", data=data).status_code == 422


def test_numbers_past_every_id_are_refused(desk):
    pupil, group = desk.small.people["pupil"], desk.small.groups["math"]
    for number in ("9" * 30, "9" * 400, "9" * 5000, "-1", "x", "2147483648"):
        answer = desk.mark("math-1", "pupil", "5", known=number, mark=number, work_type=number)
        assert answer.status_code == 422
        assert "Обновите страницу" in text_of(answer)
        assert "integer" not in text_of(answer)
    for period in ("0", "00", "9" * 400, "год"):
        path = f"/journal/groups/{group}/pupils/{pupil}/period-mark"
        assert desk.send(path, htmx=True, period=period, value="4", seen="").status_code in {404, 422}
    head = Desk(desk.app, desk.small, "head")
    for start in (str(2**63 - 1), str(2**63), "9" * 30, "-1", "x"):
        for code in ("journal_kept", "accounts_activated"):
            head.read(f"/monitoring/schools/{desk.small.school}/indicators/{code}?start={start}")


ENTRY = '{{"entries":[{{"kind":"mark","lesson":1,"pupil":1,"value":"5","known":0,"seen":"","key":{}}}]}}'
BATCHES = [
    "[" * 100_000,
    '{"a":' * 100_000,
    ENTRY.format("[" * 900 + "]" * 900),
    ENTRY.format("[" * 20_000 + "]" * 20_000),
    ENTRY.format('{"a":1}'),
    ENTRY.format('"a\\ud800"'),
    '{"entries":[{"lesson":' + "9" * 5000 + "}]}",
    "[]", "null", "1", "{", "", '{"entries":null}', '{"entries":"abc"}',
]  # fmt: skip


def test_a_batch_that_is_none_is_not_understood(desk):
    path = f"/journal/groups/{desk.small.groups['math']}/cells"
    headers = {"X-CSRFToken": desk.token, "Content-Type": "application/json"}
    for batch in BATCHES:
        assert desk.client.post(path, data=batch, headers=headers).status_code == 400, batch[:40]
    for entry in ("null", "[1]", '{"kind":"?"}', '{"lesson":' + "9" * 4000 + "}", '{"pupil":NaN,"lesson":Infinity}'):
        answer = desk.client.post(path, data=f'{{"entries":[{entry}]}}', headers=headers)
        assert answer.get_json()["results"][0]["status"] == "refused"
        assert "nvalid" not in answer.get_json()["results"][0]["reason"]


@pytest.mark.parametrize("engine_name", ["postgresql"], indirect=True)  # SQLite has one writer at a time
def test_batches_in_opposite_order_wait_in_line(desk):
    """The lessons of a batch are locked in one order first, whatever order the entries have."""
    from concurrent.futures import ThreadPoolExecutor

    desks = [Desk(desk.app, desk.small, "teacher") for _ in range(4)]
    words = [f"math-{n}" for n in range(1, 4)]

    def send(n):
        order = words if n % 2 else words[::-1]
        pupil = desk.small.people["pupil"]
        entries = [
            {"kind": "absence", "lesson": desk.small.lessons[word], "pupil": pupil, "value": "НБ"[n % 2], "seen": ""}
            for word in order * 8
        ]
        return desks[n].cells("math", *entries).status_code

    with ThreadPoolExecutor(4) as pool:
        for _ in range(3):
            assert set(pool.map(send, range(4))) == {200}


def test_a_missing_static_file_is_not_kept_and_a_static_file_sets_no_cookie(desk):
    answer = desk.client.get("/static/0000000000000000/portal.css")
    assert answer.status_code == 404
    assert answer.headers["Cache-Control"] == "no-store"
    address = desk.client.get("/account/password").get_data(as_text=True).split('rel="stylesheet" href="')[1]
    answer = desk.client.get(address.split('"')[0])
    assert "immutable" in answer.headers["Cache-Control"]
    assert "Set-Cookie" not in answer.headers


def test_errors_of_the_database_hold_no_data(desk, caplog):
    with desk.app.app_context():
        with pytest.raises(Exception) as caught:
            db.session.execute(
                text("insert into account (person_id, login, login_key, password_hash, epoch, created_at)"
                     " select person_id, :name, login_key, password_hash, epoch, created_at from account"),
                {"name": "Ёлкина"},
            )  # fmt: skip
        db.session.rollback()
        logging.getLogger("portal").error("as it would be logged", exc_info=caught.value)
    assert "account" in caplog.text
    assert "Ёлкина" not in caplog.text
    assert "DETAIL" not in caplog.text
    assert "(person_id)=" not in caplog.text
