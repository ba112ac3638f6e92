from flask import Blueprint

from portal.web.guard import guarded

blueprint = Blueprint("schedule", __name__)


@blueprint.get("/schedule")
@guarded("account.use")
def mine():
    return ""
