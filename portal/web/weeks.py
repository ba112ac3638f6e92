"""The week and the day a page is asked for in its address."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from flask import abort, request, url_for

from portal.values.week import Week
from portal.web.clock import today

YEARS = range(2000, 2100)
"""Outside of these a date is a slip or an attack, and date arithmetic would end in an error."""


def asked_week(day: date) -> Week:
    """The week of ``?week=2026-09-14``, or the week of ``day``; 404 where it names no date."""
    text = request.args.get("week")
    return Week.of(asked_day(text)) if text else Week.of(day)


def asked_day(text: str) -> date:
    """An ISO date out of an address; 404 where it is none."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        abort(404)
    if day.year not in YEARS:
        abort(404)
    return day


def reported_week(zone: str | None = None) -> Week:
    """The week asked for; without one the last that is over: on Monday the office looks at the week that ended.

    A week to come is the present one: there is nothing to see yet.
    """
    day = today(zone)
    return min(asked_week(day - timedelta(days=7)), Week.of(day))


def week_steps(week: Week, zone: str | None = None, **kept: str) -> dict[str, Any]:
    """Addresses of the same page for the weeks beside this one, and for the present or the last week.

    ``kept``: query arguments that stay, such as filters.
    """
    current = Week.of(today(zone))

    def address(other: Week) -> str:
        named = {**(request.view_args or {}), **kept, "week": other.start.isoformat()}
        return url_for(str(request.endpoint), **named)

    past = week == current.previous
    return {
        "label": str(week),
        "previous_url": address(week.previous),
        "next_url": address(week.next) if week < current else None,
        "current_url": address(current if past else current.previous),
        "current_title": "Текущая неделя" if past else "Прошедшая неделя",
    }
