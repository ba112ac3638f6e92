"""What the open page holds is asked for by its tag, and whoever comes back is told that it changed."""

from __future__ import annotations

import pytest

from portal.extensions import db
from portal.models.people import Person
from tests.lived_in import live_in

pytestmark = pytest.mark.browser

COME_BACK = """minutes => {
  const now = Date.now;
  for (const hidden of [true, false]) {
    Object.defineProperty(document, "hidden", { value: hidden, configurable: true });
    document.dispatchEvent(new Event("visibilitychange"));
    Date.now = () => now() + minutes * 60000;
  }
}"""


@pytest.fixture
def lived(live):
    with live.app.app_context():
        live_in(live.small)
    return live


def test_a_week_seen_before_is_not_sent_again(lived, open_page):
    page = open_page("guardian")
    page.wait_for_url("**/diary")
    answers = []
    page.on(
        "response", lambda answer: answers.append((answer.status, len(answer.body()) if answer.status == 200 else 0))
    )

    def step(arrow, week):
        page.locator(f"a[rel={arrow}]").click()
        page.get_by_text(week).wait_for()

    step("next", "21–27 сентября 2026")
    step("prev", "14–20 сентября 2026")
    step("next", "21–27 сентября 2026")
    step("prev", "14–20 сентября 2026")
    assert [status for status, _ in answers] == [200, 200, 304, 304]
    assert page.locator(".day.today").is_visible()


def test_whoever_comes_back_is_told_what_changed(lived, open_page):
    page = open_page("guardian")
    page.wait_for_url("**/diary")
    page.reload()  # the first look of the day is on record
    page.evaluate(COME_BACK, 5)
    page.wait_for_timeout(500)
    assert page.locator("#stale").count() == 0, "nothing changed"
    with lived.app.app_context():
        db.session.query(Person).update({"last_name": "Кленов"})
        db.session.commit()
    page.evaluate(COME_BACK, 5)
    page.get_by_text("Пока вы не смотрели, страница изменилась.").wait_for()
    page.get_by_role("link", name="Обновить").click()
    page.get_by_role("heading", name="Кленов").wait_for()
