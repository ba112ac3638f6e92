"""Every page of every role, found by following links: strict HTML, no dead end, no query in a loop."""

from __future__ import annotations

import pytest

from portal.web.guard import PUBLIC
from tests.access.matrix import EVERYBODY
from tests.lived_in import live_in
from tests.small_school import sign_in
from tests.web.strict import read_page
from tests.web.walk import walk

NO_PAGE = {"start.home", "start.health", "assets.file"}
"""GET endpoints that render nothing by themselves."""


def test_every_page_of_every_role_is_sound_and_within_reach(small):
    app, world = small
    with app.app_context():
        live_in(world)
    faults, answered = [], set()
    for login in EVERYBODY:
        found = walk(app, sign_in(app, login))
        faults += [f"{login}: {fault}" for fault in found.faults]
        answered |= set(found.answers)
        assert found.pages, f"{login} comes nowhere"
    assert not faults, "\n".join(faults)
    endpoints = {rule.endpoint for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())}
    assert endpoints - NO_PAGE - PUBLIC - answered == set(), "no link leads there"


@pytest.mark.parametrize("path", ["/login", "/no-such-page", "/journal/groups/999999"])
def test_pages_for_strangers_and_of_errors_are_sound(small, path):
    app, _ = small
    for client in (app.test_client(), sign_in(app, "teacher")):
        answer = client.get(path, follow_redirects=True)
        page = read_page(answer.get_data(as_text=True))
        assert page.faults == []
