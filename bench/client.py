"""Browsers that ask and ask again: each waits for its answer before the next question. Runs in a process of its own.

Reads what to ask as JSON from its input and writes what came back as JSON: the client must cost little beside the server,
so it speaks HTTP/1.1 over plain sockets and looks at nothing but the status and the length.
"""

from __future__ import annotations

import itertools
import json
import secrets
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

KEY = "K" * 16
"""Stands in a request's body for a one-time key: every request gets its own, of the same length."""


@dataclass(slots=True)
class Answers:
    """What came back: seconds of each answer, how many of each status, and the bytes of one answer."""

    seconds: float = 0.0
    latencies: list[float] = field(default_factory=list)
    statuses: dict[str, int] = field(default_factory=dict)
    size: int = 0


def ask(port: int, requests: Sequence[str], *, clients: int, seconds: float, least: int = 1) -> Answers:
    """Ask ``requests`` by turns from ``clients`` at once for ``seconds``, each client ``least`` times at least."""
    order = {"port": port, "requests": list(requests), "clients": clients, "seconds": seconds, "least": least}
    done = subprocess.run(
        [sys.executable, "-m", "bench.client"], input=json.dumps(order), text=True, capture_output=True, check=True
    )
    return Answers(**json.loads(done.stdout))


def request(path: str, *, cookie: str = "", headers: Sequence[str] = (), body: str | None = None) -> str:
    """An HTTP request as text; with a ``body`` a POST."""
    lines = [
        f"{'POST' if body is not None else 'GET'} {path} HTTP/1.1",
        "Host: 127.0.0.1",
        "Accept-Encoding: gzip",
        *headers,
    ]
    if cookie:
        lines.append(f"Cookie: {cookie}")
    if body is not None:
        lines.append(f"Content-Length: {len(body.encode())}")
    return "\r\n".join([*lines, "", body or ""])


def _main() -> None:
    order = json.load(sys.stdin)
    answers, lock = Answers(), threading.Lock()
    raw = [text.encode() for text in order["requests"]]
    turn = itertools.count(secrets.randbelow(len(raw)))
    started = time.perf_counter()
    until = started + order["seconds"]

    def browse() -> None:
        line = _Line(order["port"])
        own: list[tuple[float, str]] = []
        while time.perf_counter() < until or len(own) < order["least"]:
            asked = raw[next(turn) % len(raw)]
            if KEY.encode() in asked:
                asked = asked.replace(KEY.encode(), secrets.token_hex(8).encode())
            before = time.perf_counter()
            status, size = line.exchange(asked)
            own.append((time.perf_counter() - before, status))
        with lock:
            answers.size = size
            for seconds, status in own:
                answers.latencies.append(seconds)
                answers.statuses[status] = answers.statuses.get(status, 0) + 1

    threads = [threading.Thread(target=browse) for _ in range(order["clients"])]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    answers.seconds = time.perf_counter() - started
    json.dump({name: getattr(answers, name) for name in Answers.__slots__}, sys.stdout)


class _Line:
    """A connection that stays open, and is opened again when the server closed it."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.socket: socket.socket | None = None

    def exchange(self, asked: bytes) -> tuple[str, int]:
        """(status, bytes of the answer's body)."""
        if self.socket is None:
            self.socket = socket.create_connection(("127.0.0.1", self.port))
            self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.socket.sendall(asked)
        got = b""
        while b"\r\n\r\n" not in got:
            got += self._more()
        head, _, body = got.partition(b"\r\n\r\n")
        status = head[9:12].decode()
        lines = head.lower().split(b"\r\n")
        length = next((int(line[15:]) for line in lines if line.startswith(b"content-length:")), 0)
        size = len(body)
        while size < length:
            size += len(self._more())
        if b"connection: close" in lines:
            self.socket.close()
            self.socket = None
        return status, size

    def _more(self) -> bytes:
        assert self.socket is not None
        block = self.socket.recv(262_144)
        if not block:
            raise ConnectionError("the server closed the line in the middle of an answer")
        return block


if __name__ == "__main__":
    _main()
