"""What pages weigh over a slow line, compressed: the borders of the interface paper."""

from __future__ import annotations

import pytest

from tests.full_class import fill_class
from tests.lived_in import live_in
from tests.small_school import NOON, build, sign_in

KILO = 1024


@pytest.fixture
def full(make_app):
    app = make_app("sqlite", CLOCK=lambda: NOON)
    with app.app_context():
        return app, fill_class(live_in(build()))


def weight(client, path):
    answer = client.get(path, headers={"Accept-Encoding": "gzip"})
    assert answer.status_code == 200, path
    assert answer.headers["Content-Encoding"] == "gzip"
    return len(answer.data)


def test_a_journal_of_thirty_pupils_and_twenty_five_lessons_weighs_at_most_20_kb(full):
    app, world = full
    path = f"/journal/groups/{world.groups['algebra']}?period={world.quarter}"
    client = sign_in(app, "teacher")
    page = client.get(path).get_data(as_text=True)
    assert (page.count('<th scope="row">'), page.count("data-lesson=")) == (30, 25)
    assert weight(client, path) <= 20 * KILO


def test_a_diary_week_weighs_at_most_14_kb(full):
    app, world = full
    path = f"/diary/pupils/{world.people['full-0']}"
    client = sign_in(app, "guardian")
    page = client.get(path).get_data(as_text=True)
    assert page.count("Физическая культура") >= 6
    assert weight(client, path) <= 14 * KILO


def test_pages_for_a_phone_weigh_at_most_14_kb(full):
    app, world = full
    for login, path in (
        ("teacher", f"/journal/lessons/{world.lessons['algebra-last']}"),
        ("teacher", "/journal"),
        ("teacher", "/schedule"),
        ("guardian", f"/diary/pupils/{world.people['full-0']}/subjects"),
        ("guardian", f"/schedule/pupils/{world.people['full-0']}"),
        ("head", f"/monitoring/schools/{world.school}"),
        ("municipal", f"/monitoring/municipalities/{world.municipality}"),
    ):
        assert weight(sign_in(app, login), path) <= 14 * KILO, path
