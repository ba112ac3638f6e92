"""«Цифровой профиль и витрина»: readiness, digital profile, «непереведённые», a pupil's card."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import IO, Any, cast

from flask import Blueprint, Response, abort, make_response, render_template, url_for

from portal.blueprints.showcase.forms import RestrictionForm
from portal.content import showcase as content
from portal.operations import data_restrictions
from portal.queries import digital_profile, showcase_export, showcase_missing, showcase_reports, showcase_tables, units
from portal.queries.pupil_card import pupil_card
from portal.queries.showcase import readiness
from portal.queries.showcase_reports import TITLES, Report
from portal.queries.showcase_scope import scope
from portal.queries.subject_statistics import statistics_table
from portal.queries.units import Unit
from portal.reports import json_document, workbook
from portal.values.table import Table, plain
from portal.values.week import Week
from portal.web.clock import now, today
from portal.web.downloads import download, download_written, files_of
from portal.web.guard import current_actor, current_place, guarded, may
from portal.web.pages import fragment_or_redirect

blueprint = Blueprint("showcase", __name__)

WHAT = '<any(readiness, profile, "not-moved"):what>'
FILE = f"{WHAT}.<any(pdf, xlsx, csv, json):ending>"
FINDERS = {"region": units.region, "municipality": units.municipality, "school": units.school}


def this_day() -> date:
    """The section tells how things stand today, on the clock of the school (an office: its own)."""
    return today(current_place().timezone if current_place().school_ids else None)


def tabs_of(unit: Unit, chosen: str) -> list[tuple[str, str, bool]]:
    """The three reports of one unit."""
    arguments = {f"{unit.level}_id": unit.unit_id}
    return [
        (title, url_for(f".{unit.level}", what=name, **arguments), name == chosen) for name, title in TITLES.items()
    ]


def report_files(unit: Unit, what: str) -> dict[str, str]:
    """The addresses of a report's files."""
    return files_of(f".{unit.level}_file", what=what, **{f"{unit.level}_id": unit.unit_id})


def report_file(level: str, unit_id: int, what: str, ending: str) -> Response:
    """A report as a file; readiness as JSON too."""
    unit, day = FINDERS[level](unit_id), this_day()
    name = f"{TITLES[cast(Report, what)]}, {unit.name}, {this_day().isoformat()}"
    if ending != "json":
        names = level == "school" and may("monitoring.read_names")
        return download(showcase_reports.report(unit, cast(Report, what), day, with_names=names), ending, name)
    if what != "readiness":
        abort(404)
    document = showcase_tables.readiness_document(unit, readiness(unit.school_ids, Week.of(day)), day)
    return download_written(lambda file: json_document.write_all(document, file), json_document.MIMETYPE, ending, name)


# regions and municipalities


@blueprint.get(f"/showcase/regions/<int:region_id>/{WHAT}")
@guarded("monitoring.read_region", place="region")
def region(region_id: int, what: Report) -> Response:
    """A region by municipalities."""
    unit = units.region(region_id)
    links = {each.unit_id: url_for(".municipality", municipality_id=each.unit_id, what=what) for each in unit.units}
    return unit_page(unit, what, links, ("Показатели региона", url_for("monitoring.region", region_id=region_id)))


@blueprint.get(f"/showcase/regions/<int:region_id>/{FILE}")
@guarded("monitoring.read_region", place="region")
def region_file(region_id: int, what: Report, ending: str) -> Response:
    """The same as a file."""
    return report_file("region", region_id, what, ending)


@blueprint.get(f"/showcase/municipalities/<int:municipality_id>/{WHAT}")
@guarded("monitoring.read_municipality", place="municipality")
def municipality(municipality_id: int, what: Report) -> Response:
    """A municipality by schools."""
    unit = units.municipality(municipality_id)
    links = {each.unit_id: url_for(".school", school_id=each.unit_id, what=what) for each in unit.units}
    up = ("Показатели", url_for("monitoring.municipality", municipality_id=municipality_id))
    if may("monitoring.read_region"):
        (region_id,) = current_place().region_ids
        up = ("Регион", url_for(".region", region_id=region_id, what=what))
    return unit_page(unit, what, links, up)


