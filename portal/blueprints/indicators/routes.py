"""One indicator at a time: the schools that fall short of it, and how it goes from week to week."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, abort, request, url_for

from portal.blueprints.indicators.forms import TrendForm
from portal.content.indicators import Indicator, by_code
from portal.queries import falling_short, monitoring, trends
from portal.queries import indicators as figures
from portal.values.week import Week
from portal.web.clock import today
from portal.web.downloads import download, files_of
from portal.web.guard import current_place, guarded
from portal.web.pages import page_or_fragment
from portal.web.plots import Plot, plot
from portal.web.weeks import reported_week, week_steps

blueprint = Blueprint("indicators", __name__)

PAGE = 200
"""Schools that fall short on one page of a region."""


def week_page(page: str, week: Week, *, kept: dict[str, str] | None = None, **context: Any) -> Response:
    """A page of one week; the stepper swaps all that depends on the week and keeps the arguments ``kept``."""
    zone = current_place().timezone if current_place().school_ids else None
    return page_or_fragment(
        f"indicators/{page}.html", f"indicators/_{page}.html", week=week, words=monitoring,
        steps=week_steps(week, zone, **(kept or {})), running=week == Week.of(today(zone)), **context,
    )  # fmt: skip


def known_indicator(code: str) -> Indicator:
    """The indicator of an address; 404 for no such one."""
    return by_code().get(code) or abort(404)


# the schools by one indicator


@blueprint.get("/monitoring/municipalities/<int:municipality_id>/indicators/<code>")
@guarded("monitoring.read_municipality", place="municipality")
def municipality(municipality_id: int, code: str) -> Response:
    """The schools of a municipality by one indicator, those that do not meet it first."""
    indicator, week = known_indicator(code), reported_week()
    unit = figures.municipality_week(municipality_id, week)
    monday = week.start.isoformat()
    links = {school.school_id: _rows(school.school_id, code, monday) for school in unit.schools}
    return week_page(
        "municipality", week, unit=unit, indicator=indicator, figure=unit.figures[code],
        tables_of=falling_short.municipality_tables(unit, indicator),
        links=links, cells={(key, "value"): url for key, url in links.items()},
        files=files_of(".municipality_file", municipality_id=municipality_id, code=code, week=monday),
        trend=url_for(".municipality_trend", municipality_id=municipality_id, indicator=code, week=monday),
    )  # fmt: skip


@blueprint.get("/monitoring/municipalities/<int:municipality_id>/indicators/<code>.<any(pdf, xlsx, csv):ending>")
@guarded("monitoring.read_municipality", place="municipality")
def municipality_file(municipality_id: int, code: str, ending: str) -> Response:
    """The same schools as a file."""
    indicator, week = known_indicator(code), reported_week()
    unit = figures.municipality_week(municipality_id, week)
    table = falling_short.municipality_table(unit, indicator)
    return download(table, ending, f"{indicator.name}, {unit.name}, {week.start.isoformat()}")


@blueprint.get("/monitoring/regions/<int:region_id>/indicators/<code>")
@guarded("monitoring.read_region", place="region")
def region(region_id: int, code: str) -> Response:
    """The schools of a region that fall short, by municipality, the worst first."""
    indicator, week = known_indicator(code), reported_week()
    start = max(request.args.get("start", 0, int), 0)
    unit = figures.region_week(region_id, week)
    found = falling_short.in_region(unit, indicator)
    here: dict[str, Any] = {"region_id": region_id, "code": code, "week": week.start.isoformat()}
    links = {school.school_id: _rows(school.school_id, code, here["week"]) for _, school in found[start : start + PAGE]}
    return week_page(
        "region", week, unit=unit, indicator=indicator, figure=unit.figures[code], total=len(found), start=start,
        tables_of=falling_short.region_tables(unit, indicator, found, start, PAGE),
        left=max(0, len(found) - start - PAGE), more=url_for(".region", **here, start=start + PAGE),
        links=links, cells={(key, "value"): url for key, url in links.items()},
        files=files_of(".region_file", **here),
    )  # fmt: skip


@blueprint.get("/monitoring/regions/<int:region_id>/indicators/<code>.<any(pdf, xlsx, csv):ending>")
@guarded("monitoring.read_region", place="region")
def region_file(region_id: int, code: str, ending: str) -> Response:
    """All of them as a file."""
    indicator, week = known_indicator(code), reported_week()
    unit = figures.region_week(region_id, week)
    table = falling_short.region_table(unit, indicator, falling_short.in_region(unit, indicator))
    return download(table, ending, f"{indicator.name}, {unit.name}, {week.start.isoformat()}")


def _rows(school_id: int, code: str, monday: str) -> str:
    """Where a school's figure opens its rows."""
    return url_for("monitoring.shortfall", school_id=school_id, code=code, week=monday)


