"""The heat table: every school against every threshold, filtered and sorted by its address."""

from __future__ import annotations

import csv
import io
import re
from datetime import UTC, date, datetime

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from portal.extensions import db
from portal.models.organisation import School, Vacation
from portal.values.names import sort_key
from tests.monitoring.conftest import WEEK, rows_of_page, text_of_page
from tests.small_school import ZONE, sign_in
from tests.web.walk import statements

NEXT = "2026-09-21"


@pytest.fixture
def two(monday):
    """Both schools in one municipality: «Школа № 2» has one lesson, nothing recorded, a timetable too thin."""
    app, world = monday
    with app.app_context():
        db.session.get(School, world.other_school).municipality_id = world.municipality
        db.session.commit()
    return app, world


def path(world, rest=""):
    return f"/monitoring/municipalities/{world.municipality}/heat{rest}"


def table(client, address):
    answer = client.get(address)
    assert answer.status_code == 200, address
    return rows_of_page(answer.get_data(as_text=True))


def names(client, address):
    return [row[0] for row in table(client, address)][:-1]


def test_each_figure_has_its_state_in_words_and_leads_to_its_rows(two):
    app, world = two
    client = sign_in(app, "municipal")
    page = client.get(path(world, f"?week={WEEK}")).get_data(as_text=True)
    rows = rows_of_page(page)
    assert [row[0] for row in rows] == ["Школа № 2", "Школа № 1", "Порог не выполнен, школ"]
    first = rows[1]
    assert first[1:3] == ["50 ✕ не выполнено", "100"]  # activity; no threshold judges the activation of teachers
    assert first[5] == "100 ✓ выполнено"  # all accounts
    assert first[9:14] == [
        "100 ✓ выполнено", "18 ✕ не выполнено", "18 ✕ не выполнено", "50 ✓ выполнено", "10 ✕ не выполнено",
    ]  # fmt: skip
    assert rows[2][1:] == ["2", "", "", "", "0", "2", "", "", "1", "2", "2", "1", "2"]
    for school in (world.school, world.other_school):
        for code in ("school_activity", "teachers_category", "guardian_engagement", "marks_timely"):
            assert f'href="/monitoring/schools/{school}/indicators/{code}?week={WEEK}"' in page
    assert 'class="number bad"' in page
    assert "2 школы из 2" in text_of_page(page)


def test_a_little_below_is_told_from_far_below(two):
    app, world = two
    with app.app_context():
        from portal.models.activity import ActivityCriterion

        db.session.query(ActivityCriterion).filter_by(indicator="marks_timely").update({"threshold": 6000})
        db.session.query(ActivityCriterion).filter_by(indicator="lessons_planned").update({"threshold": 2819})
        db.session.commit()
    rows = table(sign_in(app, "municipal"), path(world, f"?week={WEEK}"))
    assert rows[1][12] == "50 ! немного ниже"  # ten points below exactly
    assert rows[1][10] == "18 ✕ не выполнено"  # 18.1818 where 28.19 is asked: a little more than ten


def test_filters_leave_the_schools_asked_for(two):
    app, world = two
    client = sign_in(app, "municipal")
    week = f"?week={WEEK}"
    assert names(client, path(world, f"{week}&below=timetable_filled")) == ["Школа № 2"]
    assert names(client, path(world, f"{week}&below=any")) == ["Школа № 2", "Школа № 1"]
    families = client.get(path(world, f"{week}&owner=families")).get_data(as_text=True)
    heads = [text_of_page(head) for head in re.findall(r"<th scope=\"col\".*?</th>", families, re.S)]
    assert [re.sub(r" (порог.*|▲.*)", "", head) for head in heads] == [
        "Школа", "Ученики: активация", "Родители: активация", "Активация всех аккаунтов", "Вовлечённость родителей",
    ]  # fmt: skip
    nothing = text_of_page(client.get(path(world, f"{week}&below=accounts_activated")).get_data(as_text=True))
    assert "0 школ из 2" in nothing
    assert "Таких школ на этой неделе нет" in nothing


