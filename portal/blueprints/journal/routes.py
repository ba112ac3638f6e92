"""The journal: my groups, a group's grid, a lesson with its pupils, marks for periods."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, abort, jsonify, make_response, redirect, render_template, request, url_for
from werkzeug.datastructures import MultiDict

from portal.blueprints.journal.forms import (
    AttendanceForm,
    CellForm,
    DetailsForm,
    HomeworkForm,
    MarkForm,
    PeriodMarkForm,
    details_form,
    first_error,
    homework_forms,
    mark_entry,
    new_key,
    of_pupil,
    span_number,
)
from portal.operations import journal as marking
from portal.operations import journal_cells, journal_details, journal_homework, journal_period_marks
from portal.queries import (
    journal,
    journal_grid,
    journal_groups,
    journal_history,
    journal_spans,
)
from portal.queries import journal_period_marks as period_marks_query
from portal.values.conflict import Conflict
from portal.values.marks import UNMARKED_GRADE
from portal.values.refusal import Refusal
from portal.web.clock import now, today
from portal.web.conditional import tag_of, tagged, unchanged
from portal.web.grid_markup import grid_rows
from portal.web.guard import current_actor, current_place, guarded, may
from portal.web.pages import page_or_fragment, wants_fragment
from portal.web.session_user import browser_account

blueprint = Blueprint("journal", __name__)


@blueprint.get("/journal")
@guarded("journal.list")
def groups() -> Response:
    """Today's lessons with what each lacks, then the journals one may open."""
    actor = current_actor()
    return make_response(
        render_template(
            "journal/groups.html",
            lessons=journal_groups.todays_lessons(actor, now()),
            journals=journal_groups.my_journals(actor, today()),
            day=today(),
        )
    )


# a group's grid


@blueprint.get("/journal/groups/<int:group_id>")
@guarded("journal.read_group", place="group")
def group(group_id: int) -> Response:
    """Pupils × lessons of a period."""
    header = journal_spans.group_header(group_id)
    span = header.chosen(request.args.get("period"), today(header.timezone)) or abort(404)
    outline = journal_grid.outline(header, span)
    shown = {
        "header": header, "span": span, "types": journal_grid.work_types(current_place().school_id),
        "today": today(header.timezone), "writable": may("journal.write_group"), "account": browser_account(),
    }  # fmt: skip
    tag = tag_of(outline, shown)
    return unchanged(tag) or tagged(_grid_page(outline, shown, tag), tag)


def _grid_page(outline: journal_grid.Outline, shown: dict[str, Any], tag: str) -> Response:
    header, span = shown["header"], shown["span"]
    grid = journal_grid.filled(outline, header, span)
    final = url_for("journal.period_marks", group_id=header.id, period=span.code) if span.period_id else None
    return page_or_fragment(
        "journal/group.html", "journal/_grid.html",
        grid=grid, rows=grid_rows(grid.rows, grid.lessons, final), tag=tag,
        earlier=header.beside(span, -1), later=header.beside(span, 1), **shown,
    )  # fmt: skip


@blueprint.post("/journal/groups/<int:group_id>/cells")
@guarded("journal.write_group", place="group")
def set_cells(group_id: int) -> Response:
    """Entries of the grid's script: JSON in and out, each entry with its own outcome."""
    forms = [CellForm(MultiDict(fields)) for fields in _sent_entries()]
    journal_cells.lock_lessons(group_id, {form.lesson.data for form in forms if form.lesson.data})
    return jsonify(results=[_set_cell(group_id, form) for form in forms])


def _sent_entries() -> list[dict[str, str]]:
    """The entries of a batch, each a flat object of words and numbers; 400 for anything else."""
    try:
        sent = request.get_json(silent=True) if request.is_json else None
    except RecursionError:
        abort(400)
    entries = sent.get("entries") if isinstance(sent, dict) else None
    if not isinstance(entries, list) or len(entries) > journal_cells.MOST:
        abort(400)
    return [_flat(entry) for entry in entries]


def _flat(entry: Any) -> dict[str, str]:
    fields = entry if isinstance(entry, dict) else {}
    if any(isinstance(value, dict | list) for value in fields.values()):
        abort(400)
    words = {name: str(value) for name, value in fields.items() if value is not None}
    if any("\ud800" <= sign <= "\udfff" for word in words.values() for sign in word):
        abort(400)  # half a sign: no database keeps it
    return words


