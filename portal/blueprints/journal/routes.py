from flask import Blueprint

from portal.web.guard import guarded

blueprint = Blueprint("journal", __name__)


@blueprint.get("/journal")
@guarded("journal.list")
def groups():
    return ""
