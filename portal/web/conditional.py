"""Conditional requests: what a browser's script already holds in memory is not made and sent again (docs/adr/0006).

A tag is a hash of everything a page shows, so that an equal tag means an equal page: the release, the reader with all
their roles and the role in use, their session, the address, and what the caller hands in. Pages stay ``no-store``:
nothing is kept on disk, only scripts of the open page ask with a tag (static/fresh.js).
"""

from __future__ import annotations

from dataclasses import fields
from functools import cache
from hashlib import blake2b
from pathlib import Path

from flask import Response, make_response, request, session
from flask_login import current_user

from portal.access.actor import Actor
from portal.web.navigation import places
from portal.web.session_user import role_in_use

PACKAGE = Path(__file__).resolve().parent.parent
SHOWN_ONCE = "_flashes"
"""Where the session keeps messages that the next page shows and forgets."""


def tag_of(*shown: object) -> str:
    """The tag of a page that shows ``shown`` (values whose ``repr`` tells all of them) to whoever asks now.

    Empty, which is no tag, where the page will also show a message once.
    """
    if session.get(SHOWN_ONCE):
        return ""
    frame = (session.get("csrf_token"), role_in_use(), places(), request.full_path)
    whole = (release(), *_told(current_user.actor), *frame, shown)
    return blake2b(repr(whole).encode(), digest_size=16).hexdigest()


def unchanged(tag: str) -> Response | None:
    """304 where the one who asks holds the page of ``tag``; ``None`` where it has to be made."""
    if not tag or not request.if_none_match.contains_weak(tag):
        return None
    return tagged(make_response("", 304), tag)


def tagged(response: Response, tag: str) -> Response:
    """The response with its tag. A weak one: compressed or not, it is the same page."""
    response.vary.add("HX-Request")
    if tag:
        response.set_etag(tag, weak=True)
    return response


def _told(actor: Actor) -> tuple[object, ...]:
    """All of an actor in an order that is the same in every process: sets have none."""
    values = (getattr(actor, field.name) for field in fields(actor))
    return tuple(sorted(map(repr, value)) if isinstance(value, frozenset) else value for value in values)


@cache
def release() -> str:
    """A hash of the portal's own code, templates and static files: another release is another page."""
    digest = blake2b(digest_size=16)
    for path in sorted(PACKAGE.rglob("*")):
        if path.suffix in {".py", ".html", ".css", ".js", ".toml"}:
            digest.update(path.read_bytes())
    return digest.hexdigest()
