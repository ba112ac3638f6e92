"""The demo's office has done its Mondays: all but the last week are frozen, and something has changed since."""

from __future__ import annotations

from flask import Flask
from sqlalchemy import func, select

from portal.demo.sign_ins import PASSWORD
from portal.extensions import session
from portal.models.frozen import FrozenWeek
from portal.models.journal import Lesson
from portal.models.organisation import Municipality
from portal.values.week import Week
from tests.demo_day import TODAY
from tests.monitoring.conftest import rows_of_page, text_of_page
from tests.small_school import sign_in

LAST = Week.of(TODAY).previous


def test_only_the_last_week_waits_for_the_specialist(demo: Flask) -> None:
    with demo.app_context():
        path = f"/monitoring/municipalities/{session.scalar(select(Municipality.id))}"
        rows = session.execute(
            select(FrozenWeek.week_start, func.count()).group_by(FrozenWeek.week_start).order_by(FrozenWeek.week_start)
        ).all()
        first = session.scalar(select(func.min(Lesson.week_start)))
    weeks = (LAST.start - rows[0][0]).days // 7
    assert rows[0][0] == first
    assert rows[-1][0] == LAST.previous.start
    assert [count for _, count in rows] == [22] * weeks
    client = sign_in(demo, "district", PASSWORD)
    page = text_of_page(client.get(path).get_data(as_text=True))
    assert "Неделя не зафиксирована" in page
    assert "Зафиксировать неделю" in page
    before = text_of_page(client.get(f"{path}?week={LAST.previous.start}").get_data(as_text=True))
    assert "Неделя зафиксирована 16.11.2026 в 09:00 (" in before
    changes = client.get(f"{path}/changes?week={LAST.previous.start}").get_data(as_text=True)
    (kept,) = rows_of_page(changes)
    assert kept[1] == "Ведение классных журналов"
    assert int(kept[6]) - int(kept[3]) == 12
