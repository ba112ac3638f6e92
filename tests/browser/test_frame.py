"""What surrounds every page: signing in without a script, the role's menu, the focus, a line that drops."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from portal.extensions import db
from portal.models.people import Guardianship
from tests.browser.conftest import LiveSchool, OpenPage
from tests.small_school import PASSWORD

pytestmark = pytest.mark.browser


def test_signing_in_and_out_needs_no_script(live: LiveSchool, open_page: OpenPage) -> None:
    page = open_page(None, script=False)
    page.goto("/schedule")
    page.fill("input[name=login]", "teacher")
    page.fill("input[name=password]", "wrong")
    page.click("main button")
    expect(page.get_by_role("alert")).to_contain_text("Неверный логин или пароль")
    expect(page.get_by_label("Логин")).to_have_value("teacher")
    page.fill("input[name=password]", PASSWORD)
    page.click("main button")
    expect(page).to_have_url(f"{live.url}/schedule")
    page.get_by_role("button", name="Выйти").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Вход в портал")
    page.goto("/schedule")
    expect(page.get_by_role("heading", level=1)).to_have_text("Вход в портал")


def test_a_second_role_is_one_tap_away_on_a_phone(live: LiveSchool, open_page: OpenPage) -> None:
    with live.app.app_context():
        people = live.small.people
        db.session.add(Guardianship(guardian_id=people["teacher"], pupil_id=people["pupil"], relation="мать"))
        db.session.commit()
    page = open_page("teacher", phone=True, script=False)
    page.get_by_role("button", name="Родитель").tap()
    expect(page.get_by_role("navigation", name="Разделы")).to_contain_text("Дневник")
    page.get_by_role("button", name="Учитель").tap()
    expect(page.get_by_role("navigation", name="Разделы")).to_contain_text("Журнал")


def test_the_menu_of_the_role_closes_as_menus_do(open_page: OpenPage) -> None:
    page = open_page("teacher")
    page.goto("/help/teacher")
    menu, password = page.locator("details.role"), page.get_by_role("link", name="Сменить пароль")
    menu.locator("summary").click()
    expect(password).to_be_visible()
    page.keyboard.press("Escape")
    expect(password).to_be_hidden()
    menu.locator("summary").click()
    page.get_by_role("heading", level=1).click()
    expect(password).to_be_hidden()


def test_a_step_to_the_next_week_keeps_the_focus_on_the_arrow(open_page: OpenPage) -> None:
    page = open_page("teacher")
    page.goto("/schedule")
    week = page.locator(".step-label")
    first = week.inner_text()
    arrow = page.get_by_role("link", name="Вперёд")
    arrow.focus()
    page.keyboard.press("Enter")
    expect(week).not_to_have_text(first)
    expect(page.get_by_role("link", name="Вперёд")).to_be_focused()
    page.go_back()
    expect(week).to_have_text(first)
    expect(page.get_by_role("link", name="Выйти").or_(page.get_by_role("button", name="Выйти"))).to_be_visible()


def test_a_lost_line_is_told_and_forgotten_when_it_is_back(open_page: OpenPage) -> None:
    page = open_page("teacher")
    page.goto("/schedule")
    week = page.locator(".step-label")
    first = week.inner_text()
    page.context.set_offline(True)
    page.get_by_role("link", name="Вперёд").click()
    expect(page.locator("#line")).to_contain_text("Нет связи")
    expect(week).to_have_text(first)
    page.context.set_offline(False)
    page.get_by_role("link", name="Вперёд").click()
    expect(week).not_to_have_text(first)
    expect(page.locator("#line")).to_be_hidden()


def test_the_first_wrong_field_gets_the_focus(open_page: OpenPage) -> None:
    page = open_page("teacher")
    page.goto("/account/password")
    page.get_by_role("button", name="Сменить пароль").click()
    expect(page.get_by_label("Нынешний пароль")).to_be_focused()
    expect(page.locator(".error").first).to_contain_text("Введите нынешний пароль")


def test_a_session_that_ended_elsewhere_leads_to_the_sign_in_page(live: LiveSchool, open_page: OpenPage) -> None:
    page = open_page("teacher")
    page.goto("/schedule")
    page.context.clear_cookies()
    page.get_by_role("link", name="Вперёд").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Вход в портал")
