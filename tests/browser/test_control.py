"""The deputy's weekly control in Chromium: week to week in place, down to the lesson, and the same without a script."""

from __future__ import annotations

import pytest

from tests.browser.conftest import LiveSchool, OpenPage

LABEL = ".step-label"


@pytest.mark.browser
def test_weeks_change_in_place_and_the_parts_follow(lived_in: LiveSchool, open_page: OpenPage) -> None:
    page = open_page("deputy")
    page.goto("/")
    page.click(".places a:has-text('Контроль')")
    assert page.inner_text(LABEL) == "7–13 сентября 2026"
    page.evaluate("window.stayed = true")
    page.click("a[rel=next]")
    page.wait_for_selector(f"{LABEL}:has-text('14–20')")
    assert page.evaluate("window.stayed"), "the page was not loaded anew"
    assert page.locator("h1").inner_text() == "Еженедельный контроль"
    assert page.locator("#week h2").all_inner_texts() == ["Показатели контроля", "По учителям", "По классам"]


@pytest.mark.browser
def test_from_the_share_to_the_lesson_without_a_script(lived_in: LiveSchool, open_page: OpenPage) -> None:
    page = open_page("deputy", script=False, phone=True)
    page.goto(f"/control/schools/{lived_in.small.school}")
    page.click("a[rel=next]")
    page.click("#week a:has-text('Домашнее задание записано')")
    assert "Считаем: уроки, на которых записано домашнее задание" in page.inner_text("main")
    page.locator("#week tbody th a").first.click()
    assert "/journal/lessons/" in page.url
    assert "5А" in page.inner_text("h1")
