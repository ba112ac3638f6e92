"""The school's week: every share with its rows, by teacher and by class, in all forms alike."""

from __future__ import annotations

import csv
import io
from datetime import date, timedelta

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from portal.content.control import shares
from portal.extensions import db
from portal.models.activity import Visit
from portal.models.journal import GroupMember, Lesson, TeachingGroup
from portal.models.people import Enrolment, Guardianship, Person, SchoolClass
from tests.control.conftest import WEEK, add_mark, path
from tests.monitoring.conftest import rows_of_page, text_of_page
from tests.small_school import MONDAY, NOON, csrf, group, lesson, person, sign_in
from tests.web.walk import statements

RUSSIAN_LACKS = "журнал пуст: 5 уроков; нет темы: 5 уроков; нет задания: 5 уроков; нет отметок: 1 журнал"


def page_of(client, address):
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.get_data(as_text=True)


def share_rows(client, world, **arguments):
    """Share's name, without the paragraph of the regulation → its cells."""
    rows = rows_of_page(page_of(client, path(world, **arguments)), 0)
    return {row[0].partition(" (п.")[0]: row[1:] for row in rows}


def test_the_shares_count_what_the_regulation_asks(week):
    app, world = week
    for login in ("deputy", "head"):
        assert share_rows(sign_in(app, login), world) == {
            "Учителя ведут журнал": ["33", "1", "3", "нет данных", "ни одной записи: 2 учителя"],
            "Журналы с отметками": ["33 ✕ не выполнено", "1", "3", "нет данных", "без отметок: 2 журнала"],
            "Ученики без отметок": ["33", "1", "3", "нет данных", "без отметок: 1 ученик"],
            "Домашнее задание записано": ["18", "2", "11", "нет данных", "без задания: 9 уроков"],
            "Ученики заходят в портал": ["33", "1", "3", "0", "не заходили: 2 ученика"],
            "Родители заходят в портал": ["100", "1", "1", "0", ""],
            "Отметки за период выставлены": ["нет данных", "0", "0", "нет данных", ""],
        }


def test_every_figure_opens_its_rows(week):
    app, world = week
    client = sign_in(app, "deputy")
    school = page_of(client, path(world))
    lists = {}
    for share in shares():
        address = path(world, f"/shares/{share.code}")
        assert f'href="{address}"' in school
        shown = page_of(client, address)
        for words in (share.numerator, share.denominator, share.example):
            assert words in text_of_page(shown)
        lists[share.code] = rows_of_page(shown) if "<table" in shown else []
    assert lists["staff_taking_part"] == [["Заменов О.", "1"], ["Класснова В.", "5"]]
    assert lists["journals_marked"] == [
        ["5А, Английский язык (1)", "Учителева А.", "1"],
        ["5А, Русский язык", "Класснова В.", "5"],
    ]
    assert lists["pupils_without_marks"] == [["Яблокова Анна", "5А", "2"]]
    assert len(lists["homework_recorded"]) == 9
    assert lists["homework_recorded"][0] == [
        "пн, 14 сентября, 2-й урок", "5А", "Русский язык", "Класснова В.", "0",
        "нет темы, домашнего задания, отметок, пропусков и «Урок проведён», отметок в журнале за всю неделю",
    ]  # fmt: skip
    assert lists["pupils_taking_part"] == [["Берёзов Пётр", "5А"], ["Яблокова Анна", "5А"]]
    assert lists["guardians_taking_part"] == []
    assert lists["period_marks_set"] == []


def test_rows_lead_on_to_the_lesson_the_journal_and_the_pupil(week):
    app, world = week
    client = sign_in(app, "deputy")
    for code, target in (
        ("staff_taking_part", path(world, f"/teachers/{world.people['class-teacher']}")),
        ("journals_marked", f"/journal/groups/{world.groups['russian']}"),
        ("pupils_without_marks", f"/diary/pupils/{world.people['pupil-3']}?week={WEEK}"),
        ("homework_recorded", f"/journal/lessons/{world.lessons['russian-1']}"),
    ):
        assert f'href="{target}"' in page_of(client, path(world, f"/shares/{code}")), code
        assert client.get(target).status_code == 200


