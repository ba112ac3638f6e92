"""The region sets its activity profile in the browser; municipalities read it; the past stays as it was judged."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from portal.content.profiles import as_text, from_text, profile, profiles
from portal.extensions import db
from portal.models.activity import ActivityCriterion, ActivityProfile, ProfileChange
from portal.operations.profiles import adopt_profile
from portal.queries.indicators import school_week
from portal.values.texts import digest
from portal.values.week import Week
from tests.journal.steps import Desk
from tests.monitoring.conftest import monday, rows_of_page, text_of_page  # noqa: F401 - a fixture

THIS, NEXT = Week(date(2026, 9, 14)), Week(date(2026, 9, 21))
STRICT = {
    "name": "Строже, 2026", "from_week": "2026-09-21",
    "role_journal_kept": "counted", "threshold_journal_kept": "15,5",
    "role_lessons_planned": "counted", "threshold_lessons_planned": "20",
    "role_teachers_esia": "shown", "threshold_teachers_esia": "30",
}  # fmt: skip
"""The form as a browser sends it, what stays out left out."""


def form(**changed):
    outside = {f"role_{code}": "" for code in (
        "teachers_activated", "pupils_activated", "guardians_activated", "accounts_activated", "guardian_engagement",
        "teachers_category", "timetable_filled", "marks_timely", "homework_timely")}  # fmt: skip
    return {**outside, **STRICT, "action": "save", **changed}


@pytest.fixture
def region(monday):  # noqa: F811
    app, world = monday
    return Desk(app, world, "regional"), f"/profiles/regions/{world.region}", world


def words(answer, status=200):
    assert answer.status_code == status
    return text_of_page(answer.get_data(as_text=True))


def kept(world):
    """(name, first week) of the region's sets, and their rows."""
    sets = db.session.execute(
        select(ActivityProfile.id, ActivityProfile.name, ActivityProfile.from_week)
        .where(ActivityProfile.region_id == world.region)
        .order_by(ActivityProfile.from_week)
    ).all()
    rows = db.session.execute(
        select(ActivityCriterion.indicator, ActivityCriterion.threshold, ActivityCriterion.counted).where(
            ActivityCriterion.profile_id.in_([row.id for row in sets])
        )
    )
    return [(row.name, row.from_week) for row in sets], sorted(map(tuple, rows))


def test_without_a_set_of_its_own_the_products_holds(region):
    desk, path, _ = region
    page = words(desk.client.get(path))
    assert "По умолчанию ✓ действует у региона нет своего набора: действует набор портала" in page
    assert "Изменений в портале пока не было." in page
    edit = desk.client.get(f"{path}/edit").get_data(as_text=True)
    assert re.search(
        r'<option selected value="2026-09-21">понедельника, 21 сентября 2026|<option value="2026-09-21"', edit
    )
    assert 'value="2026-09-14"' not in edit
    assert 'id="threshold_accounts_activated"' in edit


def test_a_set_holds_from_its_week_on_and_one_sent_twice_is_one(region):
    desk, path, world = region
    for _ in range(2):
        answer = desk.send(f"{path}/edit", **form())
        assert (answer.status_code, answer.location) == (303, path)
    page = words(desk.client.get(path))
    assert "Набор «Строже, 2026» сохранён: действует с 21 сентября." in page
    assert "Строже, 2026 ! начнёт действовать с 21 сентября 2026" in page
    assert "Ведение классных журналов 15,5 % считается" in page
    assert "Учителя: авторизация через ЕСИА 30 % только показывается" in page
    assert "По умолчанию ✓ действует" in page
    assert page.count("новый набор «Строже, 2026»") == 1
    assert "16.09.2026 12:00 Областнова Н. 21 сентября 2026 новый набор" in page
    with desk.app.app_context():
        assert kept(world) == (
            [("Строже, 2026", NEXT.start)],
            [("journal_kept", 1550, True), ("lessons_planned", 2000, True), ("teachers_esia", 3000, False)],
        )
        now, then = (school_week(world.school, week) for week in (THIS, NEXT))
        assert now.activity.percent.denominator == 6
        assert then.activity.percent.denominator == 2
        assert then.figures["teachers_esia"].threshold == 30


