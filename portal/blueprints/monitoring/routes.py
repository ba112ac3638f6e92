from flask import Blueprint

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
def user_activity(municipality_id):
    return ""


@blueprint.get("/monitoring/schools/<int:school_id>")
@guarded("monitoring.read_school", place="school")
def school(school_id):
    return ""