def test_the_week_by_teacher_and_by_class(week):
    app, world = week
    page = page_of(sign_in(app, "deputy"), path(world))
    english = "журнал пуст: 1 урок; нет темы: 1 урок; нет задания: 1 урок; нет отметок: 1 журнал"
    assert rows_of_page(page, 1) == [
        ["Заменов О.", "1", "0", "0", "0", "0", "1 ✕ не выполнено", "за неделю ни одной записи ✕ не выполнено"],
        ["Класснова В.", "5", "0", "0", "0", "0", "1 ✕ не выполнено", "за неделю ни одной записи ✕ не выполнено"],
        [
            "Учителева А.", "5", "40", "20", "40", "2", "0 ✓ выполнено",
            "журнал пуст: 3 урока; нет темы: 4 урока; нет задания: 3 урока",
        ],
    ]  # fmt: skip
    assert english not in page
    assert rows_of_page(page, 2) == [
        [
            "5А", "11", "18", "9", "18", "2", "2 ✕ не выполнено", "1 ! немного ниже", "33", "100",
            "журнал пуст: 9 уроков; нет темы: 10 уроков; нет задания: 9 уроков; нет отметок: 2 журнала",
        ],
    ]  # fmt: skip
    for word in ("substitute", "class-teacher", "teacher"):
        assert f'href="{path(world, f"/teachers/{world.people[word]}")}"' in page


def test_a_teachers_lessons_are_those_they_held(week):
    app, world = week
    client = sign_in(app, "head")
    own = page_of(client, path(world, f"/teachers/{world.people['teacher']}"))
    rows = rows_of_page(own)
    assert [row[2] for row in rows] == ["Математика"] * 5
    assert rows[0] == ["пн, 14 сентября, 1-й урок", "5А", "Математика", "2", "всё записано ✓ выполнено"]
    assert rows[1][4] == "нет темы, домашнего задания"  # an absence keeps the journal
    assert f'href="/journal/lessons/{world.lessons["math-2"]}"' in own
    (row,) = rows_of_page(page_of(client, path(world, f"/teachers/{world.people['substitute']}")))
    assert row[:3] == ["вт, 15 сентября, 3-й урок", "5А", "Английский язык (1) (замена)"]
    idle = page_of(client, path(world, f"/teachers/{world.people['deputy']}"))
    assert "На этой неделе у учителя уроков нет." in idle


def test_a_classs_page_lists_lessons_and_everybody_who_falls_short(week):
    app, world = week
    page = page_of(sign_in(app, "deputy"), path(world, f"/classes/{world.classes['5a']}"))
    assert len(rows_of_page(page, 0)) == 11
    assert rows_of_page(page, 1) == [["Яблокова Анна", "5А", "2"]]
    assert [row[0] for row in rows_of_page(page, 2)] == ["5А, Английский язык (1)", "5А, Русский язык"]
    assert [row[0] for row in rows_of_page(page, 3)] == ["Берёзов Пётр", "Яблокова Анна"]


def test_first_grades_have_neither_marks_nor_homework_to_lack(week):
    app, world = week
    with app.app_context():
        little = SchoolClass(key="1a", school_id=world.school, year=2026, grade=1, letter="А")
        db.session.add(little)
        db.session.flush()
        world.classes["1a"] = little.id
        pupil = person(world, "little", "Малышев", "Егор")
        db.session.add(Enrolment(class_id=little.id, person_id=pupil, enrolled_on=date(2026, 9, 1)))
        group(world, "letters", "1a", "Букварь", "deputy")
        lesson(world, "letters-1", "letters", MONDAY, 1)
        db.session.commit()
    client = sign_in(app, "deputy")
    rows = share_rows(client, world)
    assert rows["Учителя ведут журнал"][1:3] == ["1", "4"]
    assert rows["Журналы с отметками"][1:3] == ["1", "3"]
    assert rows["Ученики без отметок"][1:3] == ["1", "3"]
    assert rows["Домашнее задание записано"][1:3] == ["2", "11"]
    assert rows["Ученики заходят в портал"][1:3] == ["1", "4"]
    classes = rows_of_page(page_of(client, path(world)), 2)
    assert classes[0] == [
        "1А",
        "1",
        "0",
        "0",
        "нет данных",
        "0",
        "",
        "",
        "0",
        "нет данных",
        "журнал пуст: 1 урок; нет темы: 1 урок",
    ]
    (row,) = rows_of_page(page_of(client, path(world, f"/teachers/{world.people['deputy']}")))
    assert row[3:] == ["", "нет темы, отметок, пропусков и «Урок проведён»"]


def test_a_cancelled_lesson_wants_nothing(week):
    app, world = week
    with app.app_context():
        db.session.get(Lesson, world.lessons["english-1"]).status = "cancelled"
        db.session.commit()
    rows = share_rows(sign_in(app, "deputy"), world)
    assert rows["Учителя ведут журнал"][1:3] == ["1", "2"]
    assert rows["Журналы с отметками"][1:3] == ["1", "2"]
    assert rows["Домашнее задание записано"][1:3] == ["2", "10"]


