"""One handler, two renderings: a page for a browser, a fragment for htmx (architecture.md, rule 4)."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from flask import Response, make_response, redirect, render_template, request


def wants_fragment() -> bool:
    """Whether htmx asks for a swap target; boosted links and restored history want whole pages."""
    headers = request.headers
    return (
        headers.get("HX-Request") == "true"
        and headers.get("HX-Boosted") != "true"
        and headers.get("HX-History-Restore-Request") != "true"
    )


def page_or_fragment(page: str, fragment: str, *, status: int = 200, **context: Any) -> Response:
    """Render ``fragment`` for htmx and ``page`` (which includes it) for everybody else."""
    template = fragment if wants_fragment() else page
    response = make_response(render_template(template, **context), status)
    response.vary.add("HX-Request")
    return response


def fragment_or_redirect(fragment: str, target: str, **context: Any) -> Response:
    """After a write: the changed ``fragment`` for htmx, 303 to ``target`` for a plain form."""
    if wants_fragment():
        response = make_response(render_template(fragment, **context))
    else:
        response = make_response(redirect(target, 303))
    response.vary.add("HX-Request")
    return response


def safe_next(target: str | None, default: str) -> str:
    """A path of our own to go on to, never another site's address."""
    if (
        not target
        or not target.startswith("/")
        or target.startswith("//")
        or not target.isprintable()
        or "\\" in target
    ):
        return default
    try:
        parts = urlsplit(target)
    except ValueError:
        return default
    return default if parts.scheme or parts.netloc else target
