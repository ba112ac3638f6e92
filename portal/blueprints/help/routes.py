"""«Справка»: the guides of docs/ by role, shown in the portal."""

from __future__ import annotations

from flask import Blueprint, Response, abort, make_response, render_template

from portal.content.guides import GUIDES, guide
from portal.web.guard import guarded

blueprint = Blueprint("help", __name__)


@blueprint.get("/help/<name>")
@guarded("help.read")
def page(name: str) -> Response:
    """One guide."""
    if name not in GUIDES:
        abort(404)
    return make_response(render_template("help/page.html", name=name, guides=GUIDES, body=guide(name)))
