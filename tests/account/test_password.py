"""Changing one's password, as people and as attackers would."""

from __future__ import annotations

import sqlite3

import pytest

from tests.small_school import PASSWORD, csrf, sign_in

PAGE = "/account/password"
NEW = "novyy-parol-1"


def change(client, current=PASSWORD, new=NEW, again=None):
    data = {"current": current, "new": new, "again": new if again is None else again, "csrf_token": csrf(client, PAGE)}
    return client.post(PAGE, data=data)


def test_guessing_the_current_password_is_limited(small):
    app, _ = small
    client = sign_in(app, "pupil")
    assert [change(client, "guess").status_code for _ in range(10)] == [409] * 10
    blocked = change(client)
    assert blocked.status_code == 429
    assert "Подождите 15 минут" in blocked.get_data(as_text=True)
    assert change(sign_in(app, "deputy")).status_code == 303
    sign_in(app, "pupil")


def test_a_right_password_takes_the_slips_back(small):
    app, _ = small
    client = sign_in(app, "pupil")
    for new in (NEW, PASSWORD):
        for _ in range(6):
            assert change(client, "guess").status_code == 409
        assert change(client, PASSWORD if new == NEW else NEW, new).status_code == 303


@pytest.mark.parametrize("new", [PASSWORD, "pupilpupil", "PupilPupilPupil", "1111111111", " " * 10, "ё" * 12, "short"])
def test_a_new_password_is_neither_the_old_nor_the_login_nor_one_sign(small, new):
    app, _ = small
    client = sign_in(app, "pupil")
    answer = change(client, PASSWORD, new)
    assert answer.status_code == 422
    assert 'aria-invalid="true"' in answer.get_data(as_text=True)
    sign_in(app, "pupil")


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)  # one writer at a time
def test_while_one_password_is_weighed_nobody_waits_to_write(small, monkeypatch):
    """On SQLite another connection takes the write lock in the middle of it."""
    app, _ = small
    from portal.operations import accounts

    client, weighed = sign_in(app, "pupil"), []
    verify = accounts._verified

    def watched(*given):
        other = sqlite3.connect(app.config["SQLALCHEMY_DATABASE_URI"].removeprefix("sqlite:///"), timeout=0)
        other.execute("begin immediate")
        other.close()
        weighed.append(given)
        return verify(*given)

    monkeypatch.setattr(accounts, "_verified", watched)
    assert change(client).status_code == 303
    assert weighed


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)  # one writer at a time
def test_a_locked_database_is_told_in_plain_words(small):
    app, _ = small
    client = sign_in(app, "pupil")
    token = csrf(client, PAGE)
    from portal.extensions import db

    with app.app_context():
        db.engine.dispose()
    app.config["PROPAGATE_EXCEPTIONS"] = False
    from sqlalchemy import event

    with app.app_context():
        event.listen(db.engine, "connect", lambda raw, _: raw.execute("pragma busy_timeout = 50"))
    other = sqlite3.connect(app.config["SQLALCHEMY_DATABASE_URI"].removeprefix("sqlite:///"))
    other.execute("begin immediate")
    answer = client.post("/logout", data={"csrf_token": token})
    other.close()
    assert answer.status_code == 503
    assert "Портал занят" in answer.get_data(as_text=True)
    assert answer.headers["Retry-After"]
    assert client.post("/logout", data={"csrf_token": token}).status_code == 303
