"""A guardian's diary on a phone of 360 px, with htmx and without JavaScript; the timetable beside it."""

from __future__ import annotations

import pytest

from portal.extensions import db
from portal.models.activity import DiaryView
from tests.browser.conftest import PHONE
from tests.lived_in import live_in

pytestmark = pytest.mark.browser


@pytest.fixture
def lived(live):
    with live.app.app_context():
        live_in(live.small)
    return live


def fits(page):
    return page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]


@pytest.mark.parametrize("script", [True, False])
def test_today_is_in_sight_and_everything_is_one_tap_away(lived, open_page, script):
    page = open_page("guardian", phone=True, script=script)
    page.wait_for_url("**/diary")
    assert fits(page)
    today, coming = page.locator(".day.today"), page.locator(".day.first")  # it is noon, the lessons are over
    top = coming.locator("h2").bounding_box()["y"]
    assert top < PHONE["height"] / 2, "the next school day is in the first half of the screen"
    assert top < today.locator("h2").bounding_box()["y"]
    assert "Задано" in today.inner_text()
    page.get_by_text("Новое с").click()
    assert page.get_by_text("Контрольная работа").first.is_visible()
    page.locator("a[rel=next]").click()
    page.get_by_text("21–27 сентября 2026").wait_for()
    assert "week=2026-09-21" in page.url
    page.get_by_role("link", name="Эта неделя").click()
    page.get_by_text("14–20 сентября 2026").wait_for()
    page.get_by_role("link", name="Пётр").click()
    page.get_by_role("heading", name="Берёзов Пётр").wait_for()
    page.get_by_role("link", name="Отметки", exact=True).click()
    page.get_by_text("Средний балл", exact=True).wait_for()
    assert fits(page)


def test_back_after_leafing_brings_a_whole_page(lived, open_page):
    page = open_page("guardian", phone=True)
    page.locator("a[rel=next]").click()
    page.get_by_text("21–27 сентября 2026").wait_for()
    page.go_back()
    page.get_by_text("14–20 сентября 2026").wait_for()
    assert page.locator("h1").count() == 1
    assert page.locator("nav.places").is_visible()


def test_targets_are_wide_enough_for_a_thumb(lived, open_page):
    page = open_page("guardian", phone=True)
    for target in page.locator("main a:visible, main summary:visible").all():
        box = target.bounding_box()
        assert box["height"] >= 44, target.inner_text()


def test_the_timetable_is_a_list_from_today_on_a_phone_and_a_grid_when_wide(lived, open_page):
    path = f"/schedule/pupils/{lived.small.people['pupil']}"
    phone = open_page("guardian", phone=True)
    phone.goto(path)
    assert fits(phone)
    tops = {day.locator("h2").inner_text()[:2]: day.bounding_box()["y"] for day in phone.locator(".day").all()}
    assert sorted(tops, key=tops.get) == ["ср", "чт", "пт", "пн", "вт"]
    wide = open_page("guardian")
    wide.goto(path)
    heads = [head.bounding_box() for head in wide.locator(".day > h2").all()]
    assert len({box["y"] for box in heads}) == 1, "days side by side"
    assert [box["x"] for box in heads] == sorted(box["x"] for box in heads)
    firsts = {slot.bounding_box()["y"] for slot in wide.locator(".slot.n1").all()}
    assert len(firsts) == 1, "first lessons on one line"


def test_opening_in_a_browser_is_one_view(lived, open_page):
    page = open_page("pupil", phone=True)
    page.reload()
    with lived.app.app_context():
        viewer = lived.small.people["pupil"]
        assert db.session.query(DiaryView).filter_by(viewer_id=viewer, pupil_id=viewer).count() == 1
