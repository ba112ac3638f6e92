"""A teacher's lesson from the topic to the last mark: with htmx, and again with JavaScript off; then the diary."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect
from sqlalchemy import select

from portal.extensions import db
from portal.models.journal import Attendance, Homework, JournalChange, Lesson, Mark
from tests.browser.conftest import LiveSchool, OpenPage

pytestmark = pytest.mark.browser

TOPIC, TASK = "Сложение дробей <с разными> знаменателями", "§ 6, № 131 & 132"


def pupil_row(page: Page, live: LiveSchool, word: str) -> Locator:
    return page.locator(f"#pupil-{live.small.people[word]}")


def press(row: Locator, name: str) -> None:
    row.get_by_role("button", name=name, exact=True).click()


def fill_details(page: Page) -> None:
    page.get_by_label("Тема урока").fill(TOPIC)
    page.get_by_label("Урок проведён").check()
    page.get_by_role("button", name="Сохранить", exact=True).click()
    expect(page.get_by_label("Урок проведён")).to_be_checked()
    page.get_by_label("К следующему уроку").fill(TASK)
    page.get_by_role("button", name="Сохранить задание").click()
    expect(page.get_by_label("К следующему уроку")).to_have_value(TASK)


def set_change_and_remove(page: Page, live: LiveSchool) -> None:
    masha, petya, anna = (pupil_row(page, live, word) for word in ("pupil", "pupil-2", "pupil-3"))
    page.get_by_label("Вид работы для новых отметок").select_option(label="Контрольная работа")
    press(masha, "5")
    expect(masha.locator(".mark")).to_have_text("5")
    press(petya, "2")
    expect(petya.locator(".mark")).to_have_text("2")
    press(anna, "Н")
    expect(anna.get_by_role("button", name="Н", exact=True)).to_have_attribute("aria-pressed", "true")

    masha.locator(".mark").click()
    page.locator(".cell-panel select[name=value]").first.select_option("4")
    page.locator(".cell-panel").get_by_role("button", name="Сохранить", exact=True).first.click()
    expect(masha.locator(".mark")).to_have_text("4")
    petya.locator(".mark").click()
    page.get_by_role("button", name="Убрать 2").click()
    expect(petya.locator(".mark")).to_have_count(0)


@pytest.mark.parametrize("script", [True, False], ids=["htmx", "plain"])
def test_a_lesson_is_done_and_reaches_the_diary(live: LiveSchool, open_page: OpenPage, script: bool) -> None:
    page = open_page("teacher", script=script)
    page.goto("/journal")
    page.get_by_role("link", name="5А · Математика").click()
    lesson_id = live.small.lessons["math-3"]
    expect(page).to_have_url(f"{live.url}/journal/lessons/{lesson_id}")
    if script:
        page.evaluate("window.kept = true")
    fill_details(page)
    set_change_and_remove(page, live)
    if script:
        assert page.evaluate("window.kept"), "the whole page was loaded anew"

    with live.app.app_context():
        lesson = db.session.get(Lesson, lesson_id)
        assert (lesson.topic, lesson.conducted) == (TOPIC, True)
        homework = db.session.scalars(select(Homework)).one()
        assert (homework.text, homework.lesson_id) == (TASK, live.small.lessons["math-4"])
        marks = {mark.pupil_id: mark for mark in db.session.scalars(select(Mark))}
        masha, petya = (marks[live.small.people[word]] for word in ("pupil", "pupil-2"))
        assert (masha.value, masha.removed_at) == ("4", None)
        assert masha.work_type_id == live.small.work_types["Контрольная работа"]
        assert petya.removed_at is not None
        absence = db.session.scalars(select(Attendance)).one()
        assert (absence.code, absence.pupil_id) == ("Н", live.small.people["pupil-3"])
        history = [(change.kind, change.after) for change in db.session.scalars(select(JournalChange))]
        assert len(history) == 8
        assert history.count(("mark", None)) == 1

    family = open_page("guardian", phone=True, script=script)
    expect(family.get_by_role("main")).to_contain_text(TOPIC)
    expect(family.get_by_role("main")).to_contain_text("Контрольная работа")
    expect(family.get_by_role("main")).to_contain_text(TASK)


def test_a_double_tap_sets_one_mark(live: LiveSchool, open_page: OpenPage) -> None:
    page = open_page("teacher")
    page.goto(f"/journal/lessons/{live.small.lessons['math-3']}")
    masha = pupil_row(page, live, "pupil")
    press(masha, "5")
    expect(masha.locator(".mark")).to_have_count(1)
    page.evaluate("id => document.querySelector(`#${id} button[data-focus='5']`).click()", masha.get_attribute("id"))
    press(masha, "4")  # another word is meant
    expect(masha.locator(".mark")).to_have_count(2)
    with live.app.app_context():
        assert sorted(mark.value for mark in db.session.scalars(select(Mark))) == ["4", "5"]