def test_a_coming_set_is_changed_and_taken_back_and_history_tells(region):
    desk, path, world = region
    desk.send(f"{path}/edit", **form())
    page = desk.client.get(f"{path}/edit?week=2026-09-21").get_data(as_text=True)
    (seen,) = re.findall(r'name="seen"[^>]*value="([^"]+)"', page)
    assert 'value="15,5"' in page
    changed = form(seen=seen, name="Мягче", threshold_lessons_planned="10", role_marks_timely="counted",
                   threshold_marks_timely="40", role_teachers_esia="")  # fmt: skip
    assert desk.send(f"{path}/edit", **changed).status_code == 303
    page = words(desk.client.get(path))
    for line in (
        "название: «Строже, 2026» → «Мягче»",
        "Планирование уроков: считается от 20 % → считается от 10 %",
        "Учителя: авторизация через ЕСИА: показывается, порог 30 % → не входит",
        "Своевременное выставление оценок: не входит → считается от 40 %",
    ):
        assert line in page
    for _ in range(2):
        assert desk.send(f"{path}/withdraw", week="2026-09-21").status_code == 303
    page = words(desk.client.get(path))
    assert page.count("набор отменён") == 1
    assert "начнёт действовать" not in page
    with desk.app.app_context():
        assert kept(world) == ([], [])
        assert len(db.session.scalars(select(ProfileChange)).all()) == 3


def test_two_who_change_the_same_set_do_not_overwrite_each_other(region):
    desk, path, world = region
    desk.send(f"{path}/edit", **form())
    answer = desk.send(f"{path}/edit", **form(name="Другой"))  # opened before the first one was saved
    assert "Набор с 21 сентября уже есть, и вы его не видели" in words(answer, 409)
    assert "Другой" in answer.get_data(as_text=True)
    with desk.app.app_context():
        assert kept(world)[0] == [("Строже, 2026", NEXT.start)]


@pytest.mark.parametrize("week", ["2026-09-14", "2026-09-07", "2020-09-07"])
def test_a_week_that_has_begun_keeps_its_set(region, week):
    desk, path, world = region
    answer = desk.send(f"{path}/edit", **form(from_week=week))
    page = words(answer, 409)
    assert "уже началась: её показатели считаются по нынешнему набору." in page
    assert "Новый может действовать с понедельника, 21 сентября, или позже." in page
    with desk.app.app_context():
        adopt_profile(world.region, profile("Дагестан, 2020"), Week(date(2026, 9, 7)), at=datetime.now(UTC))
        db.session.commit()
    assert desk.send(f"{path}/withdraw", week="2026-09-07").status_code == 409
    assert desk.client.get(f"{path}/edit?week=2026-09-07").status_code == 404


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"name": " "}, "Назовите набор."),
        ({"name": "я" * 101}, "Название не длиннее 100 знаков."),
        ({"from_week": "вчера"}, "Выберите неделю из списка."),
        ({"from_week": "2026-09-22"}, "Выберите неделю из списка."),
        ({"from_week": "9999-12-27"}, "Выберите неделю из списка."),
        ({"from_week": ""}, "Выберите неделю"),
        ({"threshold_journal_kept": ""}, "Укажите порог."),
        ({"threshold_journal_kept": "много"}, "Порог — число, например 50 или 66,5."),
        ({"threshold_journal_kept": "nan"}, "Порог — число, например 50 или 66,5."),
        ({"threshold_journal_kept": "0"}, "Порог — больше 0 и не больше 100."),
        ({"threshold_journal_kept": "-5"}, "Порог — больше 0 и не больше 100."),
        ({"threshold_journal_kept": "101"}, "Порог — больше 0 и не больше 100."),
        ({"threshold_journal_kept": "66,555"}, "Не больше двух знаков после запятой."),
        ({"role_journal_kept": "всегда"}, "Выберите из списка."),
    ],
)
def test_what_is_wrong_is_told_at_its_place(region, changed, said):
    desk, path, world = region
    answer = desk.send(f"{path}/edit", **form(**changed))
    page = words(answer, 422)
    assert said in page
    assert "Набор не сохранён: исправьте отмеченное." in page
    with desk.app.app_context():
        assert kept(world) == ([], [])


