"""Walks the portal as a person would, by its links, and reads every page strictly (tests/web/strict.py)."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urljoin, urlsplit

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event
from werkzeug.exceptions import HTTPException

from portal.extensions import db
from tests.web.strict import PageParser, read_page

TIMES = 2
"""How many addresses of one kind (endpoint, words in it, names of its query arguments) are opened."""
SAME_STATEMENT = 2
"""How often one page may execute the same statement: more is a query in a loop."""


@dataclass
class Walk:
    """What a person came by: ``pages`` are the addresses of whole pages, by endpoint."""

    pages: dict[str, list[str]] = field(default_factory=dict)
    answers: dict[str, list[str]] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)


@contextmanager
def statements(app: Flask) -> Iterator[list[str]]:
    """The statements executed meanwhile."""
    seen: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        seen.append(statement)

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(engine, "before_cursor_execute", note)


def _match(app: Flask, path: str, method: str = "GET") -> tuple[str, list[str]] | None:
    """The endpoint of an address, if it has one for the method, and the words in it: names, not ids or days."""
    try:
        endpoint, arguments = app.url_map.bind("localhost").match(urlsplit(path).path, method=method)
    except HTTPException:
        return None
    return endpoint, [value for value in arguments.values() if isinstance(value, str) and not value[:1].isdigit()]


def walk(app: Flask, client: FlaskClient, start: str = "/", *, strictly: bool = True) -> Walk:
    """Follow every kind of link from ``start``; what is wrong on the way is in ``faults``."""
    found = Walk()
    opened: Counter[tuple[str, ...]] = Counter()
    waiting, known = deque([(start, "", "page")]), {start}
    while waiting:
        path, whence, kind = waiting.popleft()
        matched = _match(app, path)
        if matched is None:
            found.faults.append(f"{whence}: a link to {path}, which is no page")
            continue
        endpoint, words = matched
        key = (endpoint, kind, *words, *sorted(name for name, _ in parse_qsl(urlsplit(path).query)))
        if endpoint == "assets.file" or opened[key] >= TIMES:
            continue
        opened[key] += 1
        for target, target_kind in _open(app, client, path, whence, kind, endpoint, found, strictly):
            if target not in known:
                known.add(target)
                waiting.append((target, path, target_kind))
    return found


def _open(
    app: Flask, client: FlaskClient, path: str, whence: str, kind: str, endpoint: str, found: Walk, strictly: bool
) -> list[tuple[str, str]]:
    """Open one address and return where it leads."""
    headers = {"HX-Request": "true"} if kind == "fragment" else {}
    where = f"{path} (from {whence or 'the start'}, {kind})"
    try:
        with statements(app) as executed:
            answer = client.get(path, headers=headers)
    except Exception as error:  # whatever a page dies of is told with its address
        found.faults.append(f"{where}: {error!r}")
        return []
    found.answers.setdefault(endpoint, []).append(path)
    if answer.status_code in {302, 303}:
        return [(urljoin(path, answer.location), "page")]
    if answer.status_code != 200:
        found.faults.append(f"{where}: {answer.status_code}")
        return []
    found.faults += [
        f"{where}: {count} times: {' '.join(statement.split())[:160]}"
        for statement, count in Counter(executed).items()
        if count > SAME_STATEMENT and not statement.upper().startswith(("BEGIN", "COMMIT", "PRAGMA"))
    ]
    if answer.mimetype != "text/html":
        return []
    html = answer.get_data(as_text=True)
    page = read_page(html)
    if kind == "page":
        found.pages.setdefault(endpoint, []).append(path)
        faults = [*page.faults, *_forms(app, path, page)]
    else:
        faults = ["a whole page where a fragment was asked for"] if "<html" in html else []
    if strictly:
        found.faults += [f"{where}: {fault}" for fault in faults]
    return [
        *((_absolute(path, link), "page") for link in page.links),
        *((_absolute(path, link), "fragment") for link in page.fragments),
    ]


def _absolute(base: str, link: str) -> str:
    return urljoin(base, link).partition("#")[0]


def _forms(app: Flask, path: str, page: PageParser) -> list[str]:
    """Every form and htmx button goes to a route that takes it."""
    goals = [(form.action or path, form.method.upper()) for form in page.forms if form.sent]
    goals += [(send, "POST") for send in page.sends]
    return [
        f"sends to {action} by {method}, which is no route"
        for action, method in goals
        if _match(app, urljoin(path, action), method) is None
    ]
