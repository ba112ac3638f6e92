"""Signing in and out, the role in use, the password."""

from __future__ import annotations

from flask import (
    Blueprint,
    Response,
    abort,
    current_app,
    flash,
    make_response,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from flask_login import current_user

from portal.blueprints.account.forms import PasswordForm, SignInForm
from portal.operations import accounts, sessions
from portal.values.passwords import fault
from portal.web.clock import OFFICE_ZONE, now, today
from portal.web.guard import current_actor, guarded
from portal.web.pages import safe_next
from portal.web.session_user import choose_role, close_session, oldest_session, seen_lately, use_session
from portal.web.unit_of_work import afterwards, in_own_transaction

blueprint = Blueprint("account", __name__)

WRONG = "Неверный логин или пароль. Проверьте раскладку клавиатуры и Caps Lock."
TOO_MANY = "Слишком много неудачных попыток. Подождите 15 минут или обратитесь к администратору школы."


@blueprint.before_app_request
def record_use() -> None:
    """The session is in use; it may stay open for days, and each day is a visit (domain/indicators.md, counters)."""
    if request.endpoint == "assets.file" or not current_user.is_authenticated:
        return
    if not seen_lately():
        session_id, seen_at = current_user.session_id, now()
        afterwards(lambda: sessions.keep_open(session_id, at=seen_at))
    day = today().isoformat()
    if session.get("visited") != day:
        session["visited"] = day
        person_id, moment = current_actor().person_id, now()
        afterwards(lambda: accounts.record_visit(person_id, at=moment, zone=OFFICE_ZONE))


@blueprint.route("/login", methods=["GET", "POST"])
def sign_in() -> Response:
    """The sign-in page. A wrong login and a wrong password get the same answer."""
    target = safe_next(request.args.get("next"), url_for("start.home"))
    if current_user.is_authenticated and request.method == "GET":
        return make_response(redirect(target, 303))
    form = SignInForm()
    if not form.validate_on_submit():
        return _sign_in_page(form, "", 422 if form.is_submitted() else 200)
    login, password = str(form.login.data), str(form.password.data)
    attempt = accounts.Attempt(login, request.remote_addr or "", now())
    if not _may_try(attempt):
        return _sign_in_page(form, TOO_MANY, 429)
    known = accounts.check_password(login, password)
    if known is None:
        return _sign_in_page(form, WRONG, 422)
    in_own_transaction(lambda: accounts.forgive_attempt(attempt))
    _open_session(known.person_id, known.epoch)
    return make_response(redirect(target, 303))


sign_in.own_transactions = True  # type: ignore[attr-defined]


def _may_try(attempt: accounts.Attempt) -> bool:
    """Count an attempt; whether there is still one left."""
    config = current_app.config
    limits = accounts.Limits(
        per_account=config["SIGN_IN_FAILURES_PER_ACCOUNT"],
        per_account_anywhere=config["SIGN_IN_FAILURES_PER_ACCOUNT_ANYWHERE"],
        per_address=config["SIGN_IN_FAILURES_PER_ADDRESS"],
    )
    return in_own_transaction(lambda: accounts.count_attempt(attempt, limits))


def _open_session(person_id: int, epoch: int) -> None:
    """Sign this browser in."""
    use_session(
        in_own_transaction(lambda: sessions.open_session(person_id, epoch, at=now(), forget_before=oldest_session()))
    )


def _sign_in_page(form: SignInForm, problem: str, status: int) -> Response:
    return make_response(render_template("account/sign_in.html", form=form, problem=problem), status)


@blueprint.post("/logout")
@guarded("account.use")
def sign_out() -> Response:
    """Leave: the session ends, whoever may still hold its cookie."""
    sessions.end_session(current_user.session_id, at=now())
    close_session()
    flash("Вы вышли.", "info")
    return make_response(redirect(url_for("account.sign_in"), 303))


@blueprint.post("/account/role")
@guarded("account.use")
def switch_role() -> Response:
    """Look at the portal in another of one's roles. What one may do does not change."""
    if not choose_role(request.form.get("role", "")):
        abort(403)
    return make_response(redirect(url_for("start.home"), 303))


@blueprint.route("/account/password", methods=["GET", "POST"])
@guarded("account.use")
def password() -> Response:
    """Change one's password; every other session of the account ends."""
    form, actor = PasswordForm(), current_actor()
    if not form.validate_on_submit():
        return _password_page(form, 422 if form.is_submitted() else 200)
    current, new = str(form.current.data), str(form.new.data)
    known = accounts.own_account(actor.person_id)
    attempt = accounts.Attempt(known.login, request.remote_addr or "", now(), own=True)
    if not _may_try(attempt):
        form.current.errors = [TOO_MANY]
        return _password_page(form, 429)
    if not known.accepts(current):
        form.current.errors = ["Нынешний пароль введён неверно."]
        return _password_page(form, 409)
    in_own_transaction(lambda: accounts.forgive_attempt(attempt))
    problem = fault(new, login=known.login, current=current)
    if problem:
        form.new.errors = [problem]
        return _password_page(form, 422)
    new_hash = accounts.password_hash(new)
    epoch = in_own_transaction(lambda: accounts.change_password(known, new_hash, by=actor, at=now()))
    _open_session(actor.person_id, epoch)
    flash("Пароль изменён. На других устройствах нужно войти заново.", "good")
    return make_response(redirect(url_for("account.password"), 303))


password.own_transactions = True  # type: ignore[attr-defined]


def _password_page(form: PasswordForm, status: int) -> Response:
    return make_response(render_template("account/password.html", form=form), status)