@blueprint.get(f"/showcase/municipalities/<int:municipality_id>/{FILE}")
@guarded("monitoring.read_municipality", place="municipality")
def municipality_file(municipality_id: int, what: Report, ending: str) -> Response:
    """The same as a file."""
    return report_file("municipality", municipality_id, what, ending)


def unit_page(unit: Unit, what: Report, links: dict[int, str], up: tuple[str, str]) -> Response:
    """A report by the units below; each leads to its own."""
    table = showcase_reports.report(unit, what, this_day())
    cells = _kind_cells(table) if what == "readiness" and unit.level == "municipality" else {}
    return make_response(
        render_template(
            "showcase/unit.html", unit=unit, what=what, table=table, links=links, cells=cells, up=up,
            tabs=tabs_of(unit, what), files=report_files(unit, what), json=_json_of(unit, what),
        )
    )  # fmt: skip


def _kind_cells(table: Table) -> dict[tuple[Any, str], str]:
    """From how much a school lacks of a kind to what it lacks; an empty cell leads nowhere."""
    pages = {f"{found.code}_missing": url_for(".kind", school_id=0, code=found.code) for found in content.kinds()}
    return {
        (school_id, column.key): pages[column.key].replace("/0/", f"/{school_id}/", 1)
        for school_id, row in zip(table.row_keys, table.rows, strict=True)
        for column, cell in zip(table.columns, row, strict=True)
        if column.key in pages and plain(cell) is not None
    }


def _json_of(unit: Unit, what: Report) -> str | None:
    if what != "readiness":
        return None
    return url_for(f".{unit.level}_file", what=what, ending="json", **{f"{unit.level}_id": unit.unit_id})


# a school


@blueprint.get(f"/showcase/schools/<int:school_id>/{WHAT}")
@guarded("monitoring.read_school", place="school")
def school(school_id: int, what: Report) -> Response:
    """A school: its eleven kinds; its digital profile with who lacks what; its pupils not moved up."""
    unit, day = units.school(school_id), this_day()
    table = showcase_reports.report(unit, what, day, with_names=may("monitoring.read_names"))
    profile = digital_profile.profiles([school_id], Week.of(day))[school_id] if what == "profile" else None
    return make_response(
        render_template(
            "showcase/school.html", unit=unit, what=what, table=table, up=_up(school_id, what), profile=profile,
            target=digital_profile.TARGET, links=_school_links(unit, what, table), tabs=tabs_of(unit, what),
            files=report_files(unit, what), json=_json_of(unit, what),
        )
    )  # fmt: skip


@blueprint.get(f"/showcase/schools/<int:school_id>/{FILE}")
@guarded("monitoring.read_school", place="school")
def school_file(school_id: int, what: Report, ending: str) -> Response:
    """The same as a file."""
    return report_file("school", school_id, what, ending)


def _up(school_id: int, what: Report) -> tuple[str, str]:
    """The municipality's report for an office, the school's indicators for the school."""
    if may("monitoring.read_municipality"):
        (municipality_id,) = current_place().municipality_ids
        return "Все школы", url_for(".municipality", municipality_id=municipality_id, what=what)
    return "Показатели школы", url_for("monitoring.school", school_id=school_id)


def _school_links(unit: Unit, what: Report, table: Table) -> dict[Any, str]:
    """From a kind to what is missing of it, from a pupil to the card."""
    if what == "readiness":
        return {code: url_for(".kind", school_id=unit.unit_id, code=code) for code in table.row_keys}
    if may("showcase.read_pupil"):
        return {pupil_id: url_for(".pupil", pupil_id=pupil_id) for pupil_id in table.row_keys}
    return {}


