"""«Мои уроки: чего не хватает»: a teacher's week with the forms that mend it in place."""

from __future__ import annotations

from flask import Blueprint, Response

from portal.queries import own_lessons
from portal.values.week import Week
from portal.web.clock import now, today
from portal.web.guard import current_actor, guarded
from portal.web.pages import page_or_fragment
from portal.web.weeks import asked_week, week_steps

blueprint = Blueprint("own_lessons", __name__)


@blueprint.get("/monitoring/mine")
@guarded("monitoring.read_own")
def week() -> Response:
    """What the indicators find in the lessons one may write oneself; a week to come is the present one."""
    asked = min(asked_week(today()), Week.of(today()))
    return page_or_fragment(
        "own_lessons/week.html", "own_lessons/_week.html",
        week=asked, steps=week_steps(asked), own=own_lessons.own_week(current_actor(), asked, now()),
    )  # fmt: skip
