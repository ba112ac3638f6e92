"""From the municipality's week down to the lesson that lacks something."""

from __future__ import annotations

import csv
import io
import re
from datetime import date

from openpyxl import load_workbook
from pypdf import PdfReader

from portal.extensions import db
from portal.models.organisation import School, Vacation
from portal.values.names import sort_key
from tests.monitoring.conftest import WEEK, rows_of_page, text_of_page
from tests.small_school import ZONE, sign_in
from tests.web.walk import statements

NOT_KEPT = "нет отметок, пропусков, комментария и «Урок проведён»"


def unit_path(world, rest=""):
    return f"/monitoring/municipalities/{world.municipality}{rest}"


def school_path(world, rest=""):
    return f"/monitoring/schools/{world.school}{rest}"


def words(client, path, **arguments):
    answer = client.get(path, **arguments)
    assert answer.status_code == 200, path
    return text_of_page(answer.get_data(as_text=True))


def test_the_municipality_opens_at_the_week_that_ended(monday):
    app, world = monday
    page = words(sign_in(app, "municipal"), unit_path(world))
    assert "7–13 сентября 2026" in page
    assert "Текущая неделя" in page
    assert "Неделя ещё идёт" not in page


def test_tiles_say_what_it_is_how_many_are_not_and_the_change(monday):
    app, world = monday
    page = words(sign_in(app, "municipal"), unit_path(world, f"?week={WEEK}"))
    assert "Неделя ещё идёт" in page
    assert "Вовлечённость родителей 0 % ✕ не выполнено за неделю: 0 без просмотра дневника: 3 ученика" in page
    assert "Родители: активация 100 % за неделю: 0 не активировано: 0 родителей" in page
    assert "Ведение классных журналов 0 % порог не выполнен: 1 школа" in page
    assert "Своевременное выставление оценок 100 % ✓ выполнено порог не выполнен: 0 школ" in page
    assert "Школы по активности: 100 % — 0, от 85 до 100 % — 0, ниже 85 % — 1, нет данных — 0" in page


def test_every_figure_leads_to_its_schools_and_on(monday):
    app, world = monday
    client = sign_in(app, "municipal")
    page = client.get(unit_path(world, f"?week={WEEK}")).get_data(as_text=True)
    tile = unit_path(world, f"/indicators/journal_kept?week={WEEK}")
    cell = school_path(world, f"/indicators/journal_kept?week={WEEK}")
    assert f'href="{tile}"' in page
    assert f'href="{cell}"' in page
    schools = client.get(tile).get_data(as_text=True)
    assert f'href="{cell}"' in schools
    assert "Порог не выполнен: 1 школа" in schools
    assert rows_of_page(schools) == [["Школа № 1", "18 ✕ не выполнено", "2", "11", "9", ""]]
    people = words(client, unit_path(world, f"/indicators/pupils_activated?week={WEEK}"))
    assert "Все школы: 1 школа" in people


def test_the_schools_page_shows_what_each_figure_is_made_of(monday):
    app, world = monday
    for login in ("municipal", "regional", "head", "deputy", "administrator"):
        page = sign_in(app, login).get(school_path(world, f"?week={WEEK}")).get_data(as_text=True)
        journal = {row[0]: row[1:] for row in rows_of_page(page, 1)}
        assert journal["Наполненность расписания"][:5] == ["100 %", "✓ выполнено", "1", "1", "50 %"]
        assert journal["Планирование уроков"][:5] == ["18 %", "✕ не выполнено", "2", "11", "50 %"]
        assert journal["Ведение классных журналов"][-1] == "без записей в журнале: 9 уроков"
        assert journal["Своевременное выставление оценок"][:5] == ["50 %", "✓ выполнено", "1", "2", "50 %"]
        assert journal["Своевременная выдача ДЗ"][:4] == ["10 %", "✕ не выполнено", "1", "10"]
        assert journal["Активность школ"][:4] == ["50 %", "✕ не выполнено", "3", "6"]
        assert ("Все школы" in page) == (login in {"municipal", "regional"})


def test_an_office_follows_a_figure_to_the_lesson_and_sees_no_names(monday):
    app, world = monday
    client = sign_in(app, "municipal")
    page = client.get(school_path(world, f"/indicators/journal_kept?week={WEEK}")).get_data(as_text=True)
    assert "Без записей в журнале: 9 уроков" in page
    assert rows_of_page(page)[0] == ["пн, 14 сентября, 2-й урок", "5А", "Русский язык", NOT_KEPT]
    lesson = f"/monitoring/lessons/{world.lessons['russian-1']}"
    assert f'href="{lesson}"' in page
    shown = words(client, lesson)
    assert "Русский язык, 5А" in shown
    assert "отметок: 0; пропусков: 0; комментария нет; «Урок проведён» не отмечено" in shown
    assert "следующий урок — вт, 15 сентября; срок — до 15.09 13:00" in shown
    assert "Открыть в журнале" not in shown
    held = words(client, f"/monitoring/lessons/{world.lessons['math-1']}")
    assert "тема записана" in held
    assert "в срок 1 из 2; срок — до 14.09 21:00" in held
    assert "Дроби" not in held