@blueprint.get("/showcase/schools/<int:school_id>/kinds/<code>")
@guarded("monitoring.read_school", place="school")
def kind(school_id: int, code: str) -> Response:
    """What a school lacks of one kind, and the way to mend it."""
    unit, day, found = units.school(school_id), this_day(), known_kind(code)
    table = showcase_missing.missing_table(unit, day, found, with_names=may("monitoring.read_names"))
    state = readiness([school_id], Week.of(day))[school_id].states[code]
    return make_response(
        render_template(
            "showcase/kind.html", unit=unit, kind=found, state=state, word=showcase_tables.WORDS[state.state],
            table=table, links=_missing_links(found, table),
            statistics=statistics_table(unit, Week.of(day)) if code == "statistics" else None,
            files=files_of(".kind_file", school_id=school_id, code=code),
        )
    )  # fmt: skip


@blueprint.get("/showcase/schools/<int:school_id>/kinds/<code>.<any(pdf, xlsx, csv):ending>")
@guarded("monitoring.read_school", place="school")
def kind_file(school_id: int, code: str, ending: str) -> Response:
    """The same list as a file."""
    unit, found = units.school(school_id), known_kind(code)
    table = showcase_missing.missing_table(unit, this_day(), found, with_names=may("monitoring.read_names"))
    return download(table, ending, f"{table.title}, {unit.name}, {this_day().isoformat()}")


def known_kind(code: str) -> content.Kind:
    """The kind of an address; 404 for no such one."""
    try:
        return content.kind(code)
    except LookupError:
        abort(404)


def _missing_links(found: content.Kind, table: Table) -> dict[Any, str]:
    """From what is missing to where it is mended, as far as the reader may go there."""
    journal = "journal.group" if found.code == "marks" else "journal.period_marks"
    ways = {
        "pupils": ("showcase.read_pupil", ".pupil", "pupil_id"),
        "classes": ("schedule.read_class", "schedule.of_class", "class_id"),
        "journals": ("journal.read_group", journal, "group_id"),
    }
    permission, endpoint, argument = ways.get(found.of, ("", "", ""))
    if not may(permission):
        return {}
    return {key: url_for(endpoint, **{argument: key}) for key in table.row_keys if key is not None}


@blueprint.get("/showcase/schools/<int:school_id>/showcase.<any(json, xlsx):ending>")
@guarded("showcase.export", place="school")
def export(school_id: int, ending: str) -> Response:
    """The eleven kinds themselves, with personal data: the school's own head and administrator only."""
    covered, at = scope(school_id, Week.of(this_day())), now()

    def write(file: IO[bytes]) -> None:
        sheets = showcase_export.sheets(covered)
        if ending == "json":
            json_document.write(showcase_export.head(covered, at), sheets, file)
        else:
            workbook.write(sheets, file, f"Витрина, {covered.name}")

    return hand_over(write, covered.name, ending)


def hand_over(write: Callable[[IO[bytes]], None], name: str, ending: str) -> Response:
    """Every export of personal data leaves here: the place where the security journal (issue 4) will note it."""
    mimetype = json_document.MIMETYPE if ending == "json" else workbook.MIMETYPE
    return download_written(write, mimetype, ending, f"Витрина, {name}, {this_day().isoformat()}")


# a pupil's card


@blueprint.get("/showcase/pupils/<int:pupil_id>")
@guarded("showcase.read_pupil", place="pupil")
def pupil(pupil_id: int) -> Response:
    """What is recorded of a pupil, without the numbers; and whether the data may be processed."""
    return make_response(render_template("showcase/pupil.html", **pupil_context(pupil_id)))


@blueprint.post("/showcase/pupils/<int:pupil_id>/restriction")
@guarded("showcase.restrict_pupil", place="pupil")
def restrict_pupil(pupil_id: int) -> Response:
    """Mark that the pupil's data may not be processed, or lift the mark."""
    form = RestrictionForm()
    if not form.validate():
        abort(422)
    change = data_restrictions.restrict if form.wanted.data == "set" else data_restrictions.lift
    change(pupil_id, by=current_actor(), at=now())
    target = url_for(".pupil", pupil_id=pupil_id)
    return fragment_or_redirect("showcase/_restriction.html", target, **pupil_context(pupil_id))


def pupil_context(pupil_id: int) -> dict[str, Any]:
    place, actor = current_place(), current_actor()
    own = min(place.school_ids & actor.work_schools)
    return {"card": pupil_card(pupil_id, place.school_ids, today(place.timezone)), "school_id": own, "place": place}