def test_a_set_that_counts_nothing_is_refused(region):
    desk, path, _ = region
    nothing = {"role_journal_kept": "shown", "role_lessons_planned": ""}
    assert "Ни один показатель не считается." in words(desk.send(f"{path}/edit", **form(**nothing)), 409)


def test_the_preview_shows_last_week_by_the_new_set_and_keeps_nothing(region):
    desk, path, world = region
    desk.app.config["CLOCK"] = lambda: datetime(2026, 9, 22, 9, tzinfo=UTC)
    coming = form(action="preview", from_week="2026-09-28")
    page = words(desk.send(f"{path}/edit", **coming))
    # 18 % of lessons are planned and kept: by the new set one of two criteria is met, by the old one three of six
    assert "Если бы набор действовал 14–20 сентября 2026 Из 2 школ активность изменится у" in page
    html = desk.send(f"{path}/edit", **coming | {"threshold_lessons_planned": "15"}).get_data(as_text=True)
    assert ["100 %", "0", "1"] in rows_of_page(html, 1)
    assert ["Школа № 1", "Ближний район", "50 ✕ не выполнено", "100 ✓ выполнено", "ниже 85 % → 100 %"] in rows_of_page(
        html, 2
    )
    assert "в другую группу перейдёт 1 школа" in text_of_page(html)
    part = desk.send(f"{path}/edit", htmx=True, **coming)
    assert "<h1" not in part.get_data(as_text=True)
    assert 'value="15,5"' in part.get_data(as_text=True)
    with desk.app.app_context():
        assert kept(world) == ([], [])


def test_municipalities_read_what_the_region_has_set(region):
    desk, path, world = region
    desk.send(f"{path}/edit", **form())
    municipal = Desk(desk.app, world, "municipal")
    page = municipal.client.get(f"/profiles/municipalities/{world.municipality}")
    assert "Строже, 2026" in words(page)
    assert "Набор задаёт регион." in words(page)
    assert "/edit" not in page.get_data(as_text=True)
    assert f'href="/profiles/municipalities/{world.municipality}"' in municipal.read(
        f"/monitoring/municipalities/{world.municipality}"
    )
    assert municipal.send(f"{path}/edit", **form()).status_code == 404


def test_starting_points(region):
    desk, path, _ = region
    page = words(desk.client.get(path))
    for template in profiles():
        assert f"Начать с «{template.name}»" in page
    edit = desk.client.get(f"{path}/edit", query_string={"template": "Дагестан, 2020"}).get_data(as_text=True)
    assert re.search(r'id="threshold_teachers_activated"[^>]*value="70"', edit)
    assert desk.client.get(f"{path}/edit?template=x").status_code == 404
    assert desk.client.get(f"{path}/edit?week=2026-09-28").status_code == 404
    assert desk.client.get(f"{path}/edit?week=x").status_code == 404
    assert desk.send(f"{path}/withdraw", week="x").status_code == 422


def test_a_hostile_name_stays_text(region):
    desk, path, _ = region
    desk.send(f"{path}/edit", **form(name="<script>alert(1)</script>"))
    assert "<script>alert" not in desk.client.get(path).get_data(as_text=True)


def test_a_set_is_the_same_text_in_whatever_order():
    one = profile("Дагестан, 2020")
    assert as_text(from_text(as_text(one))) == as_text(one)
    assert digest(as_text(one)) != digest(as_text(profile("По умолчанию")))