def test_a_mark_in_a_group_of_another_class_is_the_pupils_too(week):
    app, world = week
    with app.app_context():
        other = SchoolClass(key="6a", school_id=world.school, year=2026, grade=6, letter="А")
        db.session.add(other)
        db.session.flush()
        world.classes["6a"] = other.id
        guest = group(world, "chess", "6a", "Шахматы", "deputy", subgroup="1")
        db.session.add(GroupMember(group_id=guest, person_id=world.people["pupil-3"]))
        lesson(world, "chess-1", "chess", MONDAY, 5)
        add_mark(world, "chess-1", "pupil-3")
        db.session.commit()
    assert share_rows(sign_in(app, "deputy"), world)["Ученики без отметок"][1:3] == ["0", "3"]


def test_a_parent_who_works_in_the_school_takes_part_by_the_diary_alone(week):
    app, world = week
    with app.app_context():
        for word in ("teacher", "other-teacher"):  # one works here, one in the other school
            db.session.add(
                Guardianship(guardian_id=world.people[word], pupil_id=world.people["pupil-3"], relation="мать")
            )
            db.session.add(Visit(person_id=world.people[word], visited_at=NOON))
        db.session.commit()
    client = sign_in(app, "deputy")
    assert share_rows(client, world)["Родители заходят в портал"][1:3] == ["2", "3"]
    assert rows_of_page(page_of(client, path(world, "/shares/guardians_taking_part"))) == [["Учителева Анна", "5А"]]


def test_a_lesson_without_a_teacher_is_shown_and_blamed_on_nobody(week):
    app, world = week
    with app.app_context():
        db.session.get(TeachingGroup, world.groups["russian"]).teacher_id = None
        db.session.commit()
    client = sign_in(app, "deputy")
    rows = rows_of_page(page_of(client, path(world)), 1)
    assert rows[-1][:2] == ["Учитель не назначен", "5"]
    assert share_rows(client, world)["Учителя ведут журнал"][1:3] == ["1", "2"]
    assert ["5А, Русский язык", "Учитель не назначен", "5"] in rows_of_page(
        page_of(client, path(world, "/shares/journals_marked"))
    )


def test_a_week_without_lessons_says_so(week):
    app, world = week
    page = page_of(sign_in(app, "deputy"), path(world, week=MONDAY - timedelta(days=7)))
    assert "На этой неделе уроков нет" in page
    assert "По учителям" not in page


def test_the_page_opens_at_the_week_that_ended_and_steps_in_place(week):
    app, world = week
    client = sign_in(app, "deputy")
    page = page_of(client, f"/control/schools/{world.school}")
    assert "7–13 сентября 2026" in page
    assert f'hx-get="{path(world)}"' in page
    fragment = client.get(path(world), headers={"HX-Request": "true"})
    text = fragment.get_data(as_text=True)
    assert "<html" not in text and "14–20 сентября 2026" in text and "Неделя ещё идёт" in text
    assert "HX-Request" in fragment.headers["Vary"]


@pytest.mark.parametrize("rest", ["", "/shares/journals_marked", "/teachers/{teacher}", "/classes/{class}"])
def test_wrong_weeks_are_not_found(week, rest):
    app, world = week
    rest = rest.replace("{teacher}", str(world.people["teacher"])).replace("{class}", str(world.classes["5a"]))
    client = sign_in(app, "deputy")
    for wrong in ("вчера", "0001-01-01", "2026-99-01"):
        assert client.get(path(world, rest, week=wrong)).status_code == 404


def test_what_is_not_of_this_school_is_not_found(week):
    app, world = week
    client = sign_in(app, "deputy")
    for rest in (
        f"/teachers/{world.people['other-teacher']}", f"/teachers/{world.people['pupil']}", "/teachers/999999",
        f"/teachers/{world.people['other-teacher']}/lessons.csv", f"/classes/{world.classes['other-5a']}",
        f"/classes/{world.classes['other-5a']}/lessons.csv", f"/classes/{2**31}", "/shares/school_activity",
        "/shares/nothing/list.csv", "/teachers.exe", "/people.csv",
    ):  # fmt: skip
        assert client.get(path(world, rest)).status_code == 404, rest


def test_names_cannot_break_the_page_or_a_spreadsheet(week):
    app, world = week
    with app.app_context():
        teacher = db.session.get(Person, world.people["class-teacher"])
        teacher.last_name = "=1+1<script>"
        db.session.commit()
    client = sign_in(app, "deputy")
    assert "=1+1&lt;script&gt; В." in page_of(client, path(world))
    lines = client.get(path(world, "/teachers.csv")).get_data(as_text=True)
    assert "'=1+1<script> В." in lines


