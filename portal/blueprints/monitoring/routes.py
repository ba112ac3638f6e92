"""Indicators by region, municipality and school, down to what is missing; «Активность всех пользователей»."""

from __future__ import annotations

from flask import Blueprint, Response, make_response, render_template, url_for

from portal.queries import user_activity as user_activity_query
from portal.web.clock import now, today
from portal.web.downloads import FORMATS, download
from portal.web.guard import guarded

blueprint = Blueprint("monitoring", __name__)


@blueprint.get("/monitoring/regions/<int:region_id>")
@guarded("monitoring.read_region", place="region")
def region(region_id):
    return ""


@blueprint.get("/monitoring/municipalities/<int:municipality_id>")
@guarded("monitoring.read_municipality", place="municipality")
def municipality(municipality_id):
    return ""


@blueprint.get("/monitoring/municipalities/<int:municipality_id>/users")
@guarded("monitoring.read_municipality", place="municipality")
def user_activity(municipality_id: int) -> Response:
    """The report «Активность всех пользователей», as of now."""
    table = user_activity_query.activity(municipality_id, now())
    schools = {key: url_for(".school", school_id=key) for key in table.row_keys}
    files = {
        ending: url_for(".user_activity_file", municipality_id=municipality_id, ending=ending) for ending in FORMATS
    }
    return make_response(
        render_template(
            "monitoring/user_activity.html", table=table, links=schools, files=files, municipality_id=municipality_id
        )
    )


@blueprint.get("/monitoring/municipalities/<int:municipality_id>/users.<any(pdf, xlsx, csv):ending>")
@guarded("monitoring.read_municipality", place="municipality")
def user_activity_file(municipality_id: int, ending: str) -> Response:
    """The same report as a file."""
    table = user_activity_query.activity(municipality_id, now())
    return download(table, ending, f"{table.title}, {today().isoformat()}")


@blueprint.get("/monitoring/schools/<int:school_id>")
@guarded("monitoring.read_school", place="school")
def school(school_id):
    return ""
