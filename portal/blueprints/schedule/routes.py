"""The timetable: of a class, of a teacher, of a pupil, week by week."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for

from portal.access.actor import Actor
from portal.access.places import FINDERS
from portal.access.roles import Role
from portal.queries import schedule, schedule_choices
from portal.queries.schedule import LessonWeek
from portal.values.week import Week
from portal.web.clock import today
from portal.web.guard import current_actor, current_place, guarded
from portal.web.pages import page_or_fragment
from portal.web.session_user import role_in_use
from portal.web.weeks import asked_week

blueprint = Blueprint("schedule", __name__)

CHOOSING = {Role.HEAD, Role.DEPUTY, Role.ADMINISTRATOR}
"""Roles that look after a whole school: they begin with the choice of a class or a teacher."""


@blueprint.get("/schedule")
@guarded("account.use")
def mine() -> Response:
    """The timetable of the role in use: own lessons, a child's, or a school to choose from."""
    actor, role = current_actor(), role_in_use()
    if role is not None and role.role in CHOOSING:
        return make_response(redirect(url_for("schedule.school", school_id=role.unit_id), 303))
    if role is not None and role.role in {Role.TEACHER, Role.CLASS_TEACHER}:
        return _teachers_week(actor.person_id, actor.work_schools, today(_zone_of_teacher(actor)))
    if actor.family:
        return make_response(redirect(url_for("schedule.of_pupil", pupil_id=actor.family[0][0]), 303))
    return make_response(render_template("schedule/nobody.html"))


@blueprint.get("/schedule/schools/<int:school_id>")
@guarded("schedule.read_class", place="school")
def school(school_id: int) -> Response:
    """Every class and every teacher of a school to choose from."""
    day = today(current_place().timezone)
    return make_response(
        render_template(
            "schedule/school.html",
            school=schedule_choices.school_name(school_id),
            grades=schedule_choices.classes_by_grade(school_id, day),
            teachers=schedule_choices.teachers(school_id, day),
        )
    )


@blueprint.get("/schedule/classes/<int:class_id>")
@guarded("schedule.read_class", place="class")
def of_class(class_id: int) -> Response:
    """The week of a class."""
    place = current_place()
    day = today(place.timezone)
    week = asked_week(day)
    return _page(
        schedule.of_class(class_id, week),
        day,
        about="class",
        title=schedule_choices.class_title(class_id),
        choose_from=place.school_id if place.school_ids & current_actor().work_schools else None,
    )


@blueprint.get("/schedule/teachers/<int:teacher_id>")
@guarded("schedule.read_teacher", place="teacher")
def of_teacher(teacher_id: int) -> Response:
    """The week of a teacher at the schools where one works with them."""
    place = current_place()
    return _teachers_week(teacher_id, place.school_ids & current_actor().work_schools, today(place.timezone))


@blueprint.get("/schedule/pupils/<int:pupil_id>")
@guarded("schedule.read_pupil", place="pupil")
def of_pupil(pupil_id: int) -> Response:
    """The week of a pupil: own subgroups only."""
    place = current_place()
    day = today(place.timezone if place.school_ids else None)
    week = asked_week(day)
    return _page(
        schedule.of_pupil(pupil_id, week),
        day,
        about="pupil",
        title=schedule_choices.pupil_name(pupil_id),
        siblings=[
            (name, url_for("schedule.of_pupil", pupil_id=other, week=request.args.get("week")), other == pupil_id)
            for other, name in current_actor().family
        ],
    )


def _teachers_week(teacher_id: int, school_ids: frozenset[int], day: date) -> Response:
    own = teacher_id == current_actor().person_id
    return _page(
        schedule.of_teacher(teacher_id, asked_week(day), school_ids),
        day,
        about="teacher",
        title="Мои уроки" if own else schedule_choices.teacher_name(teacher_id),
        several_schools=len(school_ids) > 1,
        choose_from=min(school_ids, default=None),
    )


def _page(found: LessonWeek, day: date, **context: Any) -> Response:
    return page_or_fragment(
        "schedule/week.html",
        "schedule/_week.html",
        found=found,
        today=day,
        links=_week_links(found.week, day),
        **context,
    )


def _week_links(week: Week, day: date) -> dict[str, str | None]:
    """Addresses of the week before, after, and (away from it) of the present one, of this very page."""
    arguments = {**(request.view_args or {})}
    endpoint = request.endpoint or ""
    return {
        "previous": url_for(endpoint, **arguments, week=week.previous.start.isoformat()),
        "next": url_for(endpoint, **arguments, week=week.next.start.isoformat()),
        "current": None if day in week else url_for(endpoint, **arguments),
    }


def _zone_of_teacher(actor: Actor) -> str | None:
    place = FINDERS["teacher"](actor.person_id, today())
    return place.timezone if place else None
