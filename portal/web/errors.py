"""What people read when something may not or cannot be done: plain words, and what to do next."""

from __future__ import annotations

from typing import Any

from flask import Flask, Response, current_app, make_response, render_template, request
from flask_login import current_user
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import BadHost, HTTPException, SecurityError

from portal.extensions import begin_mode, session
from portal.values.refusal import Refusal
from portal.web.pages import wants_fragment

WORDS: dict[int, tuple[str, str]] = {
    400: ("Запрос не понят", "Вернитесь на предыдущую страницу, обновите её и попробуйте ещё раз."),
    403: ("Нет доступа", "Ваша роль не позволяет это сделать. Если это ваша работа, скажите администратору школы."),
    404: ("Такой страницы нет", "Возможно, ссылка устарела или страница относится к другой школе. Начните с главной."),
    405: ("Так открыть страницу нельзя", "Вернитесь назад и нажмите кнопку на самой странице."),
    409: ("Не получилось", "Обновите страницу: данные с тех пор изменились."),
    413: ("Слишком большой файл", "Уменьшите файл и отправьте его снова."),
    422: ("Проверьте введённое", "Исправьте отмеченные поля и отправьте снова."),
    429: ("Слишком много попыток", "Подождите 15 минут и попробуйте снова."),
    500: (
        "Портал не смог ответить",
        "Ничего не потеряно: повторите через минуту. Не поможет — скажите администратору школы.",
    ),
    503: ("Портал занят", "Ничего не записано: сейчас пишут многие. Подождите минуту и повторите."),
}  # fmt: skip
HOME = "/"
"""Fixed: an address made from a request that was not understood may not be made at all."""

WAITED_TOO_LONG = {"40001", "40P01", "55P03"}
"""PostgreSQL's states: serialization failure, deadlock, lock not available."""


def init_errors(app: Flask) -> None:
    app.register_error_handler(Refusal, _refusal)
    app.register_error_handler(CSRFError, _csrf)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(500, _http)
    app.register_error_handler(OperationalError, _busy)


def show_message(status: int, title: str, text: str) -> Response:
    """One line at the place for htmx, a whole page for a browser."""
    session.rollback()
    begin_mode.set("read")  # nothing more is written: words need no place in the line of writers
    context: dict[str, Any] = {"title": title, "text": text, "home": HOME}
    if isinstance(request.routing_exception, BadHost | SecurityError):  # no address, and so no page, can be made
        return make_response(f"{title}. {text}", status, {"Content-Type": "text/plain; charset=utf-8"})
    template = "errors/_message.html" if wants_fragment() else "errors/page.html"
    context["signed_in"] = current_user.is_authenticated
    response = make_response(render_template(template, **context), status)
    response.vary.add("HX-Request")
    return response


def _refusal(refusal: Refusal) -> Response:
    return show_message(409, "Не получилось", refusal.reason)


def _csrf(_error: CSRFError) -> Response:
    return show_message(400, "Страница устарела", "Обновите страницу и отправьте ещё раз: вход мог закончиться.")


def _busy(error: OperationalError) -> Response:
    """Others write, and the wait for them was too long, or two waited for each other."""
    state = getattr(error.orig, "sqlstate", None)
    if state not in WAITED_TOO_LONG and "database is locked" not in str(error.orig):
        current_app.logger.exception("The database failed at %s", request.endpoint)
        return show_message(500, *WORDS[500])
    response = show_message(503, *WORDS[503])
    response.headers["Retry-After"] = "10"
    return response


def _http(error: HTTPException) -> Response | HTTPException:
    status = error.code or 500
    if status < 400:
        return error
    title, text = WORDS.get(status, WORDS[400] if status < 500 else WORDS[500])
    response = show_message(status, title, text)
    if status == 405 and getattr(error, "valid_methods", None):
        response.headers["Allow"] = ", ".join(error.valid_methods or ())  # type: ignore[attr-defined]
    if request.method == "HEAD":
        response.set_data(b"")
    return response
