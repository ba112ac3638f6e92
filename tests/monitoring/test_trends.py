"""An indicator by week: the picture, the same in figures, and the files."""

from __future__ import annotations

import csv
import io
import re
from datetime import date

import pytest
from openpyxl import load_workbook

from portal.extensions import db
from portal.models.activity import IndicatorHistory
from portal.models.organisation import School, Vacation
from tests.monitoring.conftest import WEEK, rows_of_page, text_of_page
from tests.small_school import sign_in
from tests.web.strict import read_page
from tests.web.walk import statements


@pytest.fixture
def weeks(monday):
    """Both schools in one municipality; the values of two earlier weeks came from the former system."""
    app, world = monday
    with app.app_context():
        db.session.get(School, world.other_school).municipality_id = world.municipality
        for day, value, other in ((date(2026, 8, 31), 496_000, 100_000), (date(2026, 9, 7), 800_000, 300_000)):
            for school_id, each in ((world.school, value), (world.other_school, other)):
                db.session.add(
                    IndicatorHistory(week_start=day, school_id=school_id, indicator="journal_kept", value=each)
                )
        db.session.add(
            Vacation(school_id=world.school, name="Летние", starts_on=date(2026, 8, 24), ends_on=date(2026, 8, 30))
        )
        db.session.commit()
    return app, world


def school_path(world, rest=""):
    return f"/monitoring/schools/{world.school}/trend{rest}"


def unit_path(world, rest=""):
    return f"/monitoring/municipalities/{world.municipality}/trend{rest}"


ASKED = f"?week={WEEK}&indicator=journal_kept&weeks=4"
SCHOOL = [
    # 2 of 11 against the median of 18.18 and 0
    ["14–20 сентября 2026", "18 ✕ не выполнено", "2", "11", "9", "50", ""],
    ["7–13 сентября 2026", "80 ✓ выполнено", "", "", "55", "50", ""],
    ["31 августа – 6 сентября 2026", "49 ✕ не выполнено", "", "", "30", "50", ""],  # 49.6 and the median of 29.8
    ["24–30 августа 2026", "нет данных", "0", "0", "нет данных", "50", "каникулы"],
]
UNIT = [
    ["14–20 сентября 2026", "0", "0", "2", "9", "50", ""],
    ["7–13 сентября 2026", "50", "1", "2", "55", "50", ""],
    ["31 августа – 6 сентября 2026", "0", "0", "2", "30", "50", ""],
    ["24–30 августа 2026", "0", "0", "2", "нет данных", "50", ""],
]


def test_a_school_stands_beside_the_median_of_its_municipality(weeks):
    app, world = weeks
    for login in ("municipal", "regional", "head", "deputy", "administrator"):
        page = sign_in(app, login).get(school_path(world, ASKED)).get_data(as_text=True)
        assert rows_of_page(page) == SCHOOL
        assert read_page(page).faults == []


def test_the_picture_draws_what_the_table_says(weeks):
    app, world = weeks
    page = sign_in(app, "head").get(school_path(world, ASKED)).get_data(as_text=True)
    said = re.findall(r"<circle[^>]*><title>([^<]*)</title>", page)
    assert sorted(said) == sorted([
        "Школа, 31.08: 49 %", "Школа, 07.09: 80 %", "Школа, 14.09: 18 %",
        "Медиана муниципалитета, 31.08: 30 %", "Медиана муниципалитета, 07.09: 55 %",
        "Медиана муниципалитета, 14.09: 9 %",
    ])  # fmt: skip
    assert page.count("<polyline") == 2
    assert page.count('class="apart"') == 1
    assert "Ведение классных журналов по неделям, Школа № 1</title>" in page
    assert "<desc" in page and "порог" in text_of_page(page)


def test_each_week_leads_to_its_rows(weeks):
    app, world = weeks
    client = sign_in(app, "municipal")
    school = client.get(school_path(world, ASKED)).get_data(as_text=True)
    rows = f"/monitoring/schools/{world.school}/indicators/journal_kept?week=2026-09-07"
    assert school.count(f'href="{rows}"') == 2  # the week and its figure
    assert "загружено из прежней системы" in text_of_page(client.get(rows).get_data(as_text=True))
    unit = client.get(unit_path(world, ASKED)).get_data(as_text=True)
    assert f'href="/monitoring/municipalities/{world.municipality}/indicators/journal_kept?week=2026-09-07"' in unit


