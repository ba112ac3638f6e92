"""The schools by one indicator, in a municipality and over a region, and that every percentage opens its rows."""

from __future__ import annotations

import csv
import io
import re

from portal.content.indicators import indicators
from portal.extensions import db
from portal.models.organisation import Municipality, School
from portal.values.names import sort_key
from tests.monitoring.conftest import WEEK, rows_of_page, text_of_page
from tests.small_school import ZONE, sign_in
from tests.web.walk import statements


def region_path(world, code, rest=""):
    return f"/monitoring/regions/{world.region}/indicators/{code}{rest}"


def unit_path(world, code, rest=""):
    return f"/monitoring/municipalities/{world.municipality}/indicators/{code}{rest}"


def plain(rows):
    return [[re.sub(r" [✓✕!] .*|^\+(?=\d)", "", cell).replace("−", "-") for cell in row] for row in rows]


def csv_rows(client, path):
    return list(csv.reader(io.StringIO(client.get(path).data.decode("utf-8-sig")), delimiter=";"))[1:]


def add_schools(world, municipality_id, count):
    db.session.add_all(
        School(municipality_id=municipality_id, name=f"Пустая школа № {n}", sort_key=sort_key(f"Пустая {n:04}"),
               timezone=ZONE, shifts=1) for n in range(count)
    )  # fmt: skip


def test_the_municipality_with_most_schools_below_comes_first_and_in_it_the_worst(monday):
    app, world = monday
    with app.app_context():
        add_schools(world, world.other_municipality, 1)
        db.session.commit()
    client = sign_in(app, "regional")
    page = client.get(region_path(world, "journal_kept", f"?week={WEEK}")).get_data(as_text=True)
    words = text_of_page(page)
    assert "Не хватает: 3 школы из 3" in words
    assert words.index("Дальний район: 2 школы") < words.index("Ближний район: 1 школа")
    assert [row[0] for row in rows_of_page(page)] == ["Пустая школа № 0", "Школа № 2"]  # no value is worse than 0 %
    assert plain(rows_of_page(page, 1)) == [["Школа № 1", "18", "2", "11", "9", ""]]
    assert f'href="/monitoring/schools/{world.school}/indicators/journal_kept?week={WEEK}"' in page


def test_who_meets_it_is_not_in_the_regions_list(monday):
    app, world = monday
    client = sign_in(app, "regional")
    words = text_of_page(client.get(region_path(world, "timetable_filled", f"?week={WEEK}")).get_data(as_text=True))
    assert "Не хватает: 1 школа из 2" in words
    assert "Школа № 1" not in words
    nobody = client.get(region_path(world, "pupils_activated", f"?week={WEEK}")).get_data(as_text=True)
    assert "Таких школ в регионе нет" in nobody  # no threshold, and nobody lacks


def test_files_hold_the_rows_of_the_page(monday):
    app, world = monday
    regional, municipal = sign_in(app, "regional"), sign_in(app, "municipal")
    for code in ("journal_kept", "guardian_engagement", "school_activity"):
        page = regional.get(region_path(world, code, f"?week={WEEK}")).get_data(as_text=True)
        groups = [plain(rows_of_page(page, number)) for number in range(page.count("<table"))]
        found = csv_rows(regional, region_path(world, code, f".csv?week={WEEK}"))
        assert [row[1:] for row in found] == [row for group in groups for row in group]
        assert {row[0] for row in found} == {"Ближний район", "Дальний район"}
        page = municipal.get(unit_path(world, code, f"?week={WEEK}")).get_data(as_text=True)
        assert csv_rows(municipal, unit_path(world, code, f".csv?week={WEEK}")) == plain(rows_of_page(page))
        assert f'<a href="/monitoring/schools/{world.school}/indicators/{code}?week={WEEK}">' in page
        for ending in ("pdf", "xlsx"):
            assert regional.get(region_path(world, code, f".{ending}?week={WEEK}")).status_code == 200
            assert municipal.get(unit_path(world, code, f".{ending}?week={WEEK}")).status_code == 200


def test_a_long_list_comes_page_by_page_and_asks_no_more_for_it(monday):
    app, world = monday
    client = sign_in(app, "regional")
    address = region_path(world, "journal_kept", f"?week={WEEK}")
    client.get(address)
    with statements(app) as few:
        client.get(address)
    with app.app_context():
        third = Municipality(key="third", region_id=world.region, name="Третий район")
        db.session.add(third)
        db.session.flush()
        add_schools(world, third.id, 250)
        db.session.commit()
    with statements(app) as many:
        page = client.get(address).get_data(as_text=True)
    assert len(few) == len(many) <= 12
    words = text_of_page(page)
    assert "Третий район: 250 школ" in words
    assert "Ближний район: 1 школа" not in words
    assert len(rows_of_page(page)) == 200
    (following,) = set(re.findall(r'href="([^"]+start=200)"', page))
    rest = client.get(following.replace("&amp;", "&")).get_data(as_text=True)
    assert "Третий район: 250 школ" in text_of_page(rest)
    assert len(rows_of_page(rest)) == 50
    assert "Показаны с 201-й" in rest


def test_what_does_not_exist_is_not_found(monday):
    app, world = monday
    client = sign_in(app, "regional")
    for rest in ("", ".csv"):
        assert client.get(region_path(world, "no_such", rest)).status_code == 404
        assert client.get(unit_path(world, "no_such", rest)).status_code == 404
    for start in ("-3", "x", str(10**30)):
        assert client.get(region_path(world, "journal_kept", f"?start={start}")).status_code == 200


def unopened(page: str) -> list[str]:
    """Percentages of the page's tables that lead nowhere."""
    cells = re.findall(r'<td class="number[^"]*">(.*?)</td>', page, re.S)
    return [
        text_of_page(cell) for cell in cells if re.search(r"^\d+( %| [✓✕!])", text_of_page(cell)) and "<a" not in cell
    ]


def test_every_percentage_opens_its_rows_at_every_level(monday):
    app, world = monday
    client = sign_in(app, "regional")
    codes = [found.code for found in indicators()]
    region = client.get(f"/monitoring/regions/{world.region}?week={WEEK}").get_data(as_text=True)
    for code in codes[:-1]:
        assert f'href="{unit_path(world, code)}?week={WEEK}"' in region
        assert f'href="{region_path(world, code)}?week={WEEK}"' in region
    assert region.count(f'href="/monitoring/municipalities/{world.municipality}/heat?week={WEEK}"') == 5
    unit = client.get(f"/monitoring/municipalities/{world.municipality}?week={WEEK}").get_data(as_text=True)
    school = client.get(f"/monitoring/schools/{world.school}?week={WEEK}").get_data(as_text=True)
    for code in codes:
        rows = f'href="/monitoring/schools/{world.school}/indicators/{code}?week={WEEK}"'
        assert rows in unit and rows in school
        assert unit.count(f'href="{unit_path(world, code)}?week={WEEK}"') == 2  # the tile and the last row
    for page in (region, unit):
        assert unopened(page) == []
    assert (
        school.count("<strong>")
        == len(re.findall(r'<a href="[^"]+/indicators/\w+\?week=[^"]+"><strong>', school))
        == 13
    )
