"""``portal serve`` behind a proxy, and under a body that is too large: a real socket."""

from __future__ import annotations

import http.client
import threading

import pytest
from flask import request
from waitress.server import create_server

from portal.cli.serve import server_options


@pytest.fixture
def ask(make_app):
    """Asks a served application; returns (status, words)."""
    servers = []

    def start(proxies):
        app = make_app("sqlite", TRUSTED_PROXIES=proxies)
        app.add_url_rule("/seen", "seen", lambda: f"{request.remote_addr} {request.scheme} {request.host}")
        server = create_server(app, host="127.0.0.1", port=0, threads=1, ident=None, **server_options(app))
        threading.Thread(target=server.run, daemon=True).start()
        servers.append(server)

        def send(method, path, headers, body=None):
            line = http.client.HTTPConnection("127.0.0.1", server.effective_port, timeout=20)
            line.request(method, path, body, headers)
            answer = line.getresponse()
            return answer.status, answer.read().decode()

        return send

    yield start
    for server in servers:
        server.close()


FORWARDED = {
    "Host": "inside", "X-Forwarded-For": "6.6.6.6, 10.1.2.3", "X-Forwarded-Proto": "https",
    "X-Forwarded-Host": "portal.example",
}  # fmt: skip


def test_behind_a_proxy_the_address_is_the_visitors(ask):
    assert ask(1)("GET", "/seen", FORWARDED) == (200, "10.1.2.3 https portal.example")


def test_without_a_proxy_nobody_says_where_they_come_from(ask):
    assert ask(0)("GET", "/seen", FORWARDED) == (200, "127.0.0.1 http inside")


def test_a_body_far_too_large_is_cut_off_by_the_server(ask):
    status, _ = ask(0)("POST", "/login", {"Content-Type": "text/plain"}, b"a" * (3 * 1024 * 1024))
    assert status == 413
