"""Every route declares its permission here; nothing is reachable without one."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from flask import abort, g
from flask_login import current_user

from portal.access.actor import Actor
from portal.access.places import FINDERS, Place
from portal.access.rules import PERMISSIONS, allowed, in_scope
from portal.extensions import login_manager
from portal.web.clock import now, today

LARGEST_ID = 2**31 - 1
"""No object has a larger id; a database would stumble over one."""

View = TypeVar("View", bound=Callable[..., Any])

PUBLIC: set[str] = {"account.sign_in", "assets.file", "start.health"}
"""Endpoints that need no permission. Short on purpose; a test compares."""


def guarded(permission: str, place: str | None = None) -> Callable[[View], View]:
    """The route needs ``permission`` for the object that ``<place>_id`` in its address names.

    Signed out: to the sign-in page. Out of scope: 404. In scope but not permitted: 403. The object's
    facts are then at :func:`current_place`.
    """
    if permission not in PERMISSIONS:
        raise LookupError(f"no rule for {permission}")

    def decorate(view: View) -> View:
        @wraps(view)
        def wrapper(**arguments: Any) -> Any:
            if not current_user.is_authenticated:
                return login_manager.unauthorized()
            if any(isinstance(value, int) and value > LARGEST_ID for value in arguments.values()):
                abort(404)
            found: Place | None = None
            if place is not None:
                found = FINDERS[place](arguments[f"{place}_id"], today())
                if found is None or not in_scope(current_actor(), found):
                    abort(404)
            if not allowed(permission, current_actor(), found):
                abort(403)
            g.place = found
            return view(**arguments)

        wrapper.permission = permission  # type: ignore[attr-defined]
        wrapper.place = place  # type: ignore[attr-defined]
        return cast(View, wrapper)

    return decorate


def current_actor() -> Actor:
    """The signed-in person with all their roles."""
    actor: Actor = current_user.actor
    return actor


def current_place() -> Place:
    """The facts about the object this route is about."""
    place: Place = g.place
    return place


def may(permission: str, place: Place | None = None) -> bool:
    """Whether the signed-in person may do something: for showing a link or a form only where it would work."""
    return allowed(permission, current_actor(), place or g.get("place"))


def local_now() -> Any:
    """(moment, date) now, on the clock of the school this route is about."""
    return now(), today(current_place().timezone)