def _set_cell(group_id: int, form: CellForm) -> dict[str, Any]:
    if not form.validate():
        problem = next(iter(form.errors.values()))[0] if form.errors else ""
        return {"status": "refused", "reason": str(problem)}
    entry = journal_cells.CellEntry(
        kind=form.kind.data, pupil_id=form.pupil.data, lesson_id=form.lesson.data,
        period_id=span_number(form.period.data), code=form.value.data or "", seen=form.seen.data or "",
        mark=mark_entry(form),
    )  # fmt: skip
    outcome = journal_cells.set_cell(group_id, entry, by=current_actor(), at=now())
    return {
        "status": outcome.status, "reason": outcome.reason, "theirs": outcome.theirs, "absence": outcome.absence,
        "marks": [[mark.id, mark.value, mark.work_type_id] for mark in outcome.marks], "final": outcome.final,
    }  # fmt: skip


# a lesson


@blueprint.get("/journal/lessons/<int:lesson_id>")
@guarded("journal.read_lesson", place="lesson")
def lesson(lesson_id: int) -> Response:
    """Topic, homework, the tick, and each pupil's marks and absence; for htmx topic and homework alone."""
    header = journal.lesson_header(lesson_id)
    if wants_fragment():
        homework = journal.lesson_homework(header)
        return _fragment(
            "journal/_lesson_forms.html", 200, header=header, homework=homework, details=details_form(header),
            homework_forms=homework_forms(homework), can_write=may("journal.write_lesson"),
        )  # fmt: skip
    return _lesson_page(header)


@blueprint.get("/journal/lessons/<int:lesson_id>/history")
@guarded("journal.read_lesson", place="lesson")
def lesson_history(lesson_id: int) -> Response:
    """Who changed topic, comment, tick and homework."""
    return page_or_fragment(
        "journal/history.html", "journal/_history.html",
        header=journal.lesson_header(lesson_id), changes=journal_history.of_lesson(lesson_id),
    )  # fmt: skip


@blueprint.post("/journal/lessons/<int:lesson_id>/details")
@guarded("journal.write_lesson", place="lesson")
def save_details(lesson_id: int) -> Response:
    """Topic, comment, «Урок проведён»."""
    form, status = DetailsForm(), 200
    if form.validate():
        details = journal_details.LessonDetails(
            topic=form.topic.data or "", comment=form.comment.data or "", conducted=bool(form.conducted.data),
            seen_topic=form.seen_topic.data or "", seen_comment=form.seen_comment.data or "",
            seen_conducted=form.seen_conducted.data or "",
        )  # fmt: skip
        try:
            journal_details.save_details(lesson_id, details, by=current_actor(), at=now())
        except Refusal as refusal:
            field = form[refusal.field] if isinstance(refusal, Conflict) else form.conducted
            field.errors, status = [refusal.reason], 409
    else:
        status = 422
    header = journal.lesson_header(lesson_id)
    if status == 200 and not wants_fragment():
        return _see_lesson(lesson_id, "details")
    shown = details_form(header, form if status != 200 else None)
    if wants_fragment():
        answer = _fragment(
            "journal/_details.html", status, header=header, details=shown, saved=status == 200, can_write=True
        )  # fmt: skip
        if status != 200:  # the faults stand at the fields: the whole form comes back
            answer.headers["HX-Retarget"] = answer.headers["HX-Reselect"] = "#details"
        return answer
    return _lesson_page(header, status, details=shown)


@blueprint.post("/journal/lessons/<int:lesson_id>/homework")
@guarded("journal.write_lesson", place="lesson")
def set_homework(lesson_id: int) -> Response:
    """Homework for the next lesson."""
    form, status = HomeworkForm(), 200
    if form.validate():
        entry = journal_homework.HomeworkEntry(
            form.text.data or "", form.homework.data, form.key.data or "", form.seen.data or ""
        )  # fmt: skip
        try:
            journal_homework.set_homework(lesson_id, entry, by=current_actor(), at=now())
        except Refusal as refusal:
            form.text.errors, status = [refusal.reason], 409
    else:
        status = 422
    if status == 200 and not wants_fragment():
        return _see_lesson(lesson_id, "homework")
    header = journal.lesson_header(lesson_id)
    homework = journal.lesson_homework(header)
    forms = homework_forms(homework, form if status != 200 else None)
    if wants_fragment():
        return _fragment(
            "journal/_homework.html", status, header=header, homework=homework, homework_forms=forms,
            saved=status == 200, can_write=True,
        )  # fmt: skip
    return _lesson_page(header, status, homework_forms=forms)


