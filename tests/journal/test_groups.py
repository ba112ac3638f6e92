"""«Журнал»: today's lessons with what each lacks, and the journals one may open."""

from __future__ import annotations

from datetime import timedelta

from portal.extensions import db
from portal.models.journal import Lesson
from portal.models.organisation import AcademicYear
from portal.models.people import SchoolClass
from tests.journal.steps import Desk
from tests.small_school import NOON


def test_a_teacher_sees_todays_lessons_with_what_each_lacks(small):
    desk = Desk(*small, "teacher")
    page = desk.read("/journal")
    assert "Сегодня, ср, 16 сентября" in page
    assert "нет: тема, отметки или «Урок проведён», домашнее задание" in page
    desk.details("math-3", topic="Дроби", conducted="y")
    assert "нет: домашнее задание" in desk.read("/journal")
    desk.homework("math-3", "§ 5")
    page = desk.read("/journal")
    assert "заполнен" in page
    assert "нет:" not in page


def test_a_mark_or_an_absence_is_enough_to_keep_a_lesson(small):
    desk = Desk(*small, "teacher")
    desk.attend("math-3", "pupil", "Н")
    assert "нет: тема, домашнее задание" in desk.read("/journal")


def test_homework_is_not_missed_in_a_first_grade(small):
    desk = Desk(*small, "teacher")
    with desk.app.app_context():
        db.session.get(SchoolClass, desk.small.classes["5a"]).grade = 1
        db.session.commit()
    assert "домашнее задание" not in desk.read("/journal")


def test_a_cancelled_lesson_lacks_nothing(small):
    desk = Desk(*small, "teacher")
    with desk.app.app_context():
        db.session.get(Lesson, desk.small.lessons["math-3"]).status = "cancelled"
        db.session.commit()
    page = desk.read("/journal")
    assert "отменён" in page
    assert "нет:" not in page


def test_a_substituted_lesson_is_in_the_substitutes_list_on_its_day(small):
    app, world = small
    substitute = Desk(app, world, "substitute")
    assert "Уроков сегодня нет" not in substitute.read("/journal")  # no own groups at all: a word on what to do
    assert "Группы назначает завуч" in substitute.read("/journal")
    app.config["CLOCK"] = lambda: NOON - timedelta(days=1)
    page = substitute.read("/journal")
    assert "Английский язык, группа 1" in page
    assert "замена" in page
    assert f"/journal/groups/{world.groups['english']}" not in page


def test_today_is_the_schools_own(small):
    app, world = small
    app.config["CLOCK"] = lambda: NOON.replace(hour=21, minute=30)  # Thursday 00:30 in Moscow
    desk = Desk(app, world, "teacher")
    assert f'/journal/lessons/{world.lessons["math-4"]}"' in desk.read("/journal")


def test_each_role_has_its_journals(small):
    app, world = small
    math, russian, foreign = (f'/journal/groups/{world.groups[word]}"' for word in ("math", "russian", "other-math"))
    for login, seen, unseen in (
        ("teacher", (math,), (russian, foreign)),
        ("class-teacher", (math, russian), (foreign,)),
        ("head", (math, russian), (foreign,)),
        ("deputy", (math, russian), (foreign,)),
        ("administrator", (), (math, russian, foreign)),
        ("other-teacher", (foreign,), (math, russian)),
    ):
        page = Desk(app, world, login).read("/journal")
        assert all(link in page for link in seen), login
        assert not any(link in page for link in unseen), login


def test_last_years_journals_leave_the_list_when_the_next_year_begins(small):
    app, world = small
    with app.app_context():
        year = db.session.query(AcademicYear).filter_by(school_id=world.school).one()
        year.ends_on = NOON.date() - timedelta(days=93)
        db.session.commit()
    assert f'/journal/groups/{world.groups["math"]}"' not in Desk(app, world, "teacher").read("/journal")


def test_a_day_without_lessons_points_to_the_schedule(small):
    app, world = small
    app.config["CLOCK"] = lambda: NOON + timedelta(days=4)  # Sunday
    assert "Уроков сегодня нет" in Desk(app, world, "teacher").read("/journal")
