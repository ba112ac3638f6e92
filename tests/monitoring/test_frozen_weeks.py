"""A specialist freezes the week; a mark set late then changes the live figure and not the frozen one."""

from __future__ import annotations

import csv
import io
import re
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from portal.extensions import db
from portal.models.frozen import FrozenFigure, FrozenWeek
from tests.journal.steps import Desk
from tests.monitoring.conftest import WEEK, rows_of_page, text_of_page

NEXT_MONDAY = datetime(2026, 9, 21, 6, tzinfo=UTC)  # 09:00 in Moscow


@pytest.fixture
def over(monday):
    """The week of ``monday`` has ended; the office is at work on the Monday after it."""
    app, world = monday
    app.config["CLOCK"] = lambda: NEXT_MONDAY
    return app, world


def unit_path(world, rest=""):
    return f"/monitoring/municipalities/{world.municipality}{rest}"


def school_path(world, rest=""):
    return f"/monitoring/schools/{world.school}{rest}"


def freeze(desk, world, **more):
    return desk.send(unit_path(world, "/freeze"), week=WEEK, **more)


def words(desk, path):
    answer = desk.client.get(path)
    assert answer.status_code == 200, path
    return text_of_page(answer.get_data(as_text=True))


def hold_a_lesson_late(app, world):
    """On Monday the teacher sets last Tuesday's mark: one more lesson has something in the journal."""
    assert (
        Desk(app, world, "teacher")
        .mark("math-3", "pupil", "4", work_type=world.work_types["Ответ на уроке"])
        .status_code
        == 200
    )


def test_a_mark_set_late_changes_the_live_figure_and_not_the_frozen_one(over):
    app, world = over
    desk = Desk(app, world, "municipal")
    page = words(desk, unit_path(world))
    assert "Неделя не зафиксирована: показатели меняются вместе с журналом. Зафиксировать неделю" in page
    answer = freeze(desk, world)
    assert (answer.status_code, answer.location) == (303, unit_path(world, f"?week={WEEK}"))
    page = words(desk, answer.location)
    assert "✓ Неделя зафиксирована: 1 школа. Эти показатели не изменятся." in page
    assert "Неделя зафиксирована 21.09.2026 в 09:00 (Районова Н.). Было и стало Пересчитать" in page

    hold_a_lesson_late(app, world)
    for login in ("municipal", "head", "administrator", "regional"):
        rows = rows_of_page(Desk(app, world, login).client.get(school_path(world)).get_data(as_text=True), 1)
        kept = next(row for row in rows if row[0] == "Ведение классных журналов")
        assert kept[1] == "18 % сейчас 27 % (3 из 11)"
        assert kept[3:5] == ["2", "11"]
        planned = next(row for row in rows if row[0] == "Планирование уроков")
        assert planned[1] == "18 %"
    row = rows_of_page(desk.client.get(unit_path(world)).get_data(as_text=True))[0]
    assert "18 ✕ не выполнено" in row

    page = words(desk, school_path(world, "/indicators/journal_kept"))
    assert "18 % 2 из 11 ✕ не выполнено" in page
    assert "сейчас 27 % (3 из 11)" in page
    assert "Показатель — как зафиксирован, список ниже — как в журнале сейчас." in page
    assert "Без записей в журнале: 8 уроков" in page


def test_both_are_in_every_form_of_the_report(over):
    app, world = over
    desk = Desk(app, world, "municipal")
    freeze(desk, world)
    changes = unit_path(world, f"/changes?week={WEEK}")
    assert "Ничего не изменилось" in words(desk, changes)
    hold_a_lesson_late(app, world)
    page = desk.client.get(changes).get_data(as_text=True)
    rows = rows_of_page(page)
    assert (
        rows
        == [
            ["Школа № 1", "Ведение классных журналов", "18 ✕ не выполнено", "2", "11", "27 ✕ не выполнено", "3", "11"],
            ["Школа № 1", "Своевременное выставление оценок", "50 ✓ выполнено", "1", "2", "50 ✓ выполнено", "1", "2"],
        ][:1]
    )
    assert "Версия 1: 21.09.2026 в 09:00 (Районова Н.), 1 школа" in text_of_page(page)
    signless = [re.sub(r" [✓✕].*", "", cell) for cell in rows[0]]
    lines = csv.reader(
        io.StringIO(desk.client.get(changes.replace("changes", "changes.csv")).data.decode("utf-8-sig")), delimiter=";"
    )
    assert list(lines)[-1] == signless
    sheet = load_workbook(io.BytesIO(desk.client.get(changes.replace("changes", "changes.xlsx")).data)).active
    assert signless in [[str(cell) for cell in row] for row in sheet.iter_rows(values_only=True)]
    paper = PdfReader(io.BytesIO(desk.client.get(changes.replace("changes", "changes.pdf")).data))
    text = " ".join(" ".join(each.extract_text() for each in paper.pages).split())
    assert " ".join(signless) in re.sub(r" [✓✕]", "", text)
    assert "Версия 1: 21.09.2026 в 09:00 (Районова Н.), 1 школа." in text
    # the week's own files tell what was reported, and that it was
    week = desk.client.get(unit_path(world, f"/week.csv?week={WEEK}")).data.decode("utf-8-sig")
    assert ";18;" in week.splitlines()[1]
    paper = PdfReader(io.BytesIO(desk.client.get(unit_path(world, f"/week.pdf?week={WEEK}")).data))
    text = " ".join(" ".join(each.extract_text() for each in paper.pages).split())
    assert "Неделя зафиксирована 21.09.2026 в 09:00 (Районова Н.)" in text


