"""Signing in as people and as attackers would."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from tests.small_school import NOON, PASSWORD, csrf, sign_in


def attempt(client, login, password, address="10.0.0.1"):
    token = csrf(client, "/login")
    data = {"login": login, "password": password, "csrf_token": token}
    return client.post("/login", data=data, environ_base={"REMOTE_ADDR": address})


def test_a_wrong_login_and_a_wrong_password_get_the_same_answer(small):
    app, _ = small
    wrong_password = attempt(app.test_client(), "teacher", "not-it")
    wrong_login = attempt(app.test_client(), "nobody", "not-it")
    assert wrong_password.status_code == wrong_login.status_code == 422
    text = wrong_password.get_data(as_text=True)
    assert "Неверный логин или пароль" in text
    scrubbed = [r.get_data(as_text=True).replace("teacher", "LOGIN").replace("nobody", "LOGIN")
                for r in (wrong_password, wrong_login)]  # fmt: skip
    assert len(scrubbed[0]) == len(scrubbed[1])


def test_login_ignores_case_and_blanks(small):
    app, _ = small
    assert attempt(app.test_client(), " TEACHER ", PASSWORD).status_code == 303


def test_failures_of_an_account_are_limited_where_they_come_from(small):
    app, _ = small
    for _ in range(10):
        assert attempt(app.test_client(), "teacher", "guess", "10.0.1.1").status_code == 422
    blocked = attempt(app.test_client(), "teacher", PASSWORD, "10.0.1.1")
    assert blocked.status_code == 429
    assert "Подождите 15 минут" in blocked.get_data(as_text=True)
    assert attempt(app.test_client(), "deputy", PASSWORD, "10.0.1.1").status_code == 303
    app.config["CLOCK"] = lambda: NOON + timedelta(minutes=16)
    assert attempt(app.test_client(), "teacher", PASSWORD, "10.0.1.1").status_code == 303


def test_whoever_guesses_elsewhere_does_not_shut_the_owner_out(small):
    app, _ = small
    for n in range(30):
        attempt(app.test_client(), "teacher", "guess", f"10.0.1.{n % 2}")
    assert attempt(app.test_client(), "teacher", PASSWORD, "10.0.2.1").status_code == 303


def test_past_the_limit_of_an_account_each_address_has_few_tries(small):
    app, _ = small
    app.config["SIGN_IN_FAILURES_PER_ACCOUNT_ANYWHERE"] = 6
    for n in range(6):
        assert attempt(app.test_client(), "teacher", "guess", f"10.0.1.{n}").status_code == 422
    answers = [attempt(app.test_client(), "teacher", "guess", "10.0.2.1").status_code for _ in range(5)]
    assert answers == [422, 422, 422, 429, 429]
    assert attempt(app.test_client(), "teacher", PASSWORD, "10.0.2.1").status_code == 429
    assert attempt(app.test_client(), "teacher", PASSWORD, "10.0.2.2").status_code == 303


def test_hammering_at_one_account_does_not_use_up_its_whole_address(small):
    app, _ = small
    app.config["SIGN_IN_FAILURES_PER_ADDRESS"] = 12
    for _ in range(20):
        attempt(app.test_client(), "teacher", "guess")
    assert attempt(app.test_client(), "deputy", PASSWORD).status_code == 303


def test_a_whole_school_signs_in_from_one_address(small):
    app, _ = small
    app.config["SIGN_IN_FAILURES_PER_ADDRESS"] = 5
    for _ in range(12):
        assert attempt(app.test_client(), "teacher", PASSWORD).status_code == 303


def test_failures_of_an_address_are_limited(small):
    app, _ = small
    app.config["SIGN_IN_FAILURES_PER_ADDRESS"] = 5
    for n in range(5):
        assert attempt(app.test_client(), f"guess-{n}", "guess").status_code == 422
    assert attempt(app.test_client(), "teacher", PASSWORD).status_code == 429
    assert attempt(app.test_client(), "teacher", PASSWORD, "10.9.9.9").status_code == 303


def test_the_limit_holds_when_many_try_at_once(small):
    app, _ = small

    def guess(_):
        return attempt(app.test_client(), "teacher", "guess").status_code

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(guess, range(24)))
    assert answers.count(422) == 10
    assert answers.count(429) == 14


def test_the_cookie_is_kept_from_scripts_and_other_sites(small):
    app, _ = small
    cookie = attempt(app.test_client(), "teacher", PASSWORD).headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie


def test_on_https_the_cookie_is_secure(make_app, engine_name):
    app = make_app(engine_name, HTTPS=True, SESSION_COOKIE_SECURE=True)
    answer = app.test_client().get("/login", base_url="https://localhost")
    assert "Secure" in answer.headers["Set-Cookie"]
    assert "max-age" in answer.headers["Strict-Transport-Security"]


ELSEWHERE = [
    "//evil.example", "///evil.example", "https://evil.example", "/\\evil.example", "/a\\evil.example",
    "javascript:alert(1)", "/\t/evil.example/x", "/\r/evil", "/\n/evil", "/\x00/evil", "/\x0b/evil", "/\x7f/evil",
    "/\u2028/evil", "//[evil", "\t//evil.example", " //evil.example", "evil.example",
]  # fmt: skip


@pytest.mark.parametrize("target", ELSEWHERE)
def test_sign_in_never_leads_to_another_site(small, target):
    app, _ = small
    client = app.test_client()
    token = csrf(client, "/login")
    answer = client.post(
        "/login",
        query_string={"next": target},
        data={"login": "teacher", "password": PASSWORD, "csrf_token": token},
    )
    assert answer.status_code == 303
    assert answer.location == "/"


def test_sign_in_leads_back_to_the_page_asked_for(small):
    app, world = small
    path = f"/schedule/classes/{world.classes['5a']}"
    client = app.test_client()
    asked = client.get(path)
    assert asked.status_code == 303
    token = csrf(client, asked.location)
    data = {"login": "teacher", "password": PASSWORD, "csrf_token": token}
    assert client.post(asked.location, data=data).location == path


def test_signing_in_starts_a_new_session(small):
    app, _ = small
    client = app.test_client()
    with client.session_transaction() as planted:
        planted["role"] = "head-1"
    attempt(client, "teacher", PASSWORD)
    with client.session_transaction() as after:
        assert "role" not in after


def test_changing_the_password_ends_other_sessions_and_keeps_this_one(small):
    app, _ = small
    here, elsewhere = sign_in(app, "teacher"), sign_in(app, "teacher")
    data = {
        "current": PASSWORD, "new": "novyy-parol-1", "again": "novyy-parol-1",
        "csrf_token": csrf(here, "/account/password"),
    }  # fmt: skip
    assert here.post("/account/password", data=data).status_code == 303
    assert here.get("/account/password").status_code == 200
    assert elsewhere.get("/account/password").status_code == 303
    assert attempt(app.test_client(), "teacher", PASSWORD).status_code == 422
    assert attempt(app.test_client(), "teacher", "novyy-parol-1").status_code == 303


def test_a_wrong_current_password_is_told_at_its_field(small):
    app, _ = small
    client = sign_in(app, "teacher")
    data = {
        "current": "wrong", "new": "novyy-parol-1", "again": "novyy-parol-1",
        "csrf_token": csrf(client, "/account/password"),
    }  # fmt: skip
    answer = client.post("/account/password", data=data)
    assert answer.status_code == 409
    assert "Нынешний пароль введён неверно" in answer.get_data(as_text=True)


def test_signing_out_ends_the_session(small):
    app, _ = small
    client = sign_in(app, "teacher")
    token = csrf(client, "/account/password")
    assert client.post("/logout", data={"csrf_token": token}).status_code == 303
    assert client.get("/account/password").status_code == 303


def test_every_form_needs_its_token(small):
    app, _ = small
    assert app.test_client().post("/login", data={"login": "teacher", "password": PASSWORD}).status_code == 400
    client = sign_in(app, "teacher")
    assert client.post("/logout").status_code == 400
    assert client.post("/logout", headers={"HX-Request": "true"}).status_code == 400


def test_a_person_switches_between_their_roles_and_never_to_another(small):
    app, world = small
    client = sign_in(app, "deputy")
    token = csrf(client, "/account/password")
    assert client.get("/").location == f"/monitoring/schools/{world.school}"
    switched = client.post("/account/role", data={"role": f"teacher-{world.school}", "csrf_token": token})
    assert switched.status_code == 303
    assert client.get("/").location == "/journal"
    forged = client.post("/account/role", data={"role": f"head-{world.school}", "csrf_token": token})
    assert forged.status_code == 403
    assert client.get("/").location == "/journal"


START = {
    "regional": "/monitoring/regions/{0.region}",
    "municipal": "/monitoring/municipalities/{0.municipality}",
    "head": "/monitoring/schools/{0.school}",
    "deputy": "/monitoring/schools/{0.school}",
    "administrator": "/monitoring/schools/{0.school}",
    "class-teacher": "/journal",
    "teacher": "/journal",
    "guardian": "/diary",
    "pupil": "/diary",
}


def test_each_role_has_its_start_page(small):
    app, world = small
    for login, path in START.items():
        assert sign_in(app, login).get("/").location == path.format(world), login


def test_a_day_in_the_portal_is_one_visit(small):
    app, world = small
    client = sign_in(app, "guardian")
    for _ in range(3):
        client.get("/account/password")
    app.config["CLOCK"] = lambda: NOON + timedelta(hours=11)
    client.get("/account/password")
    app.config["CLOCK"] = lambda: NOON + timedelta(hours=13)  # past midnight in Moscow
    client.get("/account/password")
    from sqlalchemy import func, select

    from portal.extensions import db
    from portal.models.activity import Visit

    with app.app_context():
        count = db.session.scalar(
            select(func.count()).select_from(Visit).where(Visit.person_id == world.people["guardian"])
        )
    assert count == 2


def test_what_cannot_be_recorded_does_not_spoil_an_answer(small, monkeypatch, caplog):
    app, _ = small
    from portal.operations import accounts

    def fails(*_given, **_named):
        raise RuntimeError("Ёлкина")

    monkeypatch.setattr(accounts, "record_visit", fails)
    assert sign_in(app, "guardian").get("/account/password").status_code == 200
    assert "RuntimeError" in caplog.text
    assert "Ёлкина" not in caplog.text


def test_copies_of_one_cookie_make_one_visit(small):
    app, world = small
    client = sign_in(app, "guardian")
    cookie = client.get_cookie("portal").value

    def visit(_):
        copy = app.test_client()
        copy.set_cookie("portal", cookie)
        return copy.get("/account/password").status_code

    with ThreadPoolExecutor(4) as pool:
        assert set(pool.map(visit, range(8))) == {200}
    from sqlalchemy import func, select

    from portal.extensions import db
    from portal.models.activity import Visit

    with app.app_context():
        mine = Visit.person_id == world.people["guardian"]
        assert db.session.scalar(select(func.count()).select_from(Visit).where(mine)) == 1


def test_logs_hold_no_names(small, caplog):
    app, _ = small
    sign_in(app, "guardian").get("/account/password")
    attempt(app.test_client(), "guardian", "oops")
    assert "guardian" not in caplog.text
    assert "Ёлкина" not in caplog.text
