"""A session lives in the database: leaving ends it, whoever holds its cookie."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from portal.extensions import db
from portal.models.accounts import AccountSession
from tests.small_school import NOON, csrf, sign_in

PAGE = "/account/password"


def thief(app, client):
    """A browser with a copy of another's cookie."""
    copy = app.test_client()
    copy.set_cookie("portal", client.get_cookie("portal").value)
    return copy


def leave(client):
    return client.post("/logout", data={"csrf_token": csrf(client, PAGE)})


def rows(app):
    with app.app_context():
        return list(db.session.scalars(select(AccountSession).order_by(AccountSession.id)))


def test_a_cookie_kept_from_before_leaving_opens_nothing(small):
    app, _ = small
    client = sign_in(app, "pupil")
    saved = thief(app, client)
    assert saved.get(PAGE).status_code == 200
    assert leave(client).status_code == 303
    for _ in range(2):
        assert saved.get(PAGE).status_code == 303
    assert rows(app)[0].ended_at == NOON


def test_leaving_here_keeps_the_other_browser_signed_in(small):
    app, _ = small
    here, elsewhere = sign_in(app, "pupil"), sign_in(app, "pupil")
    leave(here)
    assert elsewhere.get(PAGE).status_code == 200


def test_an_answer_that_comes_after_leaving_does_not_sign_in_again(small):
    app, world = small
    client = sign_in(app, "deputy")
    slow = thief(app, client)
    role = {"role": f"teacher-{world.school}", "csrf_token": csrf(client, PAGE)}
    answer = slow.post("/account/role", data=role)
    leave(client)
    assert "portal=" in answer.headers["Set-Cookie"]
    client.set_cookie("portal", slow.get_cookie("portal").value)  # its cookie arrives last
    assert client.get(PAGE).status_code == 303


def test_a_session_that_is_not_used_ends(small):
    app, _ = small
    app.config["SESSION_IDLE"] = timedelta(minutes=60)
    client = sign_in(app, "pupil")
    for minutes in (50, 100, 150):
        app.config["CLOCK"] = lambda minutes=minutes: NOON + timedelta(minutes=minutes)
        assert client.get(PAGE).status_code == 200
    app.config["CLOCK"] = lambda: NOON + timedelta(minutes=211)
    assert client.get(PAGE).status_code == 303


def test_a_session_in_use_ends_after_its_lifetime_and_its_row_goes(small):
    app, _ = small
    app.config["PERMANENT_SESSION_LIFETIME"] = timedelta(days=7)
    client = sign_in(app, "pupil")
    app.config["CLOCK"] = lambda: NOON + timedelta(days=7)
    assert client.get(PAGE).status_code == 303
    app.config["CLOCK"] = lambda: NOON + timedelta(days=7, seconds=1)
    sign_in(app, "pupil")
    assert len(rows(app)) == 1


def test_use_is_written_down_every_few_minutes_only(small):
    app, _ = small
    client = sign_in(app, "pupil")
    for minutes, seen in ((1, 0), (4, 0), (6, 6), (8, 6), (12, 12)):
        app.config["CLOCK"] = lambda minutes=minutes: NOON + timedelta(minutes=minutes)
        client.get(PAGE)
        assert rows(app)[0].last_seen_at == NOON + timedelta(minutes=seen)


def test_the_cookie_is_not_renewed_by_use_and_the_database_holds_no_token(small):
    app, _ = small
    client = sign_in(app, "pupil")
    client.get(PAGE)
    assert "Set-Cookie" not in client.get(PAGE).headers
    with client.session_transaction() as session:
        token = session["_user_id"]
    assert token not in {row.token_hash for row in rows(app)}


def test_a_made_up_token_is_nobody(small):
    app, _ = small
    for token in ("", "x", "1.1", "\ud800", "я" * 5000):
        client = app.test_client()
        with client.session_transaction() as session:
            session["_user_id"] = token
        assert client.get(PAGE).status_code == 303
