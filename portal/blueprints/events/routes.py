"""A school's events: parents' meetings, matinées; entered and taken off by its administrator."""

from __future__ import annotations

import secrets
from typing import Any

from flask import Blueprint, Response, abort, url_for

from portal.blueprints.events.forms import EventForm
from portal.operations import school_events as entering
from portal.queries import school_events, units
from portal.web.clock import now
from portal.web.guard import current_actor, guarded, local_now
from portal.web.pages import fragment_or_redirect, page_or_fragment

blueprint = Blueprint("events", __name__)


@blueprint.get("/schools/<int:school_id>/events")
@guarded("monitoring.read_school", place="school")
def school(school_id: int) -> Response:
    """The events of the school year."""
    return events_page(school_id, empty_form())


@blueprint.post("/schools/<int:school_id>/events")
@guarded("events.write", place="school")
def add(school_id: int) -> Response:
    """Enter an event."""
    form = EventForm(today=local_now()[1])
    if not form.validate():
        return events_page(school_id, form, 422)
    entry = entering.EventEntry(
        title=form.title.data or "", held_on=form.held_on.data, place=form.place.data or "",
        audience=form.audience.data or "", key=form.key.data or "",
    )  # fmt: skip
    entering.add_event(school_id, entry, by=current_actor(), at=now())
    return changed(school_id)


@blueprint.post("/schools/<int:school_id>/events/<int:event_id>/remove")
@guarded("events.write", place="school")
def remove(school_id: int, event_id: int) -> Response:
    """Take an event off the list."""
    try:
        entering.remove_event(school_id, event_id, by=current_actor(), at=now())
    except LookupError:
        abort(404)
    return changed(school_id)


def empty_form() -> EventForm:
    """A form with a one-time key of its own."""
    return EventForm(None, today=local_now()[1], key=secrets.token_hex(8))


def context(school_id: int, form: EventForm) -> dict[str, Any]:
    day = local_now()[1]
    return {"unit": units.school(school_id), "events": school_events.events(school_id, day), "form": form, "today": day}


def events_page(school_id: int, form: EventForm, status: int = 200) -> Response:
    return page_or_fragment("events/school.html", "events/_school.html", status=status, **context(school_id, form))


def changed(school_id: int) -> Response:
    target = url_for(".school", school_id=school_id)
    return fragment_or_redirect("events/_school.html", target, **context(school_id, empty_form()))
