"""Sessions: who is signed in, and in which role they look at the portal now."""

from __future__ import annotations

from flask import Flask, Response, flash, g, make_response, redirect, request, session, url_for
from flask_login import UserMixin, current_user, login_user, logout_user

from portal.access.actor import Actor, load_actor
from portal.access.roles import RoleAt
from portal.extensions import login_manager, vault
from portal.web.clock import today


class SessionUser(UserMixin):
    """flask-login's user: an actor and the epoch of the account it was signed in with."""

    def __init__(self, actor: Actor, epoch: int) -> None:
        self.actor = actor
        self.epoch = epoch

    def get_id(self) -> str:
        return f"{self.actor.person_id}.{self.epoch}"


def init_sessions(app: Flask) -> None:
    login_manager.session_protection = None  # lines drop and addresses change under a teacher's hands

    @login_manager.user_loader
    def load(user_id: str) -> SessionUser | None:
        person_id, _, epoch = user_id.partition(".")
        if not (person_id.isdigit() and epoch.isdigit()):
            return None
        actor = load_actor(int(person_id), int(epoch), today())
        return None if actor is None else SessionUser(actor, int(epoch))

    @login_manager.unauthorized_handler
    def to_sign_in() -> Response:
        target = url_for("account.sign_in", next=request.full_path.rstrip("?") if request.method == "GET" else None)
        if request.headers.get("HX-Request"):
            answer = make_response("", 204)
            answer.headers["HX-Redirect"] = url_for("account.sign_in")
            return answer
        flash("Войдите, чтобы продолжить.", "info")
        return make_response(redirect(target, 303))


def open_session(person_id: int, epoch: int) -> None:
    """Sign a person in; the old session's content goes first, so that nobody can plant one."""
    session.clear()
    session.permanent = True
    actor = load_actor(person_id, epoch, today())
    if actor is not None:
        login_user(SessionUser(actor, epoch))


def close_session() -> None:
    logout_user()
    session.clear()


def browser_account() -> str:
    """An opaque name of the account for what waits in the browser: tells accounts apart, names nobody."""
    return vault().fingerprint(f"browser:{current_user.actor.person_id}")[:16]


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
