"""Opening a diary counts once a day, by a person of the family, and only when somebody really looks."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from portal.access.actor import load_actor
from portal.extensions import db
from portal.models.activity import DiaryView
from portal.models.people import Guardianship
from portal.operations.diary import record_view
from tests.small_school import MONDAY, NOON, ZONE, sign_in


def views(app):
    with app.app_context():
        rows = db.session.execute(select(DiaryView.pupil_id, DiaryView.viewer_id, DiaryView.viewed_at))
        return [tuple(row) for row in rows]


@pytest.mark.parametrize("path", ["", "/days/2026-09-14", "/subjects", "?week=2026-09-21"])
def test_each_page_of_the_diary_is_an_opening(small, path):
    app, world = small
    pupil = world.people["pupil"]
    for login in ("guardian", "pupil"):
        sign_in(app, login).get(f"/diary/pupils/{pupil}{path}")
    assert sorted(views(app)) == sorted(
        (pupil, world.people[login], NOON) for login in ("guardian", "pupil")
    )  # fmt: skip


def test_the_start_page_counts_for_the_child_it_shows(small):
    app, world = small
    sign_in(app, "guardian").get("/diary")
    assert views(app) == [(world.people["pupil"], world.people["guardian"], NOON)]


def test_the_school_looking_counts_nothing(small):
    app, world = small
    for login in ("class-teacher", "deputy", "head"):
        assert sign_in(app, login).get(f"/diary/pupils/{world.people['pupil']}").status_code == 200
    assert views(app) == []


def test_a_class_teacher_who_is_the_guardian_counts(small):
    app, world = small
    with app.app_context():
        db.session.add(Guardianship(guardian_id=world.people["class-teacher"], pupil_id=world.people["pupil"]))
        db.session.commit()
    sign_in(app, "class-teacher").get(f"/diary/pupils/{world.people['pupil']}")
    assert len(views(app)) == 1


def test_one_row_a_day_by_the_schools_clock(small):
    app, world = small
    path = f"/diary/pupils/{world.people['pupil']}"
    client = sign_in(app, "guardian")
    midnight = datetime(2026, 9, 16, 21, 0, tzinfo=UTC)  # in Moscow
    moments = [
        NOON,
        NOON + timedelta(hours=5),
        midnight - timedelta(seconds=1),
        midnight,
        midnight + timedelta(hours=2),
    ]
    for moment in moments:
        app.config["CLOCK"] = lambda moment=moment: moment
        client.get(path)
    assert [viewed_at for _, _, viewed_at in views(app)] == [NOON, midnight]


def test_neither_head_nor_prefetch_nor_a_refused_page_counts(small):
    app, world = small
    path = f"/diary/pupils/{world.people['pupil']}"
    client = sign_in(app, "guardian")
    assert client.head(path).status_code == 200
    for header in ({"Sec-Purpose": "prefetch;prerender"}, {"Purpose": "prefetch"}, {"X-Moz": "prefetch"}):
        assert client.get(path, headers=header).status_code == 200
    assert client.get(f"{path}?week=nonsense").status_code == 404
    assert client.get(f"/diary/pupils/{world.people['other-pupil']}").status_code == 404
    assert views(app) == []
    client.get(path, headers={"HX-Request": "true"})
    assert len(views(app)) == 1


def test_openings_at_once_make_one_row(small):
    app, world = small
    path = f"/diary/pupils/{world.people['pupil']}"
    clients = [sign_in(app, "guardian") for _ in range(8)]
    with ThreadPoolExecutor(8) as pool:
        statuses = list(pool.map(lambda client: client.get(path).status_code, clients))
    assert statuses == [200] * 8
    assert len(views(app)) == 1


def test_a_view_of_another_familys_diary_is_never_recorded(small):
    app, world = small
    with app.app_context():
        stranger = load_actor(world.people["deputy"], "deputy", MONDAY)
        record_view(world.people["pupil"], by=stranger, at=NOON, zone=ZONE)
        db.session.commit()
    assert views(app) == []
