"""One place commits: below 400 the request's changes are kept, else none are (architecture.md, rule 1)."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from flask import Flask, Response, current_app, g, request

from portal.extensions import begin_mode, session

T = TypeVar("T")
SAFE_METHODS = {"GET", "HEAD", "OPTIONS"}


def init_unit_of_work(app: Flask) -> None:
    app.before_request(_begin)
    app.after_request(_end)
    app.teardown_request(lambda _error: session.remove())


def _begin() -> None:
    """Writers take SQLite's write lock at once and wait in line; readers never wait."""
    view = current_app.view_functions.get(request.endpoint or "")
    own = getattr(view, "own_transactions", False)
    begin_mode.set("read" if request.method in SAFE_METHODS or own else "write")


def _end(response: Response) -> Response:
    if response.status_code < 400:
        session.commit()
    else:
        session.rollback()
    for record in g.pop("afterwards", ()):
        _record(record)
    return response


def _record(record: Callable[[], object]) -> None:
    """The answer is ready and what it did is kept: that something beside it could not be written does not undo it."""
    try:
        in_own_transaction(record)
    except Exception as error:  # whatever it was; its text might hold personal data
        current_app.logger.error("Not recorded after an answer: %s in %s", type(error).__name__, record.__qualname__)


def afterwards(record: Callable[[], object]) -> None:
    """Run ``record`` in a transaction of its own once the request's own has ended, whichever way it ended."""
    g.setdefault("afterwards", []).append(record)


def in_own_transaction(work: Callable[[], T]) -> T:
    """Do ``work`` and commit it now. For what must stay on record though the request may fail.

    Only before the request has written anything: what it read so far is let go first.
    """
    session.rollback()
    before = begin_mode.get()
    begin_mode.set("write")
    try:
        result = work()
        session.commit()
    except BaseException:
        session.rollback()
        raise
    finally:
        begin_mode.set(before)
    return result
