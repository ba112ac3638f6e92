"""The journal's grid under a teacher's hands: keys, a pasted column, a line that drops, somebody else's change."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, Route, expect
from sqlalchemy import select

from portal.extensions import db
from portal.models.journal import Attendance, Mark
from tests.browser.conftest import LiveSchool, OpenPage

pytestmark = pytest.mark.browser

PASTE = """text => {
  const data = new DataTransfer();
  data.setData("text/plain", text);
  document.activeElement.dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, bubbles: true}));
}"""
WAITING = "() => Object.entries(localStorage).map(pair => pair.join(' ')).join(' ')"


class Grid:
    """The mathematics journal of 5А, open in a browser."""

    def __init__(self, live: LiveSchool, page: Page) -> None:
        self.live, self.page = live, page
        page.goto(f"/journal/groups/{live.small.groups['math']}")

    def cell(self, pupil: str, number: int) -> Locator:
        """The cell of a pupil in the ``number``-th lesson of the period."""
        return self.page.locator(f"tr[data-pupil='{self.live.small.people[pupil]}'] > :nth-child({number + 1})")

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def stands(self, pupil: str, number: int, text: str, state: str = "saved") -> None:
        cell = self.cell(pupil, number)
        expect(cell).to_have_attribute("data-state", state)
        expect(cell).to_have_text(text)

    def marks(self) -> set[tuple[str, int, str]]:
        """Marks that stand in the database: (pupil, lesson's number, value)."""
        people = {number: word for word, number in self.live.small.people.items()}
        lessons = {self.live.small.lessons[f"math-{n}"]: n for n in range(1, 11)}
        with self.live.app.app_context():
            rows = db.session.scalars(select(Mark).where(Mark.removed_at.is_(None)))
            return {(people[row.pupil_id], lessons[row.lesson_id], row.value) for row in rows}


@pytest.fixture
def grid(live: LiveSchool, open_page: OpenPage) -> Grid:
    return Grid(live, open_page("teacher"))


def test_keys_set_move_and_remove(grid: Grid) -> None:
    grid.cell("pupil-2", 1).click()
    grid.press("4", "ArrowDown")
    grid.press("KeyY")  # the key of «н» with any layout
    grid.press("Tab", "5", "Enter", "3", "ArrowRight", "2", "Delete")
    grid.stands("pupil-2", 1, "4")
    grid.stands("pupil", 1, "Н")
    grid.stands("pupil", 2, "5")
    grid.stands("pupil-3", 2, "3")
    expect(grid.cell("pupil-3", 3)).to_have_text("")
    expect(grid.cell("pupil-3", 3)).to_be_focused()
    expect(grid.page.locator("#grid-status")).to_have_text("✓ Сохранено")
    assert grid.marks() == {("pupil-2", 1, "4"), ("pupil", 2, "5"), ("pupil-3", 2, "3")}
    with grid.live.app.app_context():
        absence = db.session.scalars(select(Attendance)).one()
        assert (absence.code, absence.pupil_id) == ("Н", grid.live.small.people["pupil"])

    grid.cell("pupil", 2).click()
    grid.press("4")
    grid.stands("pupil", 2, "4")
    grid.press("Delete")
    grid.stands("pupil", 2, "")
    assert grid.marks() == {("pupil-2", 1, "4"), ("pupil-3", 2, "3")}
    grid.page.reload()
    expect(grid.cell("pupil-2", 1)).to_have_text("4")
    expect(grid.cell("pupil", 1)).to_have_text("Н")


def test_a_lesson_to_come_takes_no_marks(grid: Grid) -> None:
    grid.cell("pupil", 3).click()
    grid.press("ArrowRight", "5")
    expect(grid.page.locator("#grid-status")).to_contain_text("Урок ещё впереди")
    expect(grid.cell("pupil", 4)).to_have_text("")
    assert grid.marks() == set()


def test_a_column_copied_from_a_spreadsheet_fills_the_cells_below(grid: Grid) -> None:
    grid.cell("pupil-2", 1).click()
    grid.page.evaluate(PASTE, "5\tзач\r\nН\t\r\n3\t4\r\n")
    grid.stands("pupil-3", 2, "4")
    grid.stands("pupil-2", 1, "5")
    grid.stands("pupil-2", 2, "зач")
    grid.stands("pupil", 1, "Н")
    expect(grid.page.locator("#grid-status")).to_have_text("✓ Сохранено")
    assert grid.marks() == {("pupil-2", 1, "5"), ("pupil-2", 2, "зач"), ("pupil-3", 1, "3"), ("pupil-3", 2, "4")}


def test_what_a_dropped_line_held_up_goes_when_it_is_back(grid: Grid) -> None:
    grid.page.context.set_offline(True)
    grid.cell("pupil-2", 1).click()
    grid.press("5", "ArrowDown", "4")
    grid.stands("pupil-2", 1, "5", "unsaved")
    grid.stands("pupil", 1, "4", "unsaved")
    expect(grid.page.locator("#grid-status")).to_contain_text("Нет связи")
    kept = grid.page.evaluate(WAITING)
    assert "Берёзов" not in kept and "Ёлкина" not in kept, "no names in the browser's store"
    grid.page.context.set_offline(False)
    grid.stands("pupil-2", 1, "5")
    grid.stands("pupil", 1, "4")
    assert grid.marks() == {("pupil-2", 1, "5"), ("pupil", 1, "4")}
    assert grid.page.evaluate(WAITING) == ""


def test_what_waits_survives_a_closed_page_and_is_sent_once(grid: Grid) -> None:
    lost_answers = []

    def lose_the_answer(route: Route) -> None:
        route.fetch()  # it arrives, but the teacher's browser never hears so
        lost_answers.append(route)
        route.abort()

    grid.page.route("**/cells", lose_the_answer)
    grid.cell("pupil", 1).click()
    grid.press("5")
    grid.stands("pupil", 1, "5", "unsaved")
    assert lost_answers
    grid.page.unroute("**/cells")
    grid.page.reload()
    grid.stands("pupil", 1, "5")
    with grid.live.app.app_context():
        assert len(list(db.session.scalars(select(Mark)))) == 1


PLANT = """([word, pupil, lesson, url]) => {
  const entry = {at: Date.now(), url, kind: "mark", value: "5", key: "planted", pupil, lesson, known: 0, seen: ""};
  localStorage.setItem(`portal.journal.${word}.planted`, JSON.stringify(entry));
}"""


def left_from_before(grid: Grid, url: str | None = None) -> Locator:
    """An entry of an earlier sign-in, or one that somebody at the same browser made up; then the teacher's page."""
    word = grid.page.locator("#grid").get_attribute("data-account") or ""
    small, here = grid.live.small, grid.page.locator("#grid").get_attribute("data-cells")
    old = word.split(".")[0] + ".0123456789abcdef"
    grid.page.evaluate(PLANT, [old, str(small.people["pupil"]), str(small.lessons["math-1"]), url or here])
    grid.page.reload()
    return grid.page.locator("#grid-conflicts li")


def test_what_an_earlier_sign_in_left_is_shown_and_sent_only_when_the_teacher_says_so(grid: Grid) -> None:
    asked = left_from_before(grid)
    expect(asked).to_contain_text("Не отправлено с прошлого раза: 1")
    expect(asked).to_contain_text("— 5")
    expect(grid.cell("pupil", 1)).to_have_text("")
    assert grid.marks() == set()
    asked.get_by_role("button", name="Отправить").click()
    grid.stands("pupil", 1, "5")
    assert grid.marks() == {("pupil", 1, "5")}
    assert grid.page.evaluate(WAITING) == ""


def test_what_an_earlier_sign_in_left_can_be_thrown_away(grid: Grid) -> None:
    left_from_before(grid).get_by_role("button", name="Удалить").click()
    assert grid.page.evaluate(WAITING) == ""
    assert grid.marks() == set()


def test_no_other_address_is_ever_kept_for_sending(grid: Grid) -> None:
    expect(left_from_before(grid, "/account/role")).to_have_count(0)
    assert grid.page.evaluate(WAITING) == ""


def test_a_conflict_shows_both_values_and_asks(grid: Grid, open_page: OpenPage) -> None:
    other = Grid(grid.live, open_page("teacher"))
    other.cell("pupil", 1).click()
    other.press("5")
    other.stands("pupil", 1, "5")
    grid.cell("pupil", 1).click()
    grid.press("3")
    conflict = grid.page.locator("#grid-conflicts li")
    expect(conflict).to_contain_text("сейчас 5")
    expect(conflict).to_contain_text("вы вводите 3")
    expect(conflict).to_contain_text("Ёлкина")
    grid.stands("pupil", 1, "5", "conflict")
    conflict.get_by_role("button", name="Записать 3").click()
    grid.stands("pupil", 1, "3")
    expect(conflict).to_have_count(0)
    assert grid.marks() == {("pupil", 1, "3")}


def test_who_reads_only_gets_a_grid_without_keys(live: LiveSchool, open_page: OpenPage) -> None:
    grid = Grid(live, open_page("deputy"))
    grid.cell("pupil", 1).click()
    grid.press("5")
    expect(grid.page.locator("#grid-bar")).to_have_count(0)
    assert grid.marks() == set()


def test_the_message_line_stays_in_sight_and_goes_with_the_cell(grid: Grid) -> None:
    status = grid.page.locator("#grid-status")
    grid.cell("pupil", 10).click()
    grid.press("5")
    expect(status).to_contain_text("Урок ещё впереди")
    grid.page.set_viewport_size({"width": 1000, "height": 320})
    grid.page.mouse.wheel(0, 2000)
    expect(status).to_be_in_viewport()
    grid.press("ArrowUp")
    expect(status).to_have_text("")
    grid.press("6")
    expect(status).to_contain_text("«6» в клетку не ставят")


def test_a_mark_for_an_absent_pupil_is_kept_and_told(grid: Grid) -> None:
    grid.cell("pupil", 1).click()
    grid.press("KeyY")
    grid.stands("pupil", 1, "Н")
    grid.press("4")
    grid.stands("pupil", 1, "Н 4")
    expect(grid.page.locator("#grid-status")).to_contain_text("у ученика стоит Н")
    grid.press("F2")
    grid.page.locator(".breadcrumb a").nth(1).click()
    expect(grid.page).to_have_url(
        f"{grid.live.url}/journal/groups/{grid.live.small.groups['math']}#row-{grid.live.small.people['pupil']}"
    )
