"""From the list of what is missing to the form that mends it, in Chromium: the figure follows without a new page."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import LiveSchool, OpenPage

FIGURES = "#figure .tile-figure"


def figures(page: Page) -> list[str]:
    return page.locator(FIGURES).all_inner_texts()


@pytest.mark.browser
@pytest.mark.parametrize("phone", [False, True])
def test_a_topic_written_in_the_list_moves_the_figure(lived_in: LiveSchool, open_page: OpenPage, phone: bool) -> None:
    page = open_page("teacher", phone=phone)
    page.goto("/monitoring/mine")
    before = figures(page)
    page.evaluate("window.stayed = true")
    number = lived_in.small.lessons["math-3"]
    row = page.locator(f"li.lesson:has(#mend-{number})")
    assert "нет темы и задания" not in row.inner_text() and "нет записи в журнале" in row.inner_text()
    row.locator("a.button").click()
    page.wait_for_selector(f"#mend-{number} #topic:focus")
    page.fill("#topic", "Проценты")
    page.check("#conducted")
    page.click("#details button.main")
    page.wait_for_selector("#details .saved")
    page.wait_for_function(f"before => document.querySelectorAll('{FIGURES}')[1].innerText !== before", arg=before[1])
    page.wait_for_selector(f"#lacks-{number}:not(:has-text('нет записи'))")
    assert "нет задания на дом" in row.inner_text()
    assert page.evaluate("window.stayed"), "the page was not loaded anew"
    page.fill("#homework textarea", "№ 7")
    page.click("#homework button.main")
    page.wait_for_selector(f"#lacks-{number}:has-text('всё записано')")
    page.click("[data-close]")
    assert page.locator(f"#mend-{number}").inner_html() == ""


@pytest.mark.browser
def test_one_form_is_open_at_a_time_and_typed_words_are_asked_about(lived_in: LiveSchool, open_page: OpenPage) -> None:
    page = open_page("teacher")
    page.goto("/monitoring/mine")
    first, second = (lived_in.small.lessons[word] for word in ("math-3", "math-4"))
    asked: list[str] = []
    answers = [False, True]

    def answer(dialog: object) -> None:
        asked.append(dialog.message)  # type: ignore[attr-defined]
        dialog.accept() if answers.pop(0) else dialog.dismiss()  # type: ignore[attr-defined]

    page.on("dialog", answer)

    def open_form(number: int) -> None:
        with page.expect_response(f"**/journal/lessons/{number}"):
            page.locator(f"li.lesson:has(#mend-{number}) a.button").click()

    open_form(first)
    page.fill("#topic", "Длинно " * 100)  # too long to be saved
    page.press("#topic", "Enter")
    page.wait_for_selector(f"#mend-{first} .error")
    open_form(second)
    page.wait_for_timeout(200)
    assert page.input_value(f"#mend-{first} #topic").startswith("Длинно")
    open_form(second)
    page.wait_for_selector(f"#mend-{second} #topic")
    assert page.locator("#topic").count() == 1
    assert len(asked) == 2 and "не сохранена" in asked[0]


@pytest.mark.browser
def test_without_a_script_the_lesson_opens(lived_in: LiveSchool, open_page: OpenPage) -> None:
    page = open_page("teacher", script=False)
    page.goto("/journal")
    page.click("text=чего не хватает")
    page.locator(f"li.lesson:has(#mend-{lived_in.small.lessons['math-3']}) a.button").click()
    assert page.locator("h1").inner_text().startswith("Математика, 5А")
    assert page.locator("#details form").count() == 1


@pytest.mark.browser
def test_the_heat_table_is_filtered_in_place_and_back_comes_back(lived_in: LiveSchool, open_page: OpenPage) -> None:
    page = open_page("regional")
    path = f"/monitoring/regions/{lived_in.small.region}/heat"
    page.goto(path)
    page.evaluate("window.stayed = true")
    page.select_option("[name=below]", "timetable_filled")
    page.wait_for_url(lambda url: "below=timetable_filled" in url)
    assert "fallen" not in page.url, "what is left empty stays out of the address"
    page.wait_for_selector("[name=below] option[selected][value=timetable_filled]", state="attached")
    page.click("th a:has-text('Планирование уроков')")
    page.wait_for_selector("th[aria-sort] a:has-text('Планирование уроков')")
    assert "below=timetable_filled" in page.url and "sort=lessons_planned" in page.url
    assert page.evaluate("window.stayed"), "the page was not loaded anew"
    page.go_back()
    page.wait_for_selector("th[aria-sort] a:has-text('Активность школ')")
    assert page.input_value("[name=below]") == "timetable_filled"
    assert page.locator("h1").count() == 1


@pytest.mark.browser
def test_the_heat_table_is_filtered_without_a_script(lived_in: LiveSchool, open_page: OpenPage) -> None:
    page = open_page("municipal", script=False, phone=True)
    page.goto(f"/monitoring/municipalities/{lived_in.small.municipality}/heat?week=2026-09-14")
    page.select_option("[name=owner]", "families")
    with page.expect_navigation():
        page.click("form.filters button")
    assert page.locator("thead th").count() == 5
    assert "14–20 сентября 2026" in page.inner_text(".step-label")
