"""«Что изменилось с прошлого раза»: since the viewer's last look before today, and for nobody else."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest

from portal.access.actor import load_actor
from portal.extensions import db
from portal.models.activity import DiaryView
from portal.models.journal import Attendance, Homework, Mark, PeriodMark
from portal.operations.journal import MarkEntry, set_attendance, set_mark
from portal.operations.journal_period_marks import set_period_mark
from tests.reading import text
from tests.small_school import MONDAY, NOON, sign_in

SEEN = datetime(2026, 9, 14, 17, 0, tzinfo=UTC)  # Monday 20:00 in Moscow
BEFORE, AFTER = SEEN - timedelta(hours=1), SEEN + timedelta(hours=15)


@pytest.fixture
def seen(small):
    """The small school whose guardian looked last on Monday evening; it is Wednesday noon."""
    app, world = small
    with app.app_context():
        db.session.add(
            DiaryView(pupil_id=world.people["pupil"], viewer_id=world.people["guardian"], viewed_at=SEEN)
        )  # fmt: skip
        db.session.commit()
    return app, world


def at_work(app, world, login="teacher"):
    return load_actor(world.people[login], login, MONDAY)


def news(app, world, login="guardian", query=""):
    html = sign_in(app, login).get(f"/diary/pupils/{world.people['pupil']}{query}").get_data(as_text=True)
    fold = re.search(r'<details class="fold"[^>]*>\s*<summary>Новое.*?</details>', html, re.S)
    return text(fold[0]) if fold else "", text(html)


def put_mark(world, word, value, at, **more):
    row = Mark(
        lesson_id=world.lessons[word], pupil_id=world.people["pupil"], value=value,
        work_type_id=world.work_types["Ответ на уроке"], set_at=at, **more,
    )  # fmt: skip
    db.session.add(row)
    return row


def test_new_marks_absences_homework_and_period_marks(seen):
    app, world = seen
    with app.app_context():
        put_mark(world, "math-1", "5", BEFORE)
        put_mark(world, "math-2", "4", AFTER)
        for word, at in (("math-1", BEFORE), ("russian-2", AFTER)):
            db.session.add(
                Attendance(lesson_id=world.lessons[word], pupil_id=world.people["pupil"], code="Н", set_at=at)
            )  # fmt: skip
        for word, words, at in (
            ("math-4", "новое задание", AFTER), ("math-5", "старое задание", BEFORE), ("math-2", "вчерашнее", AFTER),
        ):  # fmt: skip
            db.session.add(
                Homework(group_id=world.groups["math"], lesson_id=world.lessons[word], text=words, issued_at=at)
            )  # fmt: skip
        db.session.add(
            Homework(
                group_id=world.groups["math"], lesson_id=world.lessons["math-6"], text="переписанное",
                issued_at=BEFORE, updated_at=AFTER,
            )
        )  # fmt: skip
        db.session.add(
            PeriodMark(
                period_id=world.quarter, group_id=world.groups["math"], pupil_id=world.people["pupil"], value="4",
                set_at=AFTER,
            )
        )  # fmt: skip
        db.session.commit()
    fold, _ = news(app, world)
    assert "Новое с пн, 14 сентября: 5" in fold
    assert "Математика , вт, 15 сентября: 4 Ответ на уроке" in fold
    assert "Русский язык , вт, 15 сентября: Н пропуск" in fold
    assert "задано на чт, 17 сентября: новое задание" in fold
    assert "изменено задание на пн, 21 сентября: переписанное" in fold
    assert "Математика , 1 четверть: 4" in fold
    for old in ("старое задание", "вчерашнее", "5 Ответ на уроке"):
        assert old not in fold


def test_a_corrected_mark_tells_both_values_and_a_removed_one_that_it_is_gone(seen):
    app, world = seen
    with app.app_context():
        first, second = put_mark(world, "math-1", "3", BEFORE), put_mark(world, "russian-1", "2", BEFORE)
        db.session.flush()
        kind = world.work_types["Ответ на уроке"]
        teacher, other = at_work(app, world), at_work(app, world, "class-teacher")
        pupil = world.people["pupil"]
        set_mark(world.lessons["math-1"], pupil, MarkEntry("4", kind, first.id, seen=f"3:{kind}"), by=teacher, at=AFTER)
        set_mark(world.lessons["math-1"], pupil, MarkEntry("5", kind, first.id, seen=f"4:{kind}"), by=teacher, at=AFTER)
        set_mark(
            world.lessons["russian-1"], pupil, MarkEntry("", None, second.id, seen=f"2:{kind}"), by=other, at=AFTER
        )
        db.session.commit()
    fold, _ = news(app, world)
    assert "Математика , пн, 14 сентября: было 3 · Ответ на уроке, стало 5 · Ответ на уроке" in fold
    assert "отметка убрана (была 2 · Ответ на уроке)" in fold


def test_what_came_and_went_unseen_is_no_news(seen):
    app, world = seen
    with app.app_context():
        kind, teacher, pupil = world.work_types["Ответ на уроке"], at_work(app, world), world.people["pupil"]
        row = set_mark(world.lessons["math-2"], pupil, MarkEntry("2", kind, key="k"), by=teacher, at=AFTER)
        set_mark(world.lessons["math-2"], pupil, MarkEntry("", None, row.id, seen=f"2:{kind}"), by=teacher, at=AFTER)
        db.session.commit()
    fold, words = news(app, world)
    assert fold == ""
    assert "С пн, 14 сентября ничего не изменилось" in words


def test_a_mark_that_came_and_was_corrected_unseen_is_new_with_what_stands(seen):
    app, world = seen
    with app.app_context():
        kind, teacher, pupil = world.work_types["Ответ на уроке"], at_work(app, world), world.people["pupil"]
        row = set_mark(world.lessons["math-2"], pupil, MarkEntry("2", kind, key="k"), by=teacher, at=AFTER)
        entry = MarkEntry("5", kind, row.id, seen=f"2:{kind}")
        set_mark(world.lessons["math-2"], pupil, entry, by=teacher, at=AFTER + timedelta(minutes=1))
        db.session.commit()
    fold, _ = news(app, world)
    assert "5 Ответ на уроке" in fold
    assert "было" not in fold


def test_an_absence_corrected_and_one_taken_back(seen):
    app, world = seen
    with app.app_context():
        teacher, other, pupil = at_work(app, world), at_work(app, world, "class-teacher"), world.people["pupil"]
        for word, by in (("math-1", teacher), ("russian-1", other)):
            set_attendance(world.lessons[word], pupil, "Н", seen="", by=by, at=BEFORE)
        set_attendance(world.lessons["math-1"], pupil, "У", seen="Н", by=teacher, at=AFTER)
        set_attendance(world.lessons["russian-1"], pupil, "", seen="Н", by=other, at=AFTER)
        db.session.commit()
    fold, _ = news(app, world)
    assert "вместо «пропуск» — «уважительная причина»" in fold
    assert "вместо «пропуск» отметки о посещении нет" in fold
    assert "Новое с пн, 14 сентября: 2" in fold


def test_a_period_mark_corrected(seen):
    app, world = seen
    with app.app_context():
        teacher, pupil, math = at_work(app, world), world.people["pupil"], world.groups["math"]
        set_period_mark(math, pupil, world.quarter, "3", seen="", by=teacher, at=BEFORE)
        set_period_mark(math, pupil, world.quarter, "4", seen="3", by=teacher, at=AFTER)
        set_period_mark(math, pupil, None, "5", seen="", by=teacher, at=AFTER)
        db.session.commit()
    fold, _ = news(app, world)
    assert "Математика , 1 четверть: было 3, стало 4" in fold
    assert "Математика , год: 5" in fold


def test_opening_again_today_keeps_the_news_and_tomorrow_they_are_gone(seen):
    app, world = seen
    with app.app_context():
        put_mark(world, "math-2", "4", AFTER)
        db.session.commit()
    for _ in range(2):
        assert "Новое с пн, 14 сентября: 1" in news(app, world)[0]
    app.config["CLOCK"] = lambda: NOON + timedelta(days=1)
    fold, words = news(app, world)
    assert fold == ""
    assert "С ср, 16 сентября ничего не изменилось" in words


def test_news_are_the_viewers_own_and_only_in_the_present_week(seen):
    app, world = seen
    with app.app_context():
        put_mark(world, "math-2", "4", AFTER)
        db.session.commit()
    for login in ("class-teacher", "deputy"):  # their looks do not count
        assert "Новое" not in news(app, world, login)[1]
        assert "ничего не изменилось" not in news(app, world, login)[1]
    assert news(app, world, query="?week=2026-09-07")[0] == ""


def test_many_changes_are_cut_and_the_rest_is_counted(seen):
    app, world = seen
    with app.app_context():
        for n in range(15):
            put_mark(world, "math-2", "45"[n % 2], AFTER + timedelta(seconds=n))
        db.session.commit()
    fold, _ = news(app, world)
    assert "Новое с пн, 14 сентября: 15" in fold
    assert "И ещё 3 изменения" in fold


def test_the_first_look_tells_the_last_seven_days_and_that_it_is_the_first(seen):
    app, world = seen
    fold, words = news(app, world, "pupil")
    assert fold == ""
    assert "вы смотрите дневник впервые. За последние 7 дней записей нет." in words
    with app.app_context():
        put_mark(world, "math-1", "3", NOON - timedelta(days=9))
        put_mark(world, "math-2", "4", AFTER)
        db.session.commit()
    for _ in range(2):  # till the day's end, however often they look
        assert "Новое: вы смотрите дневник впервые, за последние 7 дней — 1" in news(app, world, "pupil")[0]
    app.config["CLOCK"] = lambda: NOON + timedelta(days=1)
    assert "С ср, 16 сентября ничего не изменилось" in news(app, world, "pupil")[1]
    assert "впервые" not in news(app, world, "pupil", "?week=2026-09-07")[1]
