"""The weekly control of a school for its head and deputy: shares, teachers, classes, down to the lesson."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from flask import Blueprint, Response, abort, request, url_for

from portal.content.control import Share, by_code, shares
from portal.queries import control, control_lists
from portal.queries.control import ControlledWeek
from portal.values.table import Table, plain
from portal.values.week import Week
from portal.web.clock import today
from portal.web.downloads import download, download_paper, files_of
from portal.web.guard import current_place, guarded
from portal.web.pages import page_or_fragment
from portal.web.weeks import reported_week, week_steps

blueprint = Blueprint("control", __name__)

PAGE = 200
"""Rows of a list on one page."""

SHARE_FIGURES = ("value", "lacking")
TEACHER_FIGURES = ("kept", "topics", "homework", "unmarked")
CLASS_FIGURES = (*TEACHER_FIGURES, "without", "pupils", "guardians")
"""Columns whose figures open the rows behind them."""

Links = dict[Any, str]


def looked_at(school_id: int) -> ControlledWeek:
    """The school of the address and the week asked for; else the last that is over."""
    return control.controlled(school_id, reported_week(current_place().timezone))


def control_page(page: str, seen: ControlledWeek, **context: Any) -> Response:
    """A page of one week; the stepper swaps all that depends on the week."""
    zone = current_place().timezone
    return page_or_fragment(
        f"control/{page}.html", f"control/_{page}.html", seen=seen, week=seen.week, monday=seen.week.start.isoformat(),
        steps=week_steps(seen.week, zone), running=seen.week == Week.of(today(zone)), **context,
    )  # fmt: skip


def file_of(table: Table, seen: ControlledWeek, ending: str) -> Response:
    """A table of the control as a file."""
    return download(table, ending, f"Контроль, {table.title}, {seen.week.start.isoformat()}")


def known_share(code: str) -> Share:
    """The share of an address; 404 for no such one."""
    return by_code().get(code) or abort(404)


def row_links(lists: str, table: Table, seen: ControlledWeek) -> Links:
    """Row key → where a row of such a list leads: the teacher, the lesson, the journal, the pupil's diary."""
    keys = [key for key in table.row_keys if key is not None]
    monday = seen.week.start.isoformat()
    match lists:
        case "teachers":
            return {
                key: url_for(".teacher", school_id=seen.school_id, teacher_id=key, week=monday) for key in keys
            }  # fmt: skip
        case "lessons":
            return {key: url_for("journal.lesson", lesson_id=key) for key in keys}
        case "pupils":
            return {key: url_for("diary.week", pupil_id=key, week=monday) for key in keys}
        case "journals":
            return {key: _journal_url(str(key)) for key in keys}
        case _:
            return {}


def _journal_url(key: str) -> str:
    """«group», or «group:period» for the marks of a period."""
    group, _, period = key.partition(":")
    if period:
        return url_for("journal.period_marks", group_id=group, period=period)
    return url_for("journal.group", group_id=group)


def figure_links(table: Table, links: Links, columns: Iterable[str]) -> Links:
    """(row key, column key) → the row's own page: every figure opens what is behind it; an empty cell is no link."""
    places = [(place, column.key) for place, column in enumerate(table.columns) if column.key in columns]
    return {
        (key, column): links[key]
        for key, row in zip(table.row_keys, table.rows, strict=True)
        for place, column in places
        if key in links and plain(row[place]) not in {None, ""}
    }


@blueprint.get("/control/schools/<int:school_id>")
@guarded("control.read", place="school")
def school(school_id: int) -> Response:
    """The shares of the week, then by teacher and by class."""
    seen = looked_at(school_id)
    here: dict[str, Any] = {"school_id": school_id, "week": seen.week.start.isoformat()}
    teachers, classes = control_lists.teachers_table(seen), control_lists.classes_table(seen)
    figures = control_lists.shares_table(seen)
    to_shares = {share.code: url_for(".share", code=share.code, **here) for share in shares()}
    to_teachers = row_links("teachers", teachers, seen)
    to_classes = {key: url_for(".school_class", class_id=key, **here) for key in classes.row_keys}
    return control_page(
        "school", seen, shares=shares(),
        parts=(
            ("shares", figures, to_shares, figure_links(figures, to_shares, SHARE_FIGURES)),
            ("teachers", teachers, to_teachers, figure_links(teachers, to_teachers, TEACHER_FIGURES)),
            ("classes", classes, to_classes, figure_links(classes, to_classes, CLASS_FIGURES)),
        ),
        files={name: files_of(".school_file", name=name, **here) for name in control_lists.TABLES},
        paper_url=url_for(".school_paper", **here), taught=bool(teachers.rows),
    )  # fmt: skip