def test_a_municipality_over_weeks(weeks):
    app, world = weeks
    page = sign_in(app, "municipal").get(unit_path(world, ASKED)).get_data(as_text=True)
    assert rows_of_page(page) == UNIT
    assert "Доля школ, которые выполняют порог" in page
    assert len(re.findall(r"<title>Доля школ", page)) == 3  # a week without any data is no nought
    people = sign_in(app, "municipal").get(unit_path(world, f"?week={WEEK}&indicator=pupils_activated&weeks=4"))
    assert "Все школы вместе" in people.get_data(as_text=True)
    assert rows_of_page(people.get_data(as_text=True))[0][:4] == ["14–20 сентября 2026", "100", "4", "4"]


def test_activity_is_made_of_its_criteria_in_every_week(weeks):
    app, world = weeks
    page = sign_in(app, "head").get(school_path(world, f"?week={WEEK}&weeks=4")).get_data(as_text=True)
    assert [row[1:4] for row in rows_of_page(page)][:2] == [
        ["50 ✕ не выполнено", "3", "6"], ["33 ✕ не выполнено", "2", "6"],  # accounts and the journal of the week before
    ]  # fmt: skip


def test_files_hold_the_same_figures(weeks):
    app, world = weeks
    client = sign_in(app, "municipal")
    for path, expected in ((school_path, SCHOOL), (unit_path, UNIT)):
        plain = [[re.sub(r" [✓✕] .*", "", cell) for cell in row] for row in expected]
        lines = client.get(path(world, f".csv{ASKED}")).data.decode("utf-8-sig")
        assert list(csv.reader(io.StringIO(lines), delimiter=";"))[1:] == plain
        sheet = load_workbook(io.BytesIO(client.get(path(world, f".xlsx{ASKED}")).data)).active
        cells = [["" if cell is None else str(cell) for cell in row] for row in sheet.iter_rows(values_only=True)]
        assert all(row in cells for row in plain)
        assert client.get(path(world, f".pdf{ASKED}")).mimetype == "application/pdf"


def test_the_address_keeps_indicator_and_span(weeks):
    app, world = weeks
    page = sign_in(app, "head").get(school_path(world, ASKED)).get_data(as_text=True)
    links = [link.replace("&amp;", "&") for link in re.findall(r'href="([^"]+)"', page)]
    kept = [link for link in links if "/trend" in link]
    assert len(kept) >= 5  # steps and files
    assert all("indicator=journal_kept" in link and "weeks=4" in link for link in kept)
    assert '<option selected value="4">4 недели</option>' in page


def test_bad_choices_are_told_and_nothing_else_happens(weeks):
    app, world = weeks
    client = sign_in(app, "head")
    for bad in ("indicator=no_such", "weeks=100000", "weeks=-1", "weeks=x"):
        answer = client.get(school_path(world, f"?{bad}"))
        assert answer.status_code == 422, bad
        assert "Такого выбора нет" in answer.get_data(as_text=True)
    part = client.get(school_path(world), headers={"HX-Request": "true"}).get_data(as_text=True)
    assert "<html" not in part


def test_weeks_without_any_data_say_so(weeks):
    app, world = weeks
    page = (
        sign_in(app, "head")
        .get(school_path(world, "?week=2020-01-06&weeks=4&indicator=journal_kept"))
        .get_data(as_text=True)
    )
    assert "считать не из чего" in page


def test_many_weeks_ask_as_few_questions_as_four(weeks):
    app, world = weeks
    client = sign_in(app, "municipal")
    client.get(unit_path(world))
    counts = []
    for span in (4, 40):
        with statements(app) as seen:
            assert client.get(unit_path(world, f"?weeks={span}")).status_code == 200
        counts.append(len(seen))
    assert counts[0] == counts[1] <= 14