def test_a_deputy_follows_the_same_figure_into_the_journal(monday):
    app, world = monday
    client = sign_in(app, "deputy")
    page = client.get(school_path(world, f"/indicators/journal_kept?week={WEEK}")).get_data(as_text=True)
    assert f'href="/journal/lessons/{world.lessons["russian-1"]}"' in page
    assert rows_of_page(page)[0][3] == "Класснова В."


def test_an_administrator_sees_names_but_not_the_journal(monday):
    app, world = monday
    client = sign_in(app, "administrator")
    page = client.get(school_path(world, f"/indicators/journal_kept?week={WEEK}")).get_data(as_text=True)
    assert f'href="/monitoring/lessons/{world.lessons["russian-1"]}"' in page
    assert "Ёлкина Мария" in words(client, school_path(world, f"/indicators/guardian_engagement?week={WEEK}"))


def test_offices_never_see_a_name_of_the_school(monday):
    app, world = monday
    from portal.content.indicators import indicators

    paths = [
        unit_path(world, f"?week={WEEK}"),
        unit_path(world, "/users").replace("monitoring", "reports"),
        school_path(world, f"?week={WEEK}"),
    ]
    for found in indicators():
        paths.append(school_path(world, f"/indicators/{found.code}?week={WEEK}"))
        paths.append(unit_path(world, f"/indicators/{found.code}?week={WEEK}"))
    paths += [f"/monitoring/lessons/{lesson}" for word, lesson in world.lessons.items() if not word.startswith("other")]
    people = ("Директоров", "Завучева", "Учителева", "Класснова", "Заменов", "Ёлкина", "Берёзов", "Яблокова")
    for login in ("municipal", "regional"):
        client = sign_in(app, login)
        for path in paths:
            page = words(client, path)
            assert not [name for name in people if name in page], path


def test_what_is_missing_by_kind(monday):
    app, world = monday
    client = sign_in(app, "municipal")
    counts = client.get(school_path(world, f"/indicators/guardian_engagement?week={WEEK}")).get_data(as_text=True)
    assert "Без просмотра дневника: 3 ученика" in counts
    assert rows_of_page(counts) == [["5А", "3", "3"]]
    criteria = client.get(school_path(world, f"/indicators/school_activity?week={WEEK}")).get_data(as_text=True)
    assert [row[0] for row in rows_of_page(criteria)] == [
        "Вовлечённость родителей", "Планирование уроков", "Ведение классных журналов",
    ]  # fmt: skip
    assert school_path(world, f"/indicators/lessons_planned?week={WEEK}") in criteria
    assert "Всё на месте" in words(client, school_path(world, f"/indicators/timetable_filled?week={WEEK}"))
    empty = words(client, school_path(world, "/indicators/timetable_filled?week=2026-09-07"))
    assert "Меньше 8 уроков: 1 класс" in empty
    assert "нет данных" in words(client, school_path(world, "/indicators/marks_timely?week=2026-09-07"))


def test_a_school_on_vacation_says_so_instead_of_a_change(monday):
    app, world = monday
    with app.app_context():
        db.session.add(
            Vacation(school_id=world.school, name="Осенние", starts_on=date(2026, 9, 14), ends_on=date(2026, 9, 20))
        )
        db.session.commit()
    client = sign_in(app, "municipal")
    school = client.get(school_path(world, f"?week={WEEK}")).get_data(as_text=True)
    assert "На этой неделе в школе каникулы" in school
    assert {row[6] for row in rows_of_page(school, 1)} == {"Каникулы"}
    unit = client.get(unit_path(world, f"?week={WEEK}")).get_data(as_text=True)
    assert rows_of_page(unit)[0][3] == "Каникулы"


def figures(rows):
    """Cells without the signs beside them; a change as a plain number."""
    cells = [[re.sub(r" [✓✕!]( .*)?$", "", cell) for cell in row] for row in rows]
    return [[re.sub(r"^\+", "", cell).replace("−", "-") for cell in row] for row in cells]


def test_page_csv_xlsx_and_pdf_of_a_week_agree(monday):
    app, world = monday
    for login, path in (("municipal", unit_path(world)), ("regional", f"/monitoring/regions/{world.region}")):
        client = sign_in(app, login)
        page = figures(rows_of_page(client.get(f"{path}?week={WEEK}").get_data(as_text=True)))
        files = {ending: client.get(f"{path}/week.{ending}?week={WEEK}") for ending in ("csv", "xlsx", "pdf")}
        assert all(answer.status_code == 200 for answer in files.values())
        lines = list(csv.reader(io.StringIO(files["csv"].data.decode("utf-8-sig")), delimiter=";"))[1:]
        assert lines == page
        sheet = load_workbook(io.BytesIO(files["xlsx"].data)).active
        found = [["" if cell is None else str(cell) for cell in row] for row in sheet.iter_rows(values_only=True)]
        assert all(row in found for row in page)
        paper = " ".join("".join(p.extract_text() for p in PdfReader(io.BytesIO(files["pdf"].data)).pages).split())
        signless = re.sub(r" [✓✕!]", "", paper).replace(" +", " ").replace("−", "-")
        for row in page:
            assert " ".join(cell for cell in row if cell) in signless
        assert "14–20 сентября 2026" in paper
        assert "Ведение классных журналов — 50 %" in paper