def test_the_deepest_fall_comes_first_with_its_depth(two):
    app, world = two
    app.config["CLOCK"] = lambda: datetime(2026, 9, 23, 9, tzinfo=UTC)
    client = sign_in(app, "municipal")
    rows = table(client, path(world, f"?week={NEXT}&fallen=journal_kept"))
    assert [row[:2] for row in rows] == [["Школа № 1", "−18"], ["Порог не выполнен, школ", ""]]
    sheet = client.get(path(world, f".csv?week={NEXT}&fallen=journal_kept")).data.decode("utf-8-sig")
    assert sheet.splitlines()[1].split(";")[:2] == ["Школа № 1", "-18"]


def test_vacations_are_told_and_filtered(two):
    app, world = two
    with app.app_context():
        db.session.add(
            Vacation(school_id=world.school, name="Осенние", starts_on=date(2026, 9, 14), ends_on=date(2026, 9, 20))
        )
        db.session.commit()
    client = sign_in(app, "municipal")
    week = f"?week={WEEK}"
    assert [row[:2] for row in table(client, path(world, week))][:-1] == [["Школа № 2", ""], ["Школа № 1", "Каникулы"]]
    assert names(client, path(world, f"{week}&holiday=yes")) == ["Школа № 1"]
    assert names(client, path(world, f"{week}&holiday=no")) == ["Школа № 2"]


def test_any_column_sorts_either_way_and_what_has_no_value_stays_last(two):
    app, world = two
    client = sign_in(app, "municipal")

    def order(sort):
        return names(client, path(world, f"?week={WEEK}&{sort}"))

    assert order("sort=school") == ["Школа № 1", "Школа № 2"]
    assert order("sort=school&order=desc") == ["Школа № 2", "Школа № 1"]
    assert order("sort=lessons_planned&order=desc") == ["Школа № 1", "Школа № 2"]
    assert order("sort=marks_timely") == order("sort=marks_timely&order=desc") == ["Школа № 1", "Школа № 2"]
    assert order("sort=change") == order("sort=vacation") == ["Школа № 1", "Школа № 2"]


def test_the_address_keeps_filters_and_order_through_weeks_sorting_and_files(two):
    app, world = two
    client = sign_in(app, "municipal")
    asked = "below=lessons_planned&sort=journal_kept&order=desc"
    page = client.get(path(world, f"?week={WEEK}&{asked}")).get_data(as_text=True)
    links = [link.replace("&amp;", "&") for link in re.findall(r'href="([^"]+)"', page)]
    before = [link for link in links if "week=2026-09-07" in link and "/heat?" in link]
    files = [link for link in links if "/heat." in link]
    for link in (*before, *files):
        assert "below=lessons_planned" in link and "sort=journal_kept" in link and "order=desc" in link
    assert len(files) == 3
    turned = [link for link in links if "sort=journal_kept" in link and "order" not in link]
    assert turned and all("below=lessons_planned" in link for link in turned)
    assert 'aria-sort="descending"' in page
    assert 'name="sort" value="journal_kept"' in page
    assert '<option selected value="lessons_planned">' in page


def test_htmx_gets_the_table_alone_and_a_clean_address(two):
    app, world = two
    client = sign_in(app, "municipal")
    sent = path(world, f"?week={WEEK}&below=timetable_filled&fallen=&owner=&holiday=")
    answer = client.get(sent, headers={"HX-Request": "true"})
    assert "<html" not in answer.get_data(as_text=True)
    assert answer.headers["HX-Push-Url"] == path(world, f"?week={WEEK}&below=timetable_filled")
    whole = client.get(sent)
    assert "<html" in whole.get_data(as_text=True)
    assert "HX-Request" in whole.headers["Vary"]


