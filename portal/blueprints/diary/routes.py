"""A pupil's diary: week, day, marks by subject."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from flask import Blueprint, Response, abort, make_response, render_template, request, url_for

from portal.access.places import FINDERS, Place
from portal.operations import diary as views
from portal.queries import diary, diary_subjects
from portal.queries.diary import Reader
from portal.queries.diary_frame import Frame, frame_of
from portal.queries.diary_subjects import Span
from portal.values.deadlines import local_day
from portal.values.marks import MARK_WORDS
from portal.values.periods import period_title
from portal.web.clock import OFFICE_ZONE, now, today
from portal.web.conditional import tag_of, tagged, unchanged
from portal.web.guard import current_actor, current_place, guarded
from portal.web.pages import page_or_fragment
from portal.web.unit_of_work import afterwards
from portal.web.weeks import asked_day, asked_week

blueprint = Blueprint("diary", __name__)
blueprint.app_template_global("period_title")(period_title)

SHOWN_NEWS = 12


@blueprint.get("/diary")
@guarded("diary.list")
def mine() -> Response:
    """The present week of oneself or of one's first child, without a detour."""
    actor = current_actor()
    pupil_id = actor.family[0][0] if actor.family else actor.person_id
    place = FINDERS["pupil"](pupil_id, today())
    if place is None:
        return make_response(render_template("diary/nobody.html"))
    return _week_page(pupil_id, place)


@blueprint.get("/diary/pupils/<int:pupil_id>")
@guarded("diary.read", place="pupil")
def week(pupil_id: int) -> Response:
    """A week of a pupil."""
    return _week_page(pupil_id, current_place())


@blueprint.get("/diary/pupils/<int:pupil_id>/days/<day>")
@guarded("diary.read", place="pupil")
def day(pupil_id: int, day: str) -> Response:
    """One day of a pupil."""
    date, reader = asked_day(day), _reader(pupil_id, current_place())
    frame, found = diary.diary_day(pupil_id, date, reader)
    links = {
        "previous": url_for("diary.day", pupil_id=pupil_id, day=date - timedelta(days=1)),
        "next": url_for("diary.day", pupil_id=pupil_id, day=date + timedelta(days=1)),
        "current": None if date == reader.today else url_for("diary.day", pupil_id=pupil_id, day=reader.today),
    }
    return _answer(frame, reader, "diary/day.html", "diary/_day_page.html", day=found, links=links)


@blueprint.get("/diary/pupils/<int:pupil_id>/subjects")
@guarded("diary.read", place="pupil")
def subjects(pupil_id: int) -> Response:
    """Marks by subject for a period."""
    reader = _reader(pupil_id, current_place())
    spans = diary_subjects.spans_of(pupil_id)
    span = diary_subjects.chosen_span(spans, request.args.get("period", type=int), reader.today)
    if span is None and "period" in request.args:
        abort(404)
    first, last = (span.first, span.last) if span else (reader.today, reader.today)
    frame = frame_of(pupil_id, first, last, reader.viewer_id, reader.day_starts_at)
    rows = diary_subjects.subject_rows(pupil_id, span) if span else []
    links = _span_links(pupil_id, spans, span, reader)
    return _answer(frame, reader, "diary/subjects.html", "diary/_subjects.html", span=span, rows=rows, links=links)


def _span_links(pupil_id: int, spans: list[Span], span: Span | None, reader: Reader) -> dict[str, str | None]:
    """Addresses of the period before, after, and (away from it) of the present one."""

    def address(neighbour: Span | None) -> str | None:
        period = neighbour.period_id if neighbour else None
        return url_for("diary.subjects", pupil_id=pupil_id, period=period) if period else None

    place = spans.index(span) if span else 0
    present = diary_subjects.chosen_span(spans, None, reader.today)
    return {
        "previous": address(spans[place - 1]) if place > 0 else None,
        "next": address(spans[place + 1]) if place + 1 < len(spans) else None,
        "current": address(present) if present != span else None,
    }


def _week_page(pupil_id: int, place: Place) -> Response:
    reader = _reader(pupil_id, place)
    asked = asked_week(reader.today)
    found = diary.diary_week(pupil_id, asked, reader, now())

    def address(start: Any) -> str:
        return url_for("diary.week", pupil_id=pupil_id, week=start)

    links = {
        "previous": address(asked.previous.start),
        "next": address(asked.next.start),
        "current": None if reader.today in asked else url_for("diary.week", pupil_id=pupil_id),
    }
    tag = tag_of(replace(found, pupil=replace(found.pupil, seen_today=True)), reader, _siblings(pupil_id))
    held = unchanged(tag)
    if held is not None:
        return _seen(held, found.pupil, reader)
    response = _answer(
        found.pupil, reader, "diary/week.html", "diary/_week.html", found=found, links=links, tag=tag,
        news=found.news[:SHOWN_NEWS], more_news=len(found.news) - SHOWN_NEWS,
        since_day=local_day(found.since, reader.zone) if found.since else None,
    )  # fmt: skip
    return tagged(response, tag)


def _reader(pupil_id: int, place: Place) -> Reader:
    zone = place.timezone if place.school_ids else OFFICE_ZONE
    family = views.counts_as_view(pupil_id, current_actor())
    return Reader(today(zone), zone, current_actor().person_id if family else None)


def _answer(frame: Frame, reader: Reader, page: str, fragment: str, **context: Any) -> Response:
    """The page; and, where a family opened it for the first time today, the view on record."""
    response = page_or_fragment(
        page, fragment, pupil=frame, today=reader.today, siblings=_siblings(frame.pupil_id),
        mark_words=MARK_WORDS, **context,
    )  # fmt: skip
    return _seen(response, frame, reader)


def _seen(response: Response, frame: Frame, reader: Reader) -> Response:
    """The response; the family's first look of the day goes on record, whether or not they hold the page already."""
    if reader.viewer_id is not None and not frame.seen_today and _opened_by_a_person():
        actor, moment = current_actor(), now()
        afterwards(lambda: views.record_view(frame.pupil_id, by=actor, at=moment, zone=reader.zone))
    return response


def _opened_by_a_person() -> bool:
    """Neither a HEAD nor a browser that fetches ahead shows anybody a diary."""
    headers = request.headers
    purpose = " ".join(headers.get(name, "") for name in ("Sec-Purpose", "Purpose", "X-Purpose", "X-Moz"))
    return request.method == "GET" and "prefetch" not in purpose and "preview" not in purpose


def _siblings(pupil_id: int) -> list[tuple[str, str, bool]]:
    """The same page of every child: one tap. Nothing where somebody else's diary is read."""
    family = current_actor().family
    if pupil_id not in {member for member, _ in family}:
        return []
    endpoint = "diary.subjects" if request.endpoint == "diary.subjects" else "diary.week"
    same_week = request.args.get("week")
    return [(name, url_for(endpoint, pupil_id=member, week=same_week), member == pupil_id) for member, name in family]
