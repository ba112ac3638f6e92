"""What people read when something may not or cannot be done: plain words, and what to do next."""

from __future__ import annotations

from typing import Any

from flask import Flask, Response, make_response, render_template, request, url_for
from flask_login import current_user
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from portal.extensions import session
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
}  # fmt: skip


def init_errors(app: Flask) -> None:
    app.register_error_handler(Refusal, _refusal)
    app.register_error_handler(CSRFError, _csrf)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(500, _http)


def show_message(status: int, title: str, text: str) -> Response:
    """One line at the place for htmx, a whole page for a browser."""
    session.rollback()
    context: dict[str, Any] = {"title": title, "text": text, "home": url_for("start.home")}
    template = "errors/_message.html" if wants_fragment() else "errors/page.html"
    context["signed_in"] = current_user.is_authenticated
    response = make_response(render_template(template, **context), status)
    response.vary.add("HX-Request")
    return response


def _refusal(refusal: Refusal) -> Response:
    return show_message(409, "Не получилось", refusal.reason)


def _csrf(_error: CSRFError) -> Response:
    return show_message(400, "Страница устарела", "Обновите страницу и отправьте ещё раз: вход мог закончиться.")


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
