"""«Отчёты» of a municipality and of a region, each as page and file; a school's week and what it lacks as files."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, abort, make_response, render_template, url_for

from portal.content.indicators import by_code
from portal.queries import indicators, shortfalls, units
from portal.queries.reports import BY_CODE, REPORTS, Level, Report
from portal.queries.school_tables import WHOLE, missing_table, school_table
from portal.values.paper import Paper
from portal.values.table import Table
from portal.values.week import Week
from portal.web.clock import now, today
from portal.web.downloads import FORMATS, PAPERS, download, download_paper
from portal.web.guard import current_place, guarded, may
from portal.web.pages import page_or_fragment
from portal.web.weeks import reported_week, week_steps

blueprint = Blueprint("reports", __name__)

ENDINGS = "<any(pdf, xlsx, csv):ending>"


@blueprint.get("/reports/regions/<int:region_id>")
@guarded("monitoring.read_region", place="region")
def region(region_id: int) -> Response:
    """Every report of a region."""
    return _menu("region", region_id)


@blueprint.get("/reports/municipalities/<int:municipality_id>")
@guarded("monitoring.read_municipality", place="municipality")
def municipality(municipality_id: int) -> Response:
    """Every report of a municipality."""
    return _menu("municipality", municipality_id)


def _menu(level: Level, unit_id: int) -> Response:
    unit = units.municipality(unit_id) if level == "municipality" else units.region(unit_id)
    week = reported_week()
    here = _address(level, unit_id)
    reports = [
        (report, url_for(f".{level}_report", code=report.code, **here), _files(report, level, unit_id, week))
        for report in REPORTS
    ]
    return make_response(
        render_template("reports/menu.html", unit=unit, level=level, week=week, reports=reports, up=_above(level))
    )


def _above(level: Level) -> str | None:
    """The region's own menu, for whoever may open it."""
    if level == "region" or not may("monitoring.read_region"):
        return None
    (region_id,) = current_place().region_ids
    return url_for(".region", region_id=region_id)


@blueprint.get("/reports/regions/<int:region_id>/<code>")
@guarded("monitoring.read_region", place="region")
def region_report(region_id: int, code: str) -> Response:
    """A report of a region: a row a municipality."""
    return _page("region", region_id, _known(code))


@blueprint.get(f"/reports/regions/<int:region_id>/<code>.{ENDINGS}")
@guarded("monitoring.read_region", place="region")
def region_report_file(region_id: int, code: str, ending: str) -> Response:
    """The same as a file."""
    return _file("region", region_id, _known(code), ending)


@blueprint.get("/reports/municipalities/<int:municipality_id>/<code>")
@guarded("monitoring.read_municipality", place="municipality")
def municipality_report(municipality_id: int, code: str) -> Response:
    """A report of a municipality: a row a school."""
    return _page("municipality", municipality_id, _known(code))


@blueprint.get(f"/reports/municipalities/<int:municipality_id>/<code>.{ENDINGS}")
@guarded("monitoring.read_municipality", place="municipality")
def municipality_report_file(municipality_id: int, code: str, ending: str) -> Response:
    """The same as a file."""
    return _file("municipality", municipality_id, _known(code), ending)


def _known(code: str) -> Report:
    """The report of an address; 404 for no such one."""
    return BY_CODE.get(code) or abort(404)


def _address(level: Level, unit_id: int) -> dict[str, Any]:
    return {f"{level}_id": unit_id}


def _page(level: Level, unit_id: int, report: Report) -> Response:
    week = reported_week()
    content = report.make(level, unit_id, week, now())
    parts = content.parts if isinstance(content, Paper) else (content,)
    return page_or_fragment(
        "reports/report.html", "reports/_report.html", report=report, content=content, week=week,
        parts=[(part, _links(part, level, week)) for part in parts], whole=isinstance(content, Table),
        steps=week_steps(week) if report.weekly else None, running=report.weekly and week == Week.of(today()),
        files=_files(report, level, unit_id, week),
        up=url_for(f".{level}", **_address(level, unit_id), week=week.start if report.weekly else None),
    )  # fmt: skip


def _links(table: Table, level: Level, week: Week) -> dict[Any, str]:
    """Row key → address: schools, municipalities, or what a figure of a school lacks."""
    monday = week.start.isoformat()
    found = {}
    for key in table.row_keys:
        if isinstance(key, str):
            school_id, code = key.split("/")
            found[key] = url_for("monitoring.shortfall", school_id=int(school_id), code=code, week=monday)
        elif level == "municipality":
            found[key] = url_for("monitoring.school", school_id=key, week=monday)
        else:
            found[key] = url_for("monitoring.municipality", municipality_id=key, week=monday)
    return found


def _files(report: Report, level: Level, unit_id: int, week: Week) -> dict[str, str]:
    """Ending → address of a report's files."""
    monday = week.start.isoformat() if report.weekly else None
    return {
        ending: url_for(
            f".{level}_report_file", code=report.code, ending=ending, week=monday, **_address(level, unit_id)
        )
        for ending in (PAPERS if report.paper else FORMATS)
    }


def _file(level: Level, unit_id: int, report: Report, ending: str) -> Response:
    week = reported_week()
    content = report.make(level, unit_id, week, now())
    day = week.start if report.weekly else today()
    unit = content.subtitle.partition(",")[0]
    name = f"{report.title}, {unit}, {day.isoformat()}"
    return download_paper(content, name, ending) if isinstance(content, Paper) else download(content, ending, name)


@blueprint.get(f"/reports/schools/<int:school_id>/week.{ENDINGS}")
@guarded("monitoring.read_school", place="school")
def school_week_file(school_id: int, ending: str) -> Response:
    """A school's week, every indicator with what it is made of, as a file."""
    week = reported_week(current_place().timezone)
    school = indicators.school_week(school_id, week)
    return download(school_table(school), ending, f"Показатели, {school.name}, {week.start.isoformat()}")


@blueprint.get(f"/reports/schools/<int:school_id>/missing/<code>.{ENDINGS}")
@guarded("monitoring.read_school", place="school")
def missing_file(school_id: int, code: str, ending: str) -> Response:
    """Everything an indicator of a school's week lacks, as a file; names only for the school itself."""
    indicator = by_code().get(code) or abort(404)
    week, names = reported_week(current_place().timezone), may("monitoring.read_names")
    school = indicators.school_week(school_id, week)
    missing = shortfalls.shortfall(school_id, week, code, with_names=names, limit=WHOLE)
    name = f"{indicator.name}, {school.name}, {week.start.isoformat()}"
    return download(missing_table(school, missing, with_names=names), ending, name)
