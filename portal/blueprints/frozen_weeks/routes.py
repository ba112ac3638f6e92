"""Freezing a reporting week, computing it anew, and what has changed since."""

from __future__ import annotations

from flask import Blueprint, Response, abort, flash, make_response, redirect, render_template, request, url_for

from portal.blueprints.frozen_weeks.forms import FreezeForm
from portal.operations.frozen_weeks import Level, Outcome, freeze
from portal.queries import units
from portal.queries.frozen_changes import Changes, changes
from portal.values.plural import plural
from portal.values.week import Week
from portal.web.clock import now
from portal.web.downloads import download, files_of
from portal.web.guard import current_actor, current_place, guarded
from portal.web.pages import safe_next
from portal.web.weeks import reported_week, week_steps

blueprint = Blueprint("frozen_weeks", __name__)


@blueprint.post("/monitoring/municipalities/<int:municipality_id>/freeze")
@guarded("monitoring.freeze", place="municipality")
def freeze_municipality(municipality_id: int) -> Response:
    """Keep the week of a municipality's schools as it is now."""
    return _freeze("municipality", municipality_id, "monitoring.municipality")


@blueprint.post("/monitoring/regions/<int:region_id>/freeze")
@guarded("monitoring.freeze", place="region")
def freeze_region(region_id: int) -> Response:
    """Keep the week of all schools of a region as it is now."""
    return _freeze("region", region_id, "monitoring.region")


def _freeze(level: Level, unit_id: int, page: str) -> Response:
    form = FreezeForm()
    if not form.validate_on_submit():
        abort(422)
    week = form.asked_week
    done = freeze(level, unit_id, week, by=current_actor(), at=now(), recompute_until=form.recompute_until)
    flash(_told(done), "good")
    back = url_for(page, week=week.start.isoformat(), **{f"{level}_id": unit_id})
    return make_response(redirect(safe_next(request.form.get("next"), back), 303))


def _told(done: Outcome) -> str:
    """What was done, in words; a form sent twice finds it done already."""
    if done.frozen:
        return f"Неделя зафиксирована: {plural(done.frozen, 'школа', 'школы', 'школ')}. Эти показатели не изменятся."
    if done.recomputed:
        return f"Неделя пересчитана: {plural(done.recomputed, 'школа', 'школы', 'школ')}. Прежние показатели на записи."
    return "Неделя уже зафиксирована: ничего не изменилось."


@blueprint.get("/monitoring/municipalities/<int:municipality_id>/changes")
@guarded("monitoring.read_municipality", place="municipality")
def municipality(municipality_id: int) -> Response:
    """What a municipality's frozen week said, and what it would say now."""
    return _page("municipality", municipality_id, "monitoring.municipality")


@blueprint.get("/monitoring/municipalities/<int:municipality_id>/changes.<any(pdf, xlsx, csv):ending>")
@guarded("monitoring.read_municipality", place="municipality")
def municipality_file(municipality_id: int, ending: str) -> Response:
    """The same as a file."""
    return _file("municipality", municipality_id, ending)


@blueprint.get("/monitoring/schools/<int:school_id>/changes")
@guarded("monitoring.read_school", place="school")
def school(school_id: int) -> Response:
    """What a school's frozen week said, and what it would say now."""
    return _page("school", school_id, "monitoring.school")


@blueprint.get("/monitoring/schools/<int:school_id>/changes.<any(pdf, xlsx, csv):ending>")
@guarded("monitoring.read_school", place="school")
def school_file(school_id: int, ending: str) -> Response:
    """The same as a file."""
    return _file("school", school_id, ending)


def _asked_week() -> Week:
    """The week of the address, on a school's own clock where the page is about one."""
    return reported_week(current_place().timezone if current_place().school_ids else None)


def _found(level: str, unit_id: int, week: Week) -> tuple[units.Unit, Changes]:
    unit = units.municipality(unit_id) if level == "municipality" else units.school(unit_id)
    return unit, changes(unit.name, {each.unit_id: each.name for each in unit.schools}, week)


def _page(level: str, unit_id: int, parent: str) -> Response:
    week = _asked_week()
    unit, found = _found(level, unit_id, week)
    here = {f"{level}_id": unit_id, "week": week.start.isoformat()}
    school_ids = set(found.table.row_keys)
    return make_response(
        render_template(
            "frozen_weeks/changes.html", unit=unit, versions=found.versions, table=found.table, week=week,
            seen=max((version.stamp.at for version in found.versions), default=None),
            parent=url_for(parent, **here), files=files_of(f".{level}_file", **here), steps=week_steps(week),
            links={key: url_for("monitoring.school", school_id=key, week=week.start) for key in school_ids},
        )
    )  # fmt: skip


def _file(level: str, unit_id: int, ending: str) -> Response:
    week = _asked_week()
    unit, found = _found(level, unit_id, week)
    return download(found.paper, ending, f"Изменения после фиксации, {unit.name}, {week.start.isoformat()}")