@pytest.mark.parametrize("field", ["below", "fallen", "owner", "holiday"])
def test_an_unknown_choice_is_told_at_its_field(two, field):
    app, world = two
    answer = sign_in(app, "municipal").get(path(world, f"?week={WEEK}&{field}=%3Cb%3E"))
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "Такого выбора нет. Выберите из списка." in page
    assert len(rows_of_page(page)) == 3  # nothing is left out for it


def test_forged_order_and_start_do_no_harm(two):
    app, world = two
    client = sign_in(app, "municipal")
    assert client.get(path(world, "?sort=password&order=drop")).status_code == 422
    assert client.get(path(world, "?municipality=999")).status_code == 422
    for start in ("-1", "x", str(10**30)):
        assert client.get(path(world, f"?start={start}")).status_code == 200
    assert client.get(path(world, "?week=никогда")).status_code == 404


def test_page_csv_xlsx_and_pdf_agree_and_keep_the_heat(two):
    app, world = two
    for login, base in (("municipal", path(world)), ("regional", f"/monitoring/regions/{world.region}/heat")):
        client = sign_in(app, login)
        asked = f"?week={WEEK}&below=timetable_filled&sort=school"
        page = [[re.sub(r" [✓✕!] .*$", "", cell) for cell in row] for row in table(client, base + asked)]
        lines = client.get(f"{base}.csv{asked}").data.decode("utf-8-sig")
        assert list(csv.reader(io.StringIO(lines), delimiter=";"))[1:] == page
        sheet = load_workbook(io.BytesIO(client.get(f"{base}.xlsx{asked}").data)).active
        cells = [["" if cell is None else str(cell) for cell in row] for row in sheet.iter_rows(values_only=True)]
        assert all(row in cells for row in page)
        assert "Отбор: порог не выполнен — Наполненность расписания." in {cell for row in cells for cell in row}
        grounds = {cell.fill.fgColor.rgb for row in sheet.iter_rows() for cell in row}
        assert {"00FCE6E4", "00E3F3E7"} <= grounds
        paper = PdfReader(io.BytesIO(client.get(f"{base}.pdf{asked}").data))
        text = " ".join("".join(sheet.extract_text() for sheet in paper.pages).split())
        for row in page:
            assert " ".join(cell for cell in row if cell) in re.sub(r" [✓✕!]", "", text)


def test_the_region_sees_all_schools_and_one_municipality_by_choice(monday):
    app, world = monday
    client = sign_in(app, "regional")
    base = f"/monitoring/regions/{world.region}/heat?week={WEEK}"
    assert [row[:2] for row in table(client, f"{base}&sort=municipality")][:-1] == [
        ["Школа № 1", "Ближний район"], ["Школа № 2", "Дальний район"],
    ]  # fmt: skip
    assert names(client, f"{base}&municipality={world.other_municipality}") == ["Школа № 2"]
    region = client.get(f"/monitoring/regions/{world.region}?week={WEEK}").get_data(as_text=True)
    assert f'href="/monitoring/regions/{world.region}/heat?week={WEEK}"' in region


def test_many_schools_come_page_by_page_in_as_many_questions_as_few(two):
    app, world = two
    client = sign_in(app, "municipal")
    client.get(path(world))
    with statements(app) as few:
        client.get(path(world, f"?week={WEEK}"))
    with app.app_context():
        db.session.add_all(
            School(municipality_id=world.municipality, name=f"Школа № {n}", sort_key=sort_key(f"Школа № {n:03}"),
                   timezone=ZONE, shifts=1) for n in range(10, 215)
        )  # fmt: skip
        db.session.commit()
    with statements(app) as many:
        page = client.get(path(world, f"?week={WEEK}&sort=school")).get_data(as_text=True)
    assert len(many) == len(few) <= 12
    assert len(rows_of_page(page)) == 201
    (following,) = set(re.findall(r'href="([^"]+start=200[^"]*)"', page))
    assert "ещё 7" in page
    rest = client.get(following.replace("&amp;", "&")).get_data(as_text=True)
    assert len(rows_of_page(rest)) == 8
    assert "Показаны с 201-й" in rest
