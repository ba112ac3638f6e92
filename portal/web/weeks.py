"""The week and the day a page is asked for in its address."""

from __future__ import annotations

from datetime import date

from flask import abort, request

from portal.values.week import Week

YEARS = range(2000, 2100)
"""Outside of these a date is a slip or an attack, and date arithmetic would end in an error."""


def asked_week(today: date) -> Week:
    """The week of ``?week=2026-09-14``, or today's; 404 where it names no date."""
    text = request.args.get("week")
    return Week.of(asked_day(text)) if text else Week.of(today)


def asked_day(text: str) -> date:
    """An ISO date out of an address; 404 where it is none."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        abort(404)
    if day.year not in YEARS:
        abort(404)
    return day
