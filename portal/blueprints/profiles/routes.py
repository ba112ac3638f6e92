"""A region's activity profiles: what holds, what will hold, and what a change would do."""

from __future__ import annotations

from flask import Blueprint, Response, abort, flash, make_response, redirect, render_template, request, url_for

from portal.blueprints.profiles.forms import ProfileForm
from portal.content.profiles import Profile, as_text, profiles
from portal.operations.profiles import set_profile, withdraw_profile
from portal.queries import indicators
from portal.queries import profiles as profile_queries
from portal.queries.profile_preview import Preview, preview
from portal.values.refusal import Refusal
from portal.values.texts import digest
from portal.values.week import Week, long_date
from portal.web.clock import OFFICE_ZONE, now, today
from portal.web.guard import current_actor, current_place, guarded, may
from portal.web.pages import page_or_fragment
from portal.web.weeks import asked_day

blueprint = Blueprint("profiles", __name__)


@blueprint.get("/profiles/regions/<int:region_id>")
@guarded("profiles.read", place="region")
def region(region_id: int) -> Response:
    """The region's sets and their history, to change."""
    return _list(region_id, url_for("monitoring.region", region_id=region_id))


@blueprint.get("/profiles/municipalities/<int:municipality_id>")
@guarded("profiles.read", place="municipality")
def municipality(municipality_id: int) -> Response:
    """The same for a municipality to read."""
    (region_id,) = current_place().region_ids
    return _list(region_id, url_for("monitoring.municipality", municipality_id=municipality_id))


def _list(region_id: int, parent: str) -> Response:
    return make_response(
        render_template(
            "profiles/list.html", region_id=region_id, parent=parent, zone=OFFICE_ZONE,
            sets=profile_queries.profile_sets(region_id, _present()), words=profile_queries,
            changes=profile_queries.profile_changes(region_id), templates=profiles(), editable=may("profiles.edit"),
        )
    )  # fmt: skip


def _present() -> Week:
    return Week.of(today())


@blueprint.get("/profiles/regions/<int:region_id>/edit")
@guarded("profiles.edit", place="region")
def edit(region_id: int) -> Response:
    """A set to begin: a coming one (``?week=``), one of the product's (``?template=``), or the one in force."""
    form, chosen = ProfileForm(), None
    text, template = request.args.get("week"), request.args.get("template")
    if text:
        chosen = profile_queries.coming_set(region_id, Week.of(asked_day(text)), _present())
        if chosen is None:
            abort(404)
    form.offer_weeks(_present(), chosen.from_week if chosen else None)
    form.show(_start(region_id, chosen, template))
    form.seen.data = digest(as_text(chosen.profile)) if chosen else ""
    return _form_page(region_id, form)


def _start(region_id: int, chosen: profile_queries.ProfileSet | None, template: str | None) -> Profile:
    if chosen is not None:
        return chosen.profile
    if template:
        found = next((each for each in profiles() if each.name == template), None)
        if found is None:
            abort(404)
        return found
    return profile_queries.set_in_force(region_id, _present()).profile


@blueprint.post("/profiles/regions/<int:region_id>/edit")
@guarded("profiles.edit", place="region")
def save(region_id: int) -> Response:
    """Keep the set, or only show what it would do to last week (the button «Посмотреть»)."""
    form = ProfileForm()
    form.offer_weeks(_present())
    if not form.validate_on_submit():
        return _form_page(region_id, form, status=422)
    if request.form.get("action") == "preview":
        week = indicators.region_week(region_id, _present().previous)
        return _form_page(region_id, form, shown=preview(week, form.profile), week=week.week)
    try:
        set_profile(region_id, form.profile, form.week, seen=str(form.seen.data or ""), by=current_actor(), at=now())
    except Refusal as refusal:
        return _form_page(region_id, form, status=409, refused=refusal.reason)
    flash(f"Набор «{form.profile.name}» сохранён: действует с {long_date(form.week.start)}.", "good")
    return make_response(redirect(url_for(".region", region_id=region_id), 303))


def _form_page(
    region_id: int, form: ProfileForm, *, status: int = 200, shown: Preview | None = None, week: Week | None = None,
    refused: str = "",
) -> Response:  # fmt: skip
    return page_or_fragment(
        "profiles/edit.html", "profiles/_form.html", status=status, region_id=region_id, form=form, shown=shown,
        week=week, refused=refused, names=profile_queries.name_of,
        links={key: url_for("monitoring.school", school_id=key, week=week.start)
               for key in (shown.rows.row_keys if shown else ())} if week else {},
    )  # fmt: skip


@blueprint.post("/profiles/regions/<int:region_id>/withdraw")
@guarded("profiles.edit", place="region")
def withdraw(region_id: int) -> Response:
    """Take back a set that has not begun."""
    try:
        week = Week.parse(request.form.get("week", ""))
    except ValueError:
        abort(422)
    withdraw_profile(region_id, week, by=current_actor(), at=now())
    flash(f"Набор с {long_date(week.start)} отменён.", "good")
    return make_response(redirect(url_for(".region", region_id=region_id), 303))
