"""What a teacher does, as requests; and what the database was asked meanwhile."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event, select
from werkzeug.test import TestResponse

from portal.extensions import db
from portal.models.journal import JournalChange, Mark
from tests.small_school import SmallSchool, csrf, sign_in

HTMX = {"HX-Request": "true"}


class Desk:
    """A signed-in person at the journal of the small school."""

    def __init__(self, app: Flask, small: SmallSchool, login: str) -> None:
        self.app, self.small = app, small
        self.client: FlaskClient = sign_in(app, login)
        self.token = csrf(self.client, "/account/password")

    def read(self, path: str, status: int = 200) -> str:
        answer = self.client.get(path)
        assert answer.status_code == status, answer.get_data(as_text=True)
        return html.unescape(answer.get_data(as_text=True))

    def send(self, path: str, htmx: bool = False, **data: object) -> TestResponse:
        form = {name: value for name, value in data.items() if value is not None} | {"csrf_token": self.token}
        return self.client.post(path, data=form, headers=HTMX if htmx else None)

    def lesson(self, word: str) -> str:
        return f"/journal/lessons/{self.small.lessons[word]}"

    def mark(self, lesson: str, pupil: str, value: str, htmx: bool = True, **more: object) -> TestResponse:
        path = f"{self.lesson(lesson)}/pupils/{self.small.people[pupil]}/mark"
        return self.send(path, htmx, value=value, **more)

    def attend(self, lesson: str, pupil: str, code: str, htmx: bool = True, **more: object) -> TestResponse:
        path = f"{self.lesson(lesson)}/pupils/{self.small.people[pupil]}/attendance"
        return self.send(path, htmx, code=code, **({"absence": ""} | more))

    def details(self, lesson: str, htmx: bool = False, **more: object) -> TestResponse:
        return self.send(f"{self.lesson(lesson)}/details", htmx, **more)

    def homework(self, lesson: str, text: str, htmx: bool = False, **more: object) -> TestResponse:
        return self.send(f"{self.lesson(lesson)}/homework", htmx, text=text, **more)

    def cells(self, group: str, *entries: dict[str, object]) -> TestResponse:
        return self.client.post(
            f"/journal/groups/{self.small.groups[group]}/cells",
            json={"entries": list(entries)}, headers={"X-CSRFToken": self.token},
        )  # fmt: skip

    def marks(self, lesson: str, pupil: str) -> list[Mark]:
        """Live marks, read anew."""
        with self.app.app_context():
            query = select(Mark).where(
                Mark.lesson_id == self.small.lessons[lesson], Mark.pupil_id == self.small.people[pupil],
                Mark.removed_at.is_(None),
            )  # fmt: skip
            return list(db.session.scalars(query.order_by(Mark.id)))

    def history(self, **where: object) -> list[tuple[str, str | None, str | None]]:
        with self.app.app_context():
            query = select(JournalChange).filter_by(**where).order_by(JournalChange.id)
            return [(row.kind, row.before, row.after) for row in db.session.scalars(query)]


def text_of(answer: TestResponse) -> str:
    return html.unescape(answer.get_data(as_text=True))


def hidden(page: str, name: str) -> str:
    """The value of a hidden field."""
    found = re.search(rf'<input[^>]*name="{re.escape(name)}"[^>]*value="([^"]*)"', page)
    assert found, name
    return found[1]


@contextmanager
def statements(app: Flask) -> Iterator[list[str]]:
    """The SQL sent while inside, transaction borders left out."""
    sent: list[str] = []

    def note(_connection, _cursor, statement, _parameters, _context, _many):
        if not statement.startswith(("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT")):
            sent.append(statement)

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(engine, "before_cursor_execute", note)