def test_recomputing_keeps_what_was_and_shows_both(over):
    app, world = over
    desk = Desk(app, world, "municipal")
    freeze(desk, world)
    hold_a_lesson_late(app, world)
    page = desk.client.get(unit_path(world, f"/changes?week={WEEK}")).get_data(as_text=True)
    (seen,) = re.findall(r'name="seen" value="([^"]+)"', page)
    app.config["CLOCK"] = lambda: NEXT_MONDAY + timedelta(hours=1)
    answer = freeze(desk, world, seen=seen, next=unit_path(world, f"/changes?week={WEEK}"))
    assert answer.location == unit_path(world, f"/changes?week={WEEK}")
    page = words(desk, answer.location)
    assert "Неделя пересчитана: 1 школа. Прежние показатели на записи." in page
    assert (
        "Версия 1: 21.09.2026 в 09:00 (Районова Н.), 1 школа Версия 2: 21.09.2026 в 10:00 (Районова Н.), 1 школа"
        in page
    )
    rows = rows_of_page(desk.client.get(answer.location).get_data(as_text=True))
    assert rows[0][2:] == ["18 ✕ не выполнено", "2", "11", *["27 ✕ не выполнено", "3", "11"] * 2]
    rows = rows_of_page(desk.client.get(school_path(world)).get_data(as_text=True), 1)
    assert next(row for row in rows if row[0] == "Ведение классных журналов")[1] == "27 %"
    assert "в 10:00 (Районова Н.), версия 2." in words(desk, unit_path(world))
    # the same form once more
    freeze(desk, world, seen=seen)
    assert "Неделя уже зафиксирована: ничего не изменилось." in words(desk, unit_path(world))
    with app.app_context():
        assert db.session.query(FrozenWeek).count() == 2


def test_the_same_order_twice_freezes_once(over):
    app, world = over
    desk = Desk(app, world, "municipal")
    for said in ("Неделя зафиксирована: 1 школа", "Неделя уже зафиксирована"):
        freeze(desk, world)
        assert said in words(desk, unit_path(world))
    with app.app_context():
        assert (db.session.query(FrozenWeek).count(), db.session.query(FrozenFigure).count()) == (1, 13)


def test_a_running_week_is_refused_with_its_day(monday):
    app, world = monday
    desk = Desk(app, world, "municipal")
    assert "Зафиксировать неделю" not in words(desk, unit_path(world, f"?week={WEEK}"))
    answer = freeze(desk, world)
    assert answer.status_code == 409
    assert "Зафиксировать её можно с понедельника, 21 сентября" in text_of_page(answer.get_data(as_text=True))
    with app.app_context():
        assert db.session.query(FrozenWeek).count() == 0


@pytest.mark.parametrize(
    "form", [{"week": ""}, {"week": "вчера"}, {"week": "2026-02-30"}, {"week": WEEK, "seen": "x"},
             {"week": WEEK, "seen": "2026-09-21T09:00:00"}],
)  # fmt: skip
def test_what_no_page_sends_is_refused(over, form):
    app, world = over
    desk = Desk(app, world, "municipal")
    assert desk.send(unit_path(world, "/freeze"), **form).status_code == 422


def test_no_form_leads_to_another_site(over):
    app, world = over
    answer = freeze(Desk(app, world, "municipal"), world, next="https://example.org/")
    assert answer.location == unit_path(world, f"?week={WEEK}")


def test_the_region_freezes_all_of_it_and_sees_what_is_left(over):
    app, world = over
    freeze(Desk(app, world, "municipal"), world)
    desk = Desk(app, world, "regional")
    path = f"/monitoring/regions/{world.region}"
    assert "Неделя зафиксирована не у всех школ: 1 из 2, последний раз 21.09.2026 в 09:00 (Районова Н.)" in words(
        desk, path
    )
    assert desk.send(f"{path}/freeze", week=WEEK).location == f"{path}?week={WEEK}"
    assert "Неделя зафиксирована: 1 школа." in words(desk, path)
    assert "Неделя зафиксирована 21.09.2026 в 09:00" in words(Desk(app, world, "other-municipal"),
        f"/monitoring/municipalities/{world.other_municipality}")  # fmt: skip


def test_a_week_not_frozen_has_nothing_to_compare(over):
    app, world = over
    desk = Desk(app, world, "head")
    page = words(desk, school_path(world, f"/changes?week={WEEK}"))
    assert "Неделя не зафиксирована" in page
    assert "Зафиксировать неделю" not in words(desk, school_path(world))


def test_two_who_freeze_at_once_freeze_once(over):
    app, world = over
    desks = [Desk(app, world, login) for login in ("municipal", "regional")]
    with ThreadPoolExecutor(len(desks)) as pool:
        answers = list(pool.map(lambda desk: freeze(desk, world).status_code, desks * 3))
    assert set(answers) == {303}
    with app.app_context():
        assert (db.session.query(FrozenWeek).count(), db.session.query(FrozenFigure).count()) == (1, 13)
