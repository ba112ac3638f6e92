"""The municipality's week in Chromium, wide and on a phone, with and without a script."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page
from pypdf import PdfReader

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
@pytest.mark.parametrize("phone", [False, True], ids=["wide", "phone"])
@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_a_monday_from_the_tile_to_the_lesson(live: LiveSchool, open_page: OpenPage, phone: bool, script: bool) -> None:
    """The office signs in, reads the tiles, goes down to the very lesson, and takes the sheet to sign."""
    page = open_page("municipal", script=script, phone=phone)
    assert page.inner_text(LABEL) == "7–13 сентября 2026"  # the week that ended is the first thing to see
    page.click("a[rel=next]")
    page.wait_for_selector(f"{LABEL}:has-text('14–20')")
    tile = page.locator(".tile", has_text="Ведение классных журналов")
    assert "порог не выполнен: 1 школа" in tile.inner_text()
    tile.locator("a").click()
    page.click("#week a:has-text('Школа № 1')")
    page.click("#week a:has-text('пн, 14 сентября, 1-й урок')")
    assert page.inner_text("h1") == "Математика, 5А"
    assert "отметок: 0" in page.inner_text("main")
    page.click("nav.places a:has-text('Отчёты')")
    page.click("main a:has-text('Лист недели')")
    page.click("a[rel=next]")
    page.wait_for_selector(f"{LABEL}:has-text('14–20')")
    assert page.locator("#week .tile").count() == 13
    assert page.locator("#week svg.spread-bar").count() == 1
    assert _wider_than_the_window(page) == 0
    with page.expect_download() as started:
        page.click(".downloads a:has-text('PDF')")
    content = started.value.path().read_bytes()
    assert content.startswith(b"%PDF")
    assert "14–20 сентября 2026" in PdfReader(started.value.path()).pages[0].extract_text()
    assert started.value.suggested_filename == "Лист недели, Ближний район, 2026-09-14.pdf"


def _wider_than_the_window(page: Page) -> int:
    """Points by which the page would scroll sideways; wide tables scroll inside themselves."""
    window = page.viewport_size or {"width": 0}
    width = page.locator("main").bounding_box() or {"width": 0}
    return max(0, int(width["width"]) - window["width"])
