"""A server as in production: gunicorn with two worker processes of four threads, and what its workers cost."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.cookies import SimpleCookie
from pathlib import Path
from urllib.parse import urlencode

from bench.client import request
from bench.world import PASSWORD

WORKERS, THREADS = 2, 4
TICK = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Server:
    """A running server."""

    port: int
    master: int

    def processor_seconds(self) -> float:
        """What its workers have used so far."""
        children = Path(f"/proc/{self.master}/task/{self.master}/children").read_text().split()
        return sum(_ticks(int(pid)) for pid in children) / TICK

    def sign_in(self, login: str) -> str:
        """A session's cookie, through the sign-in page."""
        page = self._open("/login")
        token = re.search(r'name="csrf_token"[^>]* value="([^"]+)"', page.read().decode())
        assert token, "no token on the sign-in page"
        form = {"login": login, "password": PASSWORD, "csrf_token": token[1]}
        answer = self._open("/login", _cookie(page), urlencode(form).encode())
        assert answer.status == 303, f"{login} cannot sign in: {answer.status}"
        cookie = _cookie(answer)
        return _cookie(self._open("/account/password", cookie)) or cookie  # the visit of the day is on record

    def text(self, path: str, cookie: str = "") -> str:
        """A page as text, not compressed."""
        answer = self._open(path, cookie)
        assert answer.status == 200, f"{path}: {answer.status}"
        return answer.read().decode()

    def _open(self, path: str, cookie: str = "", body: bytes | None = None):
        asked = urllib.request.Request(
            f"http://127.0.0.1:{self.port}{path}", body, {"Cookie": cookie} if cookie else {}
        )
        opener = urllib.request.build_opener(_NoRedirect, urllib.request.ProxyHandler({}))
        return opener.open(asked)


class _NoRedirect(urllib.request.HTTPErrorProcessor):
    def http_response(self, request, response):
        return response


def _cookie(answer) -> str:
    jar = SimpleCookie()
    for header in answer.headers.get_all("Set-Cookie") or ():
        jar.load(header)
    return "; ".join(f"{name}={morsel.value}" for name, morsel in jar.items())


def csrf_of(page: str) -> str:
    """The token a page hands to scripts."""
    found = re.search(r'"X-CSRFToken": "([^"]+)"', page)
    assert found, "no token on the page"
    return found[1]


@contextmanager
def serve(application: str, **environment: str) -> Iterator[Server]:
    """Start ``application`` («module:name») on a free port, wait until it answers, stop it afterwards."""
    port = _free_port()
    command = [
        sys.executable, "-m", "gunicorn", application, "--workers", str(WORKERS), "--threads", str(THREADS),
        "--bind", f"127.0.0.1:{port}", "--log-level", "warning", "--keep-alive", "30",
    ]  # fmt: skip
    process = subprocess.Popen(command, env=os.environ | environment)
    try:
        _wait(port, process)
        yield Server(port, process.pid)
    finally:
        process.terminate()
        process.wait(10)


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def _wait(port: int, process: subprocess.Popen[bytes]) -> None:
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    for _ in range(300):
        if process.poll() is not None:
            raise SystemExit("the server did not start")
        try:
            opener.open(f"http://127.0.0.1:{port}/health")
            return
        except OSError:
            time.sleep(0.1)
    raise SystemExit("the server does not answer")


def _ticks(pid: int) -> int:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return int(fields[11]) + int(fields[12])


__all__ = ["Server", "csrf_of", "request", "serve"]
