"""Indicators by region, municipality and school, down to what is missing."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask import Blueprint, Response, abort, request, url_for

from portal.blueprints.monitoring.forms import HeatForm
from portal.content.indicators import BLOCK_TITLES, Indicator, by_code, of_block
from portal.queries import counters, indicators, monitoring, monitoring_tables, own_lessons, shortfalls
from portal.queries import heat as heat_query
from portal.queries.frozen_changes import changed_since
from portal.values.table import Table
from portal.values.week import Week
from portal.web.clock import now, today
from portal.web.downloads import download, files_of
from portal.web.guard import LARGEST_ID, current_actor, current_place, guarded, may
from portal.web.pages import page_or_fragment, wants_fragment
from portal.web.weeks import reported_week, week_steps

blueprint = Blueprint("monitoring", __name__)

PAGE = 200
"""Rows of what is missing on one page."""


SPREAD_COUNTS = ("schools", "full", "from_85", "below_85", "no_data")
"""Columns of a region's table that count schools: each leads to them in the municipality's heat table."""


def week_page(page: str, week: Week, *, kept: dict[str, str] | None = None, **context: Any) -> Response:
    """A page of one week; the stepper swaps all that depends on the week and keeps the arguments ``kept``."""
    zone = current_place().timezone if current_place().school_ids else None
    return page_or_fragment(
        f"monitoring/{page}.html", f"monitoring/_{page}.html", week=week, steps=week_steps(week, zone, **(kept or {})),
        running=week == Week.of(today(zone)), blocks=BLOCK_TITLES, of_block=of_block, words=monitoring, **context,
    )  # fmt: skip


def known_indicator(code: str) -> Indicator:
    """The indicator of an address; 404 for no such one."""
    found = by_code().get(code)
    if found is None:
        abort(404)
    return found


def asked_start() -> int:
    """The number of the first row of the page asked for, from 0."""
    return min(max(request.args.get("start", 0, int), 0), LARGEST_ID)


@blueprint.get("/monitoring/regions/<int:region_id>")
@guarded("monitoring.read_region", place="region")
def region(region_id: int) -> Response:
    """A region's week: a row a municipality."""
    week = reported_week()
    unit = indicators.region_week(region_id, week)
    monday = week.start.isoformat()
    below = {each.unit_id: url_for(".municipality", municipality_id=each.unit_id) for each in unit.units}
    return week_page(
        "region", week, unit=unit, table=monitoring_tables.units_table(unit),
        links={unit_id: f"{url}?week={monday}" for unit_id, url in below.items()},
        cells={
            **_figures_of([*below.items(), ("totals", request.path)], monday),
            **{(key, count): f"{url}/heat?week={monday}" for key, url in below.items() for count in SPREAD_COUNTS},
        },
        files=files_of(".region_week_file", region_id=region_id, week=monday),
    )  # fmt: skip


@blueprint.get("/monitoring/regions/<int:region_id>/week.<any(pdf, xlsx, csv):ending>")
@guarded("monitoring.read_region", place="region")
def region_week_file(region_id: int, ending: str) -> Response:
    """A region's week as a file."""
    week = reported_week()
    unit = indicators.region_week(region_id, week)
    return download(monitoring_tables.units_table(unit), ending, f"Показатели, {unit.name}, {week.start.isoformat()}")


@blueprint.get("/monitoring/municipalities/<int:municipality_id>")
@guarded("monitoring.read_municipality", place="municipality")
def municipality(municipality_id: int) -> Response:
    """A municipality's week: tiles of both blocks, the spread, the ranking of schools."""
    week = reported_week()
    unit = indicators.municipality_week(municipality_id, week)
    monday = week.start.isoformat()
    schools = {school.school_id: url_for(".school", school_id=school.school_id) for school in unit.schools}
    return week_page(
        "municipality", week, unit=unit, table=monitoring_tables.schools_table(unit), up=_region_above(),
        links={school_id: f"{url}?week={monday}" for school_id, url in schools.items()},
        cells=_figures_of([*schools.items(), ("totals", request.path)], monday),
        files=files_of(".municipality_week_file", municipality_id=municipality_id, week=monday),
        counted=None if wants_fragment() else counters.counters(list(schools), now()),
    )  # fmt: skip


def _figures_of(rows: Iterable[tuple[int | str, str]], monday: str) -> dict[tuple[int | str, str], str]:
    """(row key, code) → where each figure of the rows' pages opens."""
    return {(key, code): f"{url}/indicators/{code}?week={monday}" for key, url in rows for code in by_code()}


def _region_above() -> str | None:
    """The region's page, for whoever may open it."""
    (region_id,) = current_place().region_ids
    return url_for(".region", region_id=region_id) if may("monitoring.read_region") else None


@blueprint.get("/monitoring/municipalities/<int:municipality_id>/week.<any(pdf, xlsx, csv):ending>")
@guarded("monitoring.read_municipality", place="municipality")
def municipality_week_file(municipality_id: int, ending: str) -> Response:
    """A municipality's week as a file: the same table as on the page."""
    week = reported_week()
    unit = indicators.municipality_week(municipality_id, week)
    return download(monitoring_tables.schools_table(unit), ending, f"Показатели, {unit.name}, {week.start.isoformat()}")


@blueprint.get("/monitoring/municipalities/<int:municipality_id>/heat")
@guarded("monitoring.read_municipality", place="municipality")
def heat(municipality_id: int) -> Response:
    """School × indicator against thresholds, filtered and sorted by its address."""
    return _heat_page(indicators.municipality_week(municipality_id, reported_week()), up=".municipality")


