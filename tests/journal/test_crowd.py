"""Sixteen teachers' computers saving at once: every answer is a success, every mark is there."""

from __future__ import annotations

import http.client
import threading
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlencode

import pytest
from sqlalchemy import select
from waitress.server import create_server

from portal.extensions import db
from portal.models.journal import JournalChange, Mark
from tests.full_class import fill_class
from tests.small_school import csrf, sign_in

CLIENTS, EACH = 16, 4


@pytest.fixture
def port(small):
    """A real server on a free port, as in production: threads, sockets, one database."""
    app, world = small
    with app.app_context():
        fill_class(world)
    server = create_server(app, host="127.0.0.1", port=0, threads=CLIENTS)
    threading.Thread(target=server.run, daemon=True).start()
    yield server.effective_port
    server.close()


def test_sixteen_clients_saving_marks_at_once(small, port):
    app, world = small
    teacher = sign_in(app, "teacher")
    token = csrf(teacher, "/account/password")
    cookie = teacher.get_cookie("portal").value
    lesson = world.lessons["algebra-last"]
    start = threading.Barrier(CLIENTS)

    def client(n: int) -> list[int]:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        headers = {
            "Cookie": f"portal={cookie}", "Content-Type": "application/x-www-form-urlencoded", "HX-Request": "true",
        }  # fmt: skip
        start.wait()
        statuses = []
        for turn in range(EACH):
            pupil = world.people[f"full-{(n + turn * 5) % 30}"]
            body = urlencode({"csrf_token": token, "value": "5", "key": f"{n}-{turn}"})
            connection.request("POST", f"/journal/lessons/{lesson}/pupils/{pupil}/mark", body, headers)
            answer = connection.getresponse()
            answer.read()
            statuses.append(answer.status)
        connection.close()
        return statuses

    with ThreadPoolExecutor(CLIENTS) as pool:
        answers = [status for found in pool.map(client, range(CLIENTS)) for status in found]
    assert answers == [200] * CLIENTS * EACH
    with app.app_context():
        changes = db.session.scalars(select(JournalChange.subject_key).where(JournalChange.lesson_id == lesson)).all()
        assert len(set(changes)) == CLIENTS * EACH
        live = set(db.session.scalars(select(Mark.key).where(Mark.lesson_id == lesson, Mark.removed_at.is_(None))))
        assert set(changes) <= live


def test_one_form_sent_by_sixteen_at_once_makes_one_mark(small, port):
    app, world = small
    teacher = sign_in(app, "teacher")
    token = csrf(teacher, "/account/password")
    cookie = teacher.get_cookie("portal").value
    path = f"/journal/lessons/{world.lessons['math-1']}/pupils/{world.people['pupil']}/"
    start = threading.Barrier(CLIENTS)

    def client(n: int) -> int:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        start.wait()
        verb, fields = ("mark", {"value": "5", "key": "one"}) if n % 2 else ("attendance", {"code": "Н", "absence": ""})
        connection.request(
            "POST", path + verb, urlencode({"csrf_token": token, **fields}),
            {"Cookie": f"portal={cookie}", "Content-Type": "application/x-www-form-urlencoded"},
        )  # fmt: skip
        answer = connection.getresponse()
        answer.read()
        connection.close()
        return answer.status

    with ThreadPoolExecutor(CLIENTS) as pool:
        assert list(pool.map(client, range(CLIENTS))) == [303] * CLIENTS
    with app.app_context():
        query = select(Mark).where(Mark.lesson_id == world.lessons["math-1"])
        assert len(db.session.scalars(query).all()) == 1
