"""The Monday sheet: what is on it, whether the week is frozen, and how it breaks with three and with 300 schools."""

from __future__ import annotations

import io
import time
from dataclasses import replace
from datetime import UTC, datetime

from openpyxl import load_workbook
from pypdf import PdfReader

from portal.extensions import db
from portal.operations.frozen_weeks import freeze
from portal.queries import indicators
from portal.queries.week_sheet import MOST_FALLEN, week_sheet
from portal.reports import paper
from portal.values.percent import Percent
from portal.values.week import Week
from tests.monitoring.conftest import WEEK
from tests.small_school import MONDAY, sign_in

PARTS = (
    "Пользователи", "Электронный журнал", "Школы по активности", "Что упало за неделю", "Показатели школ за неделю",
    "Пороги недели",
)  # fmt: skip


def sheets_of(content: bytes) -> list[str]:
    return [" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(content)).pages]


def path(world, ending: str) -> str:
    return f"/reports/municipalities/{world.municipality}/week-sheet.{ending}?week={WEEK}"


def test_one_paper_tells_the_week_and_is_fit_to_sign(monday):
    app, world = monday
    client = sign_in(app, "municipal")
    text = " ".join(sheets_of(client.get(path(world, "pdf")).data))
    places = [text.index(part) for part in PARTS]
    assert places == sorted(places)
    assert "Ближний район, 14–20 сентября 2026. 1 школа. Неделя не зафиксирована" in text
    assert "Вовлечённость родителей 0 % ✕" in text
    assert "без просмотра дневника: 3 ученика" in text
    assert "✕ ниже 85 %: 1" in text
    assert "должность подпись фамилия и инициалы дата" in text
    book = load_workbook(io.BytesIO(client.get(path(world, "xlsx")).data))
    assert tuple(book.sheetnames) == PARTS
    assert all(sheet.freeze_panes for sheet in book.worksheets)
    tiles = {row[0]: row[1] for row in book["Пользователи"].iter_rows(values_only=True)}
    assert tiles["Ученики: активация"] == 100  # a number
    assert client.get(path(world, "csv")).status_code == 404


def test_a_frozen_week_says_so_and_keeps_its_figures(monday):
    app, world = monday
    at = datetime(2026, 9, 21, 6, 12, tzinfo=UTC)
    app.config["CLOCK"] = lambda: at
    with app.app_context():
        freeze("municipality", world.municipality, Week(MONDAY), by=None, at=at)
        db.session.commit()
    text = " ".join(sheets_of(sign_in(app, "municipal").get(path(world, "pdf")).data))
    assert "Неделя зафиксирована 21.09.2026 в 09:12" in text


def many(unit: indicators.UnitWeek, count: int) -> indicators.UnitWeek:
    """The municipality as if it had ``count`` schools, all of which have fallen."""
    school = unit.schools[0]
    fallen = {
        code: replace(figure, previous=Percent.of(99, 100), percent=Percent.of(number % 90, 100))
        for number, (code, figure) in enumerate(school.figures.items())
    }
    names = (f"МКОУ «Верхненагорная СОШ № {number}»" for number in range(count))
    schools = tuple(
        replace(school, school_id=number, name=name, figures=fallen) for number, name in enumerate(names)
    )  # fmt: skip
    return replace(unit, schools=schools)


def test_with_300_schools_it_takes_seconds_and_its_pages_break_well(monday):
    app, world = monday
    with app.app_context():
        unit = indicators.municipality_week(world.municipality, Week(MONDAY))
        for count, most in ((3, 2), (300, 30)):
            started = time.process_time()
            made = week_sheet(many(unit, count))
            sheets = sheets_of(content := paper.render(made))
            assert time.process_time() - started < 10
            assert len(content) < 600_000
            assert len(sheets) <= most
            assert "Что упало за неделю Школа" in sheets[0]
            assert f"Показаны {MOST_FALLEN} из" in sheets[0], "the first page ends with what fell"
            listed = [sheet for sheet in sheets if "Верхненагорная" in sheet]
            assert all("Школа" in sheet for sheet in listed), "heads are repeated"
            assert ["подпись фамилия" in sheet for sheet in sheets].index(True) == len(sheets) - 1
            assert "Пороги недели" in sheets[-1] and "Активность школ 100" in sheets[-1], "a short table stays whole"
            assert all(f"страница {n} из {len(sheets)}" in sheet for n, sheet in enumerate(sheets, 1))
