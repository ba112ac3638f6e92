from flask import Blueprint

from portal.web.guard import guarded

blueprint = Blueprint("diary", __name__)


@blueprint.get("/diary")
@guarded("diary.list")
def mine():
    return ""
