"""The one place where requests learn the time. Tests set ``app.config["CLOCK"]``."""

from __future__ import annotations

from datetime import UTC, date, datetime

from flask import current_app

from portal.values.deadlines import local_day

OFFICE_ZONE = "Europe/Moscow"
"""The zone of pages that are about no one school (a region may span several)."""


def now() -> datetime:
    """The present moment, UTC."""
    clock = current_app.config.get("CLOCK")
    moment: datetime = clock() if clock else datetime.now(UTC)
    return moment


def today(zone: str | None = None) -> date:
    """Today's date on the clock of a school's zone."""
    return local_day(now(), zone or OFFICE_ZONE)
