"""A lesson's page keeps what is typed: a change saves itself, and whoever leaves in the middle is asked."""

from __future__ import annotations

import pytest
from playwright.sync_api import Dialog, Page, expect

from portal.extensions import db
from portal.models.journal import Lesson
from tests.browser.conftest import LiveSchool, OpenPage

pytestmark = pytest.mark.browser


def stored(live: LiveSchool) -> tuple[str | None, bool]:
    with live.app.app_context():
        row = db.session.get(Lesson, live.small.lessons["math-3"])
        return row.topic, row.conducted


def kept(page: Page) -> None:
    expect(page.locator("#details-kept")).to_contain_text("✓ Сохранено")


def test_tick_and_topic_save_themselves_and_typing_goes_on(live: LiveSchool, open_page: OpenPage) -> None:
    page = open_page("teacher")
    page.goto(f"/journal/lessons/{live.small.lessons['math-3']}")
    page.get_by_label("Урок проведён").check()
    kept(page)
    assert stored(live) == (None, True)
    page.get_by_label("Тема урока").fill("Дроби")
    with page.expect_response("**/details"):
        page.get_by_label("Комментарий к уроку").press_sequentially("Начало")  # the topic goes meanwhile
    expect(page.get_by_label("Комментарий к уроку")).to_have_value("Начало")
    assert stored(live) == ("Дроби", True)
    with page.expect_response("**/details"):
        page.get_by_label("Тема урока").fill("Дроби и доли")
        page.get_by_label("Урок проведён").uncheck()
    kept(page)
    expect(page.locator("#details .error")).to_have_count(0)


def test_somebody_elses_topic_is_never_written_over_by_a_change(live: LiveSchool, open_page: OpenPage) -> None:
    page = open_page("teacher")
    page.goto(f"/journal/lessons/{live.small.lessons['math-3']}")
    with live.app.app_context():
        db.session.get(Lesson, live.small.lessons["math-3"]).topic = "Их тема"
        db.session.commit()
    page.get_by_label("Тема урока").fill("Моя тема")
    page.get_by_label("Тема урока").blur()
    expect(page.locator("#details .error")).to_contain_text("Их тема")
    page.get_by_label("Урок проведён").check()
    page.wait_for_timeout(300)
    assert stored(live) == ("Их тема", False)
    page.get_by_role("button", name="Сохранить", exact=True).click()
    kept(page)
    assert stored(live) == ("Моя тема", True)


def test_leaving_with_homework_typed_asks_and_after_saving_does_not(live: LiveSchool, open_page: OpenPage) -> None:
    page = open_page("teacher")
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    page.on("dialog", stay)
    page.goto(f"/journal/lessons/{live.small.lessons['math-3']}")
    page.get_by_label("К следующему уроку").press_sequentially("№ 5")
    page.locator(".breadcrumb a").first.click()
    page.wait_for_timeout(300)
    assert asked == ["beforeunload"]
    page.get_by_role("button", name="Сохранить задание").click()
    expect(page.locator("#homework .saved")).to_be_visible()
    page.locator(".breadcrumb a").first.click()
    expect(page).to_have_url(f"{live.url}/journal")
    assert asked == ["beforeunload"]
