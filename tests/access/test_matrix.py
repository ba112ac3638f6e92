"""Who may open what: every route × every role × an own and a foreign object.

A new route fails here until it stands in the matrix.
"""

from __future__ import annotations

import pytest

from portal.access.rules import PERMISSIONS
from portal.web.guard import PUBLIC
from tests.access.matrix import EVERYBODY, MATRIX
from tests.small_school import csrf, sign_in


def routes(app):
    return sorted(
        (rule.endpoint, method)
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    )


def test_every_route_is_in_the_matrix_or_public(make_app):
    app = make_app("sqlite")
    missing = [r for r in routes(app) if r not in MATRIX and r[0] not in PUBLIC]
    assert missing == []
    gone = [r for r in MATRIX if r not in routes(app)]
    assert gone == []


def test_every_route_declares_a_permission_that_exists(make_app):
    app = make_app("sqlite")
    for endpoint, view in app.view_functions.items():
        if endpoint not in PUBLIC:
            assert getattr(view, "permission", None) in PERMISSIONS, endpoint


def test_signed_out_nothing_opens(small):
    app, world = small
    client = app.test_client()
    token = csrf(client, "/login")
    for (endpoint, method), case in MATRIX.items():
        path = case.path(app, endpoint, world, own=True)
        answer = client.open(path, method=method, data={"csrf_token": token} if method == "POST" else None)
        assert answer.status_code == 303, (endpoint, method)
        assert "/login" in answer.location, (endpoint, method)


@pytest.mark.parametrize("login", EVERYBODY)
def test_each_role_opens_what_it_may_and_nothing_else(small, login):
    app, world = small
    client = sign_in(app, login)
    token = csrf(client, "/account/password")
    faults = []
    for (endpoint, method), case in MATRIX.items():
        if endpoint == "account.sign_out":
            continue  # ends the session this test works in; tests/account has it
        for own in (True, False):
            if not own and case.foreign is None:
                continue
            path = case.path(app, endpoint, world, own=own)
            answer = client.open(path, method=method, data={"csrf_token": token} if method == "POST" else None)
            expected = case.expected(login, own)
            if not expected(answer.status_code):
                faults.append(f"{login} {method} {path} ({'own' if own else 'foreign'}): {answer.status_code}")
    assert faults == []