# a pupil in a lesson


@blueprint.get("/journal/lessons/<int:lesson_id>/pupils/<int:pupil_id>")
@guarded("journal.read_lesson", place="lesson")
def cell(lesson_id: int, pupil_id: int) -> Response:
    """Everything about a pupil in a lesson: each mark to change, other values, history."""
    header = journal.lesson_header(lesson_id)
    pupil = journal.lesson_pupil(header, pupil_id) or abort(404)
    return page_or_fragment(
        "journal/cell.html", "journal/_cell.html",
        header=header, pupil=pupil, changes=journal_history.of_pupil(lesson_id, pupil_id), new_key=new_key(),
        types=journal_grid.work_types(current_place().school_id), **_rights(header),
    )  # fmt: skip


@blueprint.post("/journal/lessons/<int:lesson_id>/pupils/<int:pupil_id>/mark")
@guarded("journal.write_lesson", place="lesson")
def set_mark(lesson_id: int, pupil_id: int) -> Response:
    """Set, change or remove a mark."""
    form = MarkForm(of_pupil(request.form, pupil_id))
    if not form.validate():
        return _pupil_row(lesson_id, pupil_id, 422, problem=first_error(form))
    entry = mark_entry(form)
    try:
        marking.set_mark(lesson_id, pupil_id, entry, by=current_actor(), at=now())
    except Conflict as conflict:
        return _pupil_row(lesson_id, pupil_id, 409, problem=conflict.reason, mine=entry)
    except Refusal as refusal:
        return _pupil_row(lesson_id, pupil_id, 409, problem=refusal.reason)
    return _pupil_row(lesson_id, pupil_id, 200, type=entry.work_type_id)


@blueprint.post("/journal/lessons/<int:lesson_id>/pupils/<int:pupil_id>/attendance")
@guarded("journal.write_lesson", place="lesson")
def set_attendance(lesson_id: int, pupil_id: int) -> Response:
    """Set, change or remove an absence."""
    form = AttendanceForm(of_pupil(request.form, pupil_id))
    if not form.validate():
        return _pupil_row(lesson_id, pupil_id, 422, problem=first_error(form))
    pressed = form.code.data or ""
    code = "" if pressed == form.absence.data else pressed  # pressed again: taken away
    try:
        marking.set_attendance(
            lesson_id, pupil_id, code, seen=form.absence.data, by=current_actor(), at=now()
        )  # fmt: skip
    except Refusal as refusal:
        return _pupil_row(lesson_id, pupil_id, 409, problem=refusal.reason)
    return _pupil_row(lesson_id, pupil_id, 200, type=request.form.get("work_type", type=int))


# marks for a period


@blueprint.get("/journal/groups/<int:group_id>/period-marks")
@guarded("journal.read_group", place="group")
def period_marks(group_id: int) -> Response:
    """Marks for a period or the year, the average beside each as a help."""
    return _period_marks_page(group_id, request.args.get("period"), 200, {})


@blueprint.post("/journal/groups/<int:group_id>/pupils/<int:pupil_id>/period-mark")
@guarded("journal.write_period_marks", place="group")
def set_period_mark(group_id: int, pupil_id: int) -> Response:
    """Set, change or remove a pupil's mark for a period or the year."""
    form, status, problem = PeriodMarkForm(), 200, ""
    period = form.period.data or ""
    if not form.validate():
        status, problem = 422, first_error(form)
    else:
        try:
            journal_period_marks.set_period_mark(
                group_id, pupil_id, span_number(period), form.value.data or "", seen=form.seen.data,
                by=current_actor(), at=now(),
            )  # fmt: skip
        except Refusal as refusal:
            status, problem = 409, refusal.reason
    if not wants_fragment() and status == 200:
        return _redirect(url_for("journal.period_marks", group_id=group_id, period=period) + f"#pupil-{pupil_id}")
    return _period_marks_page(group_id, period, status, {pupil_id: problem}, pupil_id)


