"""The start page by role, and the sign of life for whoever watches the server."""

from __future__ import annotations

from flask import Blueprint, Response, make_response, redirect, render_template

from portal.web.guard import guarded
from portal.web.navigation import start_url

blueprint = Blueprint("start", __name__)


@blueprint.get("/")
@guarded("start.see")
def home() -> Response:
    """To the start page of the role in use; who has no role learns whom to ask."""
    target = start_url()
    return make_response(redirect(target, 303) if target else render_template("start/no_role.html"))


@blueprint.get("/health")
def health() -> Response:
    """The process answers."""
    return make_response("ok\n", 200, {"Content-Type": "text/plain; charset=utf-8"})
