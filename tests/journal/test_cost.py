"""How much the database is asked, on a class as full as a real one."""

from __future__ import annotations

import pytest

from tests.full_class import fill_class
from tests.journal.steps import Desk, statements

PAGE, SAVE = 8, 12


@pytest.fixture
def desk(small):
    app, world = small
    with app.app_context():
        fill_class(world)
    desk = Desk(app, world, "teacher")
    desk.read("/journal")
    return desk


@pytest.mark.parametrize("path", [
    "/journal",
    "/journal/groups/{group}",
    "/journal/groups/{group}/period-marks",
    "/journal/lessons/{lesson}",
    "/journal/lessons/{lesson}/history",
    "/journal/lessons/{lesson}/pupils/{pupil}",
])  # fmt: skip
def test_a_journal_page_asks_at_most_eight_times(desk, path):
    world = desk.small
    path = path.format(
        group=world.groups["algebra"], lesson=world.lessons["algebra-last"], pupil=world.people["full-3"]
    )  # fmt: skip
    for login in ("teacher", "head"):
        reader = Desk(desk.app, world, login)
        reader.read(path)
        with statements(desk.app) as sent:
            reader.read(path)
        assert len(sent) <= PAGE, "\n".join(sent)


@pytest.mark.parametrize("htmx", [True, False])
def test_saving_a_mark_takes_at_most_twelve_statements(desk, htmx):
    desk.small.lessons["last"] = desk.small.lessons["algebra-last"]
    with statements(desk.app) as sent:
        answer = desk.mark("last", "full-2", "5", htmx=htmx, key="a")
    assert answer.status_code in {200, 303}
    assert len(sent) <= SAVE, "\n".join(sent)
    with statements(desk.app) as sent:
        assert desk.attend("last", "full-2", "О").status_code == 200
    assert len(sent) <= SAVE, "\n".join(sent)


def test_a_mark_from_the_grid_takes_at_most_twelve_statements(desk):
    entry = {
        "kind": "mark", "pupil": desk.small.people["full-2"], "lesson": desk.small.lessons["algebra-last"],
        "value": "5", "key": "k", "known": 0,
    }  # fmt: skip
    with statements(desk.app) as sent:
        answer = desk.cells("algebra", entry)
    assert answer.get_json()["results"][0]["status"] in {"saved", "conflict"}
    assert len(sent) <= SAVE, "\n".join(sent)