def test_pages_cost_the_same_statements_however_large_the_school(week, demo):
    app, world = week
    counts = []
    for one, login, address in (
        (app, "deputy", path(world)),
        (demo, "deputy", "/control/schools/1?week=2026-11-16"),
    ):
        client = one.test_client() if one is demo else sign_in(one, login)
        if one is demo:
            token = csrf(client, "/login")
            client.post("/login", data={"login": login, "password": "school-2020", "csrf_token": token})
        with statements(one) as seen:
            assert client.get(address).status_code == 200
        counts.append(len(seen))
    assert counts[0] == counts[1]
    assert counts[0] <= 18


@pytest.mark.parametrize("name", ["shares", "teachers", "classes"])
def test_page_spreadsheets_and_paper_tell_the_same(week, name):
    app, world = week
    client = sign_in(app, "deputy")
    shown = rows_of_page(page_of(client, path(world)), ("shares", "teachers", "classes").index(name))
    plain = [[cell.split(" ✕")[0].split(" ✓")[0].split(" !")[0] for cell in row] for row in shown]
    sent = client.get(path(world, f"/{name}.csv")).get_data().decode("utf-8-sig")
    assert list(csv.reader(io.StringIO(sent), delimiter=";"))[1:] == plain
    sheet = load_workbook(io.BytesIO(client.get(path(world, f"/{name}.xlsx")).get_data())).active
    rows = [
        ["" if cell is None else str(cell).split(" ✕")[0] for cell in row] for row in sheet.iter_rows(values_only=True)
    ]
    start = next(n for n, row in enumerate(rows) if row[0] == plain[0][0])
    assert rows[start : start + len(plain)] == plain
    assert isinstance(sheet.cell(start + 1, 3).value, int)
    words = pdf_words(client.get(path(world, f"/{name}.pdf")))
    for row in plain:
        assert " ".join(row[0].split()) in words


def pdf_words(answer) -> str:
    assert answer.mimetype == "application/pdf"
    pages = PdfReader(io.BytesIO(answer.get_data())).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def test_the_paper_to_sign_holds_the_week_and_no_pupil(week):
    app, world = week
    answer = sign_in(app, "deputy").get(path(world, "/paper.pdf"))
    words = pdf_words(answer)
    for part in (
        "Еженедельный контроль", "Школа № 1, 14–20 сентября 2026", "Показатели контроля", "По учителям", "Учителева А.",
        "По классам", "Журналы без отметок за неделю", "5А, Русский язык", "Отметки за период не выставлены",
        "Нет: всё на месте.", "Замечания и сроки исправления", "подпись", "страница 1 из",
    ):  # fmt: skip
        assert part in words, part
    for name in ("Яблокова", "Берёзов", "Ёлкина"):
        assert name not in words
    assert answer.headers["Cache-Control"] == "no-store"


def test_lists_and_lessons_can_be_taken_as_files(week):
    app, world = week
    client = sign_in(app, "deputy")
    for rest, word in (
        ("/shares/pupils_without_marks/list.csv", "Яблокова Анна;5А;2"),
        (f"/teachers/{world.people['teacher']}/lessons.csv", "пн, 14 сентября, 1-й урок;5А;Математика;2;всё записано"),
        (f"/classes/{world.classes['5a']}/lessons.csv", "Английский язык (1);Заменов О. (замена);0"),
    ):
        answer = client.get(path(world, rest))
        assert word in answer.get_data(as_text=True), rest
        assert "attachment" in answer.headers["Content-Disposition"]


def test_long_lists_come_in_parts(week, monkeypatch):
    app, world = week
    monkeypatch.setattr("portal.blueprints.control.routes.PAGE", 4)
    client = sign_in(app, "deputy")
    address = path(world, "/shares/homework_recorded")
    first = page_of(client, address)
    assert len(rows_of_page(first)) == 4 and "ещё 5" in text_of_page(first)
    last = page_of(client, f"{address}&start=8")
    assert len(rows_of_page(last)) == 1 and "Показаны с 9-го." in last and "Показать следующие" not in last


def test_the_pages_lead_to_the_guide_of_head_and_deputy(week):
    app, world = week
    page = page_of(sign_in(app, "head"), path(world))
    assert "/help/head#" in page
    guide = text_of_page(page_of(sign_in(app, "head"), "/help/head"))
    assert "Директору и завучу" in guide
    for share in shares():
        assert share.name in guide