@blueprint.get("/monitoring/municipalities/<int:municipality_id>/heat.<any(pdf, xlsx, csv):ending>")
@guarded("monitoring.read_municipality", place="municipality")
def heat_file(municipality_id: int, ending: str) -> Response:
    """The heat table as a file, filtered and sorted as on the page."""
    return _heat_file(indicators.municipality_week(municipality_id, reported_week()), ending)


@blueprint.get("/monitoring/regions/<int:region_id>/heat")
@guarded("monitoring.read_region", place="region")
def region_heat(region_id: int) -> Response:
    """The heat table of all schools of a region."""
    return _heat_page(indicators.region_week(region_id, reported_week()), up=".region")


@blueprint.get("/monitoring/regions/<int:region_id>/heat.<any(pdf, xlsx, csv):ending>")
@guarded("monitoring.read_region", place="region")
def region_heat_file(region_id: int, ending: str) -> Response:
    """The region's heat table as a file."""
    return _heat_file(indicators.region_week(region_id, reported_week()), ending)


def _heat_page(unit: indicators.UnitWeek, up: str) -> Response:
    form, start = HeatForm(unit), asked_start()
    table = heat_query.heat_table(unit, form.choice)
    here: dict[str, Any] = {**(request.view_args or {}), "week": unit.week.start.isoformat(), **form.kept}
    response = week_page(
        "heat", unit.week, kept=form.kept, status=422 if form.errors else 200, unit=unit, form=form, table=table,
        rows=heat_query.page_rows(table, start, PAGE), start=start, sorts=_sorts(table, form.choice, here),
        more=url_for(str(request.endpoint), **here, start=start + PAGE) if start + PAGE < len(table.rows) else None,
        school_url=url_for(".school", school_id=0).removesuffix("0"), up=up,
        files=files_of(f"{request.endpoint}_file", **here),
    )  # fmt: skip
    if wants_fragment():  # the address without what was left empty
        response.headers["HX-Push-Url"] = url_for(str(request.endpoint), **here, start=start or None)
    return response


def _sorts(table: Table, choice: heat_query.Choice, here: dict[str, Any]) -> dict[str, tuple[str, str]]:
    """Column → (address that sorts by it, how it is sorted now); the sorted one turns round."""
    by, way = heat_query.sorted_by(choice), "descending" if choice.descending else "ascending"
    found = {}
    for column in table.columns:
        turned = {"order": "" if choice.descending else "desc"} if column.key == by else {"order": ""}
        arguments = {name: value for name, value in {**here, "sort": column.key, **turned}.items() if value}
        found[column.key] = (url_for(str(request.endpoint), **arguments), way if column.key == by else "")
    return found


def _heat_file(unit: indicators.UnitWeek, ending: str) -> Response:
    table = heat_query.heat_table(unit, HeatForm(unit).choice)
    return download(table, ending, f"Тепловая таблица, {unit.name}, {unit.week.start.isoformat()}")


@blueprint.get("/monitoring/schools/<int:school_id>")
@guarded("monitoring.read_school", place="school")
def school(school_id: int) -> Response:
    """A school's week: every indicator with what it is made of, and the way to what is missing."""
    week = reported_week(current_place().timezone)
    found = indicators.school_week(school_id, week)
    return week_page(
        "school", week, school=found, changed=changed_since(found), up=_municipality_above(),
        files=files_of("reports.school_week_file", school_id=school_id, week=week.start.isoformat()),
    )  # fmt: skip


def _municipality_above() -> str | None:
    """The municipality's page, for whoever may open it (a school's own people may not)."""
    (municipality_id,) = current_place().municipality_ids
    return url_for(".municipality", municipality_id=municipality_id) if may("monitoring.read_municipality") else None


@blueprint.get("/monitoring/schools/<int:school_id>/indicators/<code>")
@guarded("monitoring.read_school", place="school")
def shortfall(school_id: int, code: str) -> Response:
    """Exactly what an indicator of a school's week lacks; names only for the school itself."""
    indicator, week = known_indicator(code), reported_week(current_place().timezone)
    offset = asked_start()
    school = indicators.school_week(school_id, week)
    missing = shortfalls.shortfall(
        school_id, week, code, with_names=may("monitoring.read_names"), writer=current_actor(), known=school,
        limit=PAGE, offset=offset,
    )  # fmt: skip
    here: dict[str, Any] = {"school_id": school_id, "code": code, "week": week.start.isoformat()}
    more = url_for(".shortfall", start=offset + PAGE, **here) if missing.more else None
    lesson_page = "journal.lesson" if may("journal.read_lesson") else ".lesson"
    return week_page(
        "shortfall", week, indicator=indicator, missing=missing, more=more, offset=offset, school=school,
        figure=school.figures[code], changed=changed_since(school, {code}), names=may("monitoring.read_names"),
        names_of=by_code(), files=files_of("reports.missing_file", **here),
        lesson_url=url_for(lesson_page, lesson_id=0).removesuffix("0"),
    )  # fmt: skip


@blueprint.get("/monitoring/lessons/<int:lesson_id>")
@guarded("monitoring.read_lesson", place="lesson")
def lesson(lesson_id: int) -> Response:
    """What a lesson has and lacks, without names and marks of pupils."""
    state = shortfalls.lesson_state(lesson_id)
    return page_or_fragment(
        "monitoring/lesson.html", "monitoring/_lacks.html",
        lesson=state, lacks=own_lessons.lesson_lacks(state, now()), week=Week.of(state.date), words=monitoring,
    )  # fmt: skip