# from week to week


@blueprint.get("/monitoring/schools/<int:school_id>/trend")
@guarded("monitoring.read_school", place="school")
def school_trend(school_id: int) -> Response:
    """A school against the median of its municipality."""
    form, week = TrendForm(), reported_week(current_place().timezone)
    found = trends.school_trend(school_id, form.chosen, trends.last_weeks(week, form.count))
    return _trend_page(form, week, found, "monitoring.school", "monitoring.shortfall")


@blueprint.get("/monitoring/schools/<int:school_id>/trend.<any(pdf, xlsx, csv):ending>")
@guarded("monitoring.read_school", place="school")
def school_trend_file(school_id: int, ending: str) -> Response:
    """The same in figures as a file."""
    form, week = TrendForm(), reported_week(current_place().timezone)
    return _trend_file(trends.school_trend(school_id, form.chosen, trends.last_weeks(week, form.count)), ending)


@blueprint.get("/monitoring/municipalities/<int:municipality_id>/trend")
@guarded("monitoring.read_municipality", place="municipality")
def municipality_trend(municipality_id: int) -> Response:
    """A municipality over weeks."""
    form, week = TrendForm(), reported_week()
    found = trends.municipality_trend(municipality_id, form.chosen, trends.last_weeks(week, form.count))
    return _trend_page(form, week, found, "monitoring.municipality", ".municipality")


@blueprint.get("/monitoring/municipalities/<int:municipality_id>/trend.<any(pdf, xlsx, csv):ending>")
@guarded("monitoring.read_municipality", place="municipality")
def municipality_trend_file(municipality_id: int, ending: str) -> Response:
    """The same in figures as a file."""
    form, week = TrendForm(), reported_week()
    found = trends.municipality_trend(municipality_id, form.chosen, trends.last_weeks(week, form.count))
    return _trend_file(found, ending)


def _trend_page(form: TrendForm, week: Week, trend: trends.Trend, up: str, rows: str) -> Response:
    """The picture and the table behind it; each week leads to the page ``rows`` of that week."""
    place = request.view_args or {}
    table = trends.trend_table(trend)
    links = {key: url_for(rows, **place, code=form.chosen.code, week=key) for key in table.row_keys}
    return week_page(
        "trend", week, kept=form.kept, status=422 if form.errors else 200, form=form, trend=trend, table=table,
        picture=_picture(trend), links=links,
        cells={(key, "value"): url for key, url in links.items()}, up=url_for(up, **place, week=week.start.isoformat()),
        files=files_of(f"{request.endpoint}_file", **place, **form.kept, week=week.start.isoformat()),
    )  # fmt: skip


def _picture(trend: trends.Trend) -> Plot:
    points = trend.points
    return plot(
        [point.week.start.strftime("%d.%m") for point in points],
        [
            (trend.own, [trends.shown_own(point, trend) if point.has_data else None for point in points]),
            (trend.other, [trends.shown_median(point, trend) for point in points]),
        ],
        [None if point.threshold is None or not trend.judged else float(point.threshold) for point in points],
        [point.on_vacation for point in points],
    )  # fmt: skip


def _trend_file(trend: trends.Trend, ending: str) -> Response:
    return download(trends.trend_table(trend), ending, f"{trend.indicator.name} по неделям, {trend.name}")
