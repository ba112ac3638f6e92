"""What templates may call: dates and words in Russian, the actor, links of the top bar."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask import Flask, g, request
from flask_login import current_user

from portal.values.names import class_name, full_name, short_name
from portal.values.plural import plural, plural_form
from portal.values.table import plain, text_of
from portal.values.week import long_date, weekday_date
from portal.web.guard import may
from portal.web.navigation import help_url, other_roles, places
from portal.web.session_user import role_in_use


def init_filters(app: Flask) -> None:
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters.update(
        long_date=long_date, weekday_date=weekday_date, short_date=short_date, clock=clock, moment=moment
    )
    app.jinja_env.globals.update(
        plural=plural, plural_form=plural_form, text_of=text_of, plain=plain, may=may,
        class_name=class_name, full_name=full_name, short_name=short_name,
    )  # fmt: skip
    app.context_processor(_frame)


def _frame() -> dict[str, Any]:
    """What the layouts need; asked for only when a template is rendered."""
    signed_in = current_user.is_authenticated
    return {
        "actor": current_user.actor if signed_in else None,
        "role": role_in_use() if signed_in else None,
        "places": places() if signed_in else [],
        "other_roles": other_roles() if signed_in else [],
        "help_url": help_url() if signed_in else None,
        "contact_line": g.get("contact_line", ""),
        "here": request.full_path.rstrip("?"),
    }


def short_date(day: date) -> str:
    """«14.09»."""
    return day.strftime("%d.%m")


def moment(value: datetime, zone: str) -> str:
    """A moment on a school's clock: «14.09.2026 20:59»."""
    return value.astimezone(ZoneInfo(zone)).strftime("%d.%m.%Y %H:%M")


def clock(value: datetime, zone: str) -> str:
    """«20:59» on a school's clock."""
    return value.astimezone(ZoneInfo(zone)).strftime("%H:%M")