@blueprint.get("/journal/groups/<int:group_id>/pupils/<int:pupil_id>/period-mark")
@guarded("journal.read_group", place="group")
def period_mark_history(group_id: int, pupil_id: int) -> Response:
    """Who set a pupil's mark for a period, and what it was."""
    header = journal_spans.group_header(group_id)
    number = span_number(request.args.get("period"))
    subject = f"period:{number}" if number else f"year:{header.year}"
    return page_or_fragment(
        "journal/period_mark_history.html", "journal/_history.html",
        header=header, changes=journal_history.of_period_mark(group_id, pupil_id, subject),
    )  # fmt: skip


# what these have in common


def _rights(header: journal.LessonHeader) -> dict[str, bool]:
    """What the reader may do here now: write at all, mark absences, set marks."""
    can_write = may("journal.write_lesson")
    held = can_write and header.has_begun(now()) and not header.cancelled
    return {"can_write": can_write, "can_attend": held, "can_mark": held and header.has_marks}


def _lesson_page(header: journal.LessonHeader, status: int = 200, **more: Any) -> Response:
    homework, types = journal.lesson_homework(header), journal_grid.work_types(current_place().school_id)
    chosen = request.values.get("type", type=int) or request.values.get("work_type", type=int)
    context = {
        "header": header, "pupils": journal.lesson_pupils(header), "homework": homework,
        "types": types, "type": chosen or journal_grid.usual_type(header.topic, types),
        "details": details_form(header), "homework_forms": homework_forms(homework), "problems": {}, "mine": None,
        "new_key": new_key(), "begun": header.has_begun(now()), "saved_at": request.args.get("saved"),
        **_rights(header),
    }  # fmt: skip
    return make_response(render_template("journal/lesson.html", **context | more), status)


def _pupil_row(lesson_id: int, pupil_id: int, status: int, *, problem: str = "", mine: Any = None, **back: Any) -> Response:  # fmt: skip  # noqa: E501
    """The pupil's row as it now stands, with what went wrong; a plain form that succeeded goes back to it."""
    if not wants_fragment():
        if status == 200:
            return _see_lesson(lesson_id, f"pupil-{pupil_id}", **back)
        return _lesson_page(journal.lesson_header(lesson_id), status, problems={pupil_id: problem}, mine=mine)
    header = journal.lesson_header(lesson_id)
    pupil = journal.lesson_pupil(header, pupil_id)
    if pupil is None:
        abort(404)
    context = {"problems": {pupil_id: problem}, "mine": mine, "new_key": new_key(), "saved": status == 200}
    return _fragment("journal/_pupil.html", status, header=header, pupil=pupil, **context, **_rights(header))


def _period_marks_page(
    group_id: int, code: str | None, status: int, problems: dict[int, str], only: int | None = None
) -> Response:
    header = journal_spans.group_header(group_id)
    day = today(header.timezone)
    span = header.year_span if code == "year" or not header.has_periods else header.chosen(code, day)
    rows = period_marks_query.period_marks(header, span or abort(404))
    context = {
        "header": header, "span": span, "problems": problems, "saved": status == 200,
        "can_set": may("journal.write_period_marks") and header.grade != UNMARKED_GRADE and span.first <= day,
    }  # fmt: skip
    if only is not None and wants_fragment():
        row = next((row for row in rows if row.pupil_id == only), None) or abort(404)
        return _fragment("journal/_period_mark.html", status, row=row, **context)
    return make_response(render_template("journal/period_marks.html", rows=rows, **context), status)


def _see_lesson(lesson_id: int, anchor: str, **arguments: Any) -> Response:
    return _redirect(url_for("journal.lesson", lesson_id=lesson_id, saved=anchor, _anchor=anchor, **arguments))


def _redirect(target: str) -> Response:
    response = make_response(redirect(target, 303))
    response.vary.add("HX-Request")
    return response


def _fragment(template: str, status: int, **context: Any) -> Response:
    """A part of a page; what was written is told to whoever listens, such as the figures above a list of lessons."""
    response = make_response(render_template(template, **context), status)
    if request.method == "POST" and status == 200:
        response.headers["HX-Trigger"] = "journal-changed"
    response.vary.add("HX-Request")
    return response
