"""The municipality's week in Chromium: week to week by htmx, Back, and the same without a script."""

from __future__ import annotations

import pytest

from tests.browser.conftest import LiveSchool, OpenPage

LABEL = ".step-label"


@pytest.mark.browser
def test_weeks_change_in_place_and_back_comes_back(live: LiveSchool, open_page: OpenPage) -> None:
    page = open_page("municipal")
    page.goto(f"/monitoring/municipalities/{live.small.municipality}")
    assert page.inner_text(LABEL) == "7–13 сентября 2026"
    page.evaluate("window.stayed = true")
    page.click("a[rel=next]")
    page.wait_for_selector(f"{LABEL}:has-text('14–20')")
    assert page.evaluate("window.stayed"), "the page was not loaded anew"
    assert page.url.endswith("?week=2026-09-14")
    assert page.locator("h1").count() == 1
    page.go_back()
    page.wait_for_selector(f"{LABEL}:has-text('7–13')")
    assert page.locator("header.bar").count() == 1
    assert page.locator("h1").inner_text() == "Ближний район"


@pytest.mark.browser
def test_from_the_tile_to_the_lesson_without_a_script(live: LiveSchool, open_page: OpenPage) -> None:
    page = open_page("municipal", script=False, phone=True)
    page.goto(f"/monitoring/municipalities/{live.small.municipality}")
    page.click("a[rel=next]")
    page.click(".tile a:has-text('Ведение классных журналов')")
    page.click("#week a:has-text('Школа № 1')")
    page.click("#week a:has-text('пн, 14 сентября, 1-й урок')")
    assert page.inner_text("h1") == "Математика, 5А"
    assert "отметок: 0" in page.inner_text("main")