@blueprint.get("/control/schools/<int:school_id>/<any(shares, teachers, classes):name>.<any(pdf, xlsx, csv):ending>")
@guarded("control.read", place="school")
def school_file(school_id: int, name: str, ending: str) -> Response:
    """A table of the school's page as a file."""
    seen = looked_at(school_id)
    return file_of(control_lists.TABLES[name](seen), seen, ending)


@blueprint.get("/control/schools/<int:school_id>/paper.pdf")
@guarded("control.read", place="school")
def school_paper(school_id: int) -> Response:
    """«Еженедельный контроль» as one paper to sign."""
    seen = looked_at(school_id)
    return download_paper(control_lists.paper(seen), f"{control_lists.PAPER_TITLE}, {seen.week.start.isoformat()}")


@blueprint.get("/control/schools/<int:school_id>/shares/<code>")
@guarded("control.read", place="school")
def share(school_id: int, code: str) -> Response:
    """A share with what it counts, and everybody and everything that falls short of it."""
    found, seen = known_share(code), looked_at(school_id)
    (figure,) = control.school_shares(school_id, seen.week, found)
    here: dict[str, Any] = {"school_id": school_id, "code": code, "week": seen.week.start.isoformat()}
    whole = control_lists.LISTS[code](seen)
    start = max(request.args.get("start", 0, int), 0)
    table = replace(
        whole, rows=whole.rows[start : start + PAGE], row_keys=whole.row_keys[start : start + PAGE]
    )  # fmt: skip
    left = len(whole.rows) - start - len(table.rows)
    return control_page(
        "share", seen, share=found, figure=figure, table=table, start=start, left=left,
        more=url_for(".share", start=start + PAGE, **here) if left > 0 else None,
        links=row_links(found.lists, table, seen), files=files_of(".share_file", **here),
    )  # fmt: skip


@blueprint.get("/control/schools/<int:school_id>/shares/<code>/list.<any(pdf, xlsx, csv):ending>")
@guarded("control.read", place="school")
def share_file(school_id: int, code: str, ending: str) -> Response:
    """The list behind a share as a file, whole."""
    found, seen = known_share(code), looked_at(school_id)
    return file_of(control_lists.LISTS[found.code](seen), seen, ending)


@blueprint.get("/control/schools/<int:school_id>/teachers/<int:teacher_id>")
@guarded("control.read", place="school")
def teacher(school_id: int, teacher_id: int) -> Response:
    """A teacher's lessons of the week with what each lacks."""
    seen = looked_at(school_id)
    table = _teacher_table(seen, teacher_id)
    here: dict[str, Any] = {"school_id": school_id, "teacher_id": teacher_id, "week": seen.week.start.isoformat()}
    return control_page(
        "teacher", seen, table=table, links=row_links("lessons", table, seen), files=files_of(".teacher_file", **here)
    )


@blueprint.get("/control/schools/<int:school_id>/teachers/<int:teacher_id>/lessons.<any(pdf, xlsx, csv):ending>")
@guarded("control.read", place="school")
def teacher_file(school_id: int, teacher_id: int, ending: str) -> Response:
    """The same lessons as a file."""
    seen = looked_at(school_id)
    return file_of(_teacher_table(seen, teacher_id), seen, ending)


def _teacher_table(seen: ControlledWeek, teacher_id: int) -> Table:
    try:
        return control_lists.teacher_table(seen, teacher_id)
    except LookupError:
        abort(404)


@blueprint.get("/control/schools/<int:school_id>/classes/<int:class_id>")
@guarded("control.read", place="school")
def school_class(school_id: int, class_id: int) -> Response:
    """A class's week: pupils without marks, journals, families, and every lesson with what it lacks."""
    seen = looked_at(school_id)
    title, lessons = _class_table(seen, class_id)
    here: dict[str, Any] = {"school_id": school_id, "class_id": class_id, "week": seen.week.start.isoformat()}
    lists = [
        (table, row_links(by_code()[code].lists, table, seen))
        for code, table in control_lists.class_lists(seen, class_id).items()
    ]
    return control_page(
        "school_class", seen, title=title, lists=lists, lessons=lessons,
        lesson_links=row_links("lessons", lessons, seen), files=files_of(".class_file", **here),
    )  # fmt: skip


@blueprint.get("/control/schools/<int:school_id>/classes/<int:class_id>/lessons.<any(pdf, xlsx, csv):ending>")
@guarded("control.read", place="school")
def class_file(school_id: int, class_id: int, ending: str) -> Response:
    """A class's lessons as a file."""
    seen = looked_at(school_id)
    return file_of(_class_table(seen, class_id)[1], seen, ending)


def _class_table(seen: ControlledWeek, class_id: int) -> tuple[str, Table]:
    """The class's name and its lessons; 404 for a class of another school."""
    try:
        title = control.class_title(seen.school_id, class_id)
    except LookupError:
        abort(404)
    return title, control_lists.class_table(seen, class_id, title)