def test_the_region_has_a_row_a_municipality(monday):
    app, world = monday
    page = sign_in(app, "regional").get(f"/monitoring/regions/{world.region}?week={WEEK}").get_data(as_text=True)
    rows = rows_of_page(page)
    assert [row[0] for row in rows] == ["Ближний район", "Дальний район", "Регион"]
    assert [row[1] for row in rows] == ["1", "1", "2"]
    assert f'href="{unit_path(world)}?week={WEEK}"' in page


def test_the_stepper_swaps_the_week_alone_and_back_gets_a_page(monday):
    app, world = monday
    client = sign_in(app, "municipal")
    for path in (unit_path(world), school_path(world), school_path(world, "/indicators/journal_kept"),
                 unit_path(world, "/indicators/journal_kept")):  # fmt: skip
        whole = client.get(path)
        assert 'hx-target="#week"' in whole.get_data(as_text=True)
        assert 'hx-push-url="true"' in whole.get_data(as_text=True)
        assert "HX-Request" in whole.headers["Vary"]
        part = client.get(f"{path}?week={WEEK}", headers={"HX-Request": "true"}).get_data(as_text=True)
        assert "<html" not in part
        assert "<h1" not in part
        assert "14–20 сентября 2026" in part
        back = {"HX-Request": "true", "HX-History-Restore-Request": "true"}
        assert "<html" in client.get(path, headers=back).get_data(as_text=True)


ASKED = (
    ("2026-09-17", 200, "14–20 сентября 2026"),
    ("2027-01-01", 200, "14–20 сентября 2026"),  # a week to come is the present one
    ("2001-01-01", 200, "1–7 января 2001"),
    ("9999-12-31", 404, "Такой страницы нет"),
    ("вчера", 404, "Такой страницы нет"),
    ("2026-02-30", 404, "Такой страницы нет"),
)


def test_whatever_week_is_asked_for_gets_a_clear_answer(monday):
    app, world = monday
    client = sign_in(app, "head")
    for path in (school_path(world), school_path(world, "/indicators/school_activity")):
        for week, status, shown in ASKED:
            answer = client.get(path, query_string={"week": week})
            assert answer.status_code == status, week
            assert shown in answer.get_data(as_text=True), week


def test_what_does_not_exist_is_not_found(monday):
    app, world = monday
    client = sign_in(app, "municipal")
    assert client.get(school_path(world, "/indicators/no_such")).status_code == 404
    assert client.get(unit_path(world, "/indicators/no_such")).status_code == 404
    assert client.get(unit_path(world, "/week.doc")).status_code == 404
    for start in ("-5", "100000", "x", str(10**30)):
        answer = client.get(school_path(world, f"/indicators/journal_kept?week={WEEK}&start={start}"))
        assert answer.status_code == 200, start


def test_a_municipality_without_schools_says_what_will_be_here(monday):
    app, world = monday
    with app.app_context():
        db.session.get(School, world.other_school).municipality_id = world.municipality
        db.session.commit()
    page = words(sign_in(app, "other-municipal"), f"/monitoring/municipalities/{world.other_municipality}")
    assert "Школ пока нет" in page


def test_pages_ask_few_questions_however_many_schools(monday):
    app, world = monday

    def count(path):
        with statements(app) as seen:
            assert client.get(path).status_code == 200
        return len([one for one in seen if not one.upper().startswith(("BEGIN", "COMMIT", "ROLLBACK", "PRAGMA"))])

    client = sign_in(app, "municipal")
    paths = (
        unit_path(world),
        school_path(world),
        school_path(world, "/indicators/journal_kept"),
        unit_path(world, "/users").replace("monitoring", "reports"),
        unit_path(world, "/indicators/journal_kept"),
    )
    client.get(paths[0])
    before = {path: count(path) for path in paths}
    with app.app_context():
        for n in range(5):
            name = f"Школа № {n + 10}"
            db.session.add(
                School(municipality_id=world.municipality, name=name, sort_key=sort_key(name), timezone=ZONE, shifts=1)
            )
        db.session.commit()
    assert {path: count(path) for path in paths} == before
    limits = dict(zip(paths, (15, 10, 12, 8, 10), strict=True))
    assert {path: n for path, n in before.items() if n > limits[path]} == {}
