"""Sessions: who is signed in, and in which role they look at the portal now."""

from __future__ import annotations

from datetime import datetime, timedelta

from flask import Flask, Response, current_app, flash, g, make_response, redirect, request, session, url_for
from flask.sessions import SecureCookieSessionInterface, SessionMixin
from flask_login import UserMixin, current_user, login_user, logout_user

from portal.access.roles import RoleAt
from portal.access.sessions import SignedIn, signed_in
from portal.extensions import login_manager, vault
from portal.web.clock import now, today

SEEN_EVERY = timedelta(minutes=5)
"""How often a session that is in use is written down as seen."""


class SessionUser(UserMixin):
    """flask-login's user: an actor, and the session they act in. The cookie holds nothing but its token."""

    def __init__(self, token: str, found: SignedIn) -> None:
        self.token = token
        self.actor = found.actor
        self.session_id = found.session_id
        self.last_seen_at = found.last_seen_at

    def get_id(self) -> str:
        return self.token


class PageSessions(SecureCookieSessionInterface):
    """The cookie of pages. Static files are the same for everybody and set none: caches may keep them."""

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        if request.endpoint != "assets.file":
            super().save_session(app, session, response)


def init_sessions(app: Flask) -> None:
    app.session_interface = PageSessions()
    login_manager.session_protection = None  # lines drop and addresses change under a teacher's hands
    login_manager.user_loader(_load)

    @login_manager.unauthorized_handler
    def to_sign_in() -> Response:
        target = url_for("account.sign_in", next=request.full_path.rstrip("?") if request.method == "GET" else None)
        if request.headers.get("HX-Request"):
            answer = make_response("", 204)
            answer.headers["HX-Redirect"] = url_for("account.sign_in")
            return answer
        flash("Войдите, чтобы продолжить.", "info")
        return make_response(redirect(target, 303))


def _load(token: str) -> SessionUser | None:
    seen_after = now() - current_app.config["SESSION_IDLE"]
    found = signed_in(token, opened_after=oldest_session(), seen_after=seen_after, today=today())
    return None if found is None else SessionUser(token, found)


def oldest_session() -> datetime:
    """A session opened before this moment has come to its end, however much it is used."""
    lifetime: timedelta = current_app.config["PERMANENT_SESSION_LIFETIME"]
    return now() - lifetime


def seen_lately() -> bool:
    """Whether the session in use was written down as seen a short while ago."""
    seen: datetime = current_user.last_seen_at
    return now() - seen < SEEN_EVERY


def use_session(token: str) -> None:
    """Sign the browser in; what its cookie held goes first, so that nobody can plant a session."""
    session.clear()
    session.permanent = True
    user = _load(token)
    if user is not None:
        login_user(user)


def close_session() -> None:
    logout_user()
    session.clear()


def browser_account() -> str:
    """«person.session», opaque names for what waits in the browser: they tell apart, and name nobody.

    What waits under this session's name was written in this session: nobody could know the name before.
    """
    person, session_id = current_user.actor.person_id, current_user.session_id
    names = (f"browser:{person}", f"browser:{person}:{session_id}")
    return ".".join(vault().fingerprint(name)[:16] for name in names)


def role_in_use() -> RoleAt | None:
    """The role the person looks at the portal in: the one they chose, else their first."""
    if "role_in_use" not in g:
        roles = current_user.actor.roles if current_user.is_authenticated else ()
        chosen = session.get("role")
        g.role_in_use = next((role for role in roles if role.code == chosen), roles[0] if roles else None)
    role: RoleAt | None = g.role_in_use
    return role


def choose_role(code: str) -> bool:
    """Remember a role the person really holds; ``False`` for any other word."""
    if not any(role.code == code for role in current_user.actor.roles):
        return False
    session["role"] = code
    g.pop("role_in_use", None)
    return True
