"""A guardian with a phone of 360 px: two children by one tap, what is set, what changed, nothing sideways."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import func, select

from portal.extensions import db
from portal.models.activity import DiaryView
from tests.browser.conftest import LiveSchool, OpenPage
from tests.browser.test_axe import NO_SIDEWAYS
from tests.lived_in import SHARP

pytestmark = pytest.mark.browser

SMALL_TARGETS = """() => [...document.querySelectorAll("main button, main nav a, main summary, .places a, .bar button")]
  .filter(one => one.offsetParent && one.getBoundingClientRect().height < 44)
  .map(one => one.outerHTML.slice(0, 120))"""


def fits_a_thumb(page: Page) -> None:
    assert page.evaluate(NO_SIDEWAYS) == 0
    assert page.evaluate(SMALL_TARGETS) == []


def test_a_guardian_reads_two_diaries_with_one_thumb(lived_in: LiveSchool, open_page: OpenPage) -> None:
    page = open_page("guardian", phone=True)
    main = page.get_by_role("main")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Ёлкина Мария")
    today = page.locator(".day").first
    expect(today).to_contain_text("ср, 16 сентября")
    expect(today).to_contain_text("№ 120, 121 и 124")
    expect(main).to_contain_text(SHARP)
    expect(main).to_contain_text("Контрольная работа")
    fits_a_thumb(page)
    page.get_by_role("link", name="Пётр").tap()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Берёзов Пётр")
    fits_a_thumb(page)
    page.get_by_role("link", name="Отметки").tap()
    expect(main).to_contain_text("Математика")
    fits_a_thumb(page)
    page.get_by_role("link", name="Мария").tap()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Ёлкина Мария")
    expect(main.get_by_role("row", name="Математика")).to_contain_text("3,60")
    with lived_in.app.app_context():
        views = dict(db.session.execute(select(DiaryView.pupil_id, func.count()).group_by(DiaryView.pupil_id)).all())
    people = lived_in.small.people
    assert views == {people["pupil"]: 2, people["pupil-2"]: 1}  # one of the first is Monday's


def test_weeks_go_by_without_loading_the_page_anew(lived_in: LiveSchool, open_page: OpenPage) -> None:
    page = open_page("guardian", phone=True)
    page.evaluate("window.kept = true")
    page.get_by_role("link", name="Вперёд").tap()
    expect(page.locator(".step-label")).to_contain_text("21–27 сентября")
    assert page.evaluate("window.kept")
    page.get_by_role("link", name="Эта неделя").tap()
    expect(page.locator(".step-label")).to_contain_text("14–20 сентября")
    page.reload()
    expect(page.locator(".step-label")).to_contain_text("14–20 сентября")


def test_a_lesson_on_a_phone_is_a_list_with_big_buttons(lived_in: LiveSchool, open_page: OpenPage) -> None:
    page = open_page("teacher", phone=True)
    page.goto(f"/journal/lessons/{lived_in.small.lessons['math-1']}")
    fits_a_thumb(page)
