"""A pupil's diary as the family reads it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from portal.extensions import db
from portal.models.journal import Attendance, Homework, Lesson, Mark, WorkType
from portal.models.organisation import Vacation
from portal.models.people import Enrolment, Guardianship, SchoolClass
from tests.reading import section, text
from tests.small_school import MONDAY, NOON, SmallSchool, group, lesson, person, sign_in


def mark(small: SmallSchool, lesson_word: str, value: str, work_type: str = "Ответ на уроке", **more: object) -> Mark:
    """A mark of «pupil» in a lesson."""
    given = {"pupil_id": small.people["pupil"], "set_at": NOON, **more}
    row = Mark(lesson_id=small.lessons[lesson_word], value=value, work_type_id=small.work_types[work_type], **given)
    db.session.add(row)
    return row


def homework(small: SmallSchool, due_at: str | None, words: str, group_word: str = "math", **more: object) -> Homework:
    row = Homework(
        group_id=small.groups[group_word], lesson_id=small.lessons[due_at] if due_at else None, text=words,
        **{"issued_at": NOON, **more},
    )  # fmt: skip
    db.session.add(row)
    return row


def the(small: SmallSchool, word: str) -> Lesson:
    found = db.session.get(Lesson, small.lessons[word])
    assert found is not None
    return found


@pytest.fixture
def written(small):
    """The small school with a week's entries of «pupil»."""
    app, world = small
    with app.app_context():
        monday = the(world, "math-1")
        monday.topic, monday.comment = "Дроби", "Принести циркуль"
        db.session.get(WorkType, world.work_types["Контрольная работа"]).weight = 3
        mark(world, "math-1", "5")
        mark(world, "math-1", "3", "Контрольная работа")
        mark(world, "russian-1", "2", removed_at=NOON)
        mark(world, "russian-1", "4", pupil_id=world.people["pupil-2"])
        db.session.add(
            Attendance(
                lesson_id=world.lessons["russian-2"], pupil_id=world.people["pupil"], code="Б", set_at=NOON
            )
        )  # fmt: skip
        homework(world, "math-4", "§ 5, № 120")
        homework(world, "math-4", "взято назад", removed_at=NOON)
        db.session.commit()
    return app, world


def diary(app, world, login="guardian", pupil="pupil", query="", **more):
    answer = sign_in(app, login).get(f"/diary/pupils/{world.people[pupil]}{query}", **more)
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def test_the_week_tells_topics_homework_marks_absences_and_comments(written):
    html = diary(*written)
    monday = section(html, "пн, 14 сентября")
    assert "1 · 08:30–09:15 Математика" in monday
    assert "5 Ответ на уроке" in monday
    assert "3 вес 3 Контрольная работа" in monday
    assert "Дроби" in monday
    assert "Комментарий: Принести циркуль" in monday
    assert "Б болезнь" in section(html, "вт, 15 сентября")
    assert "Задано: § 5, № 120" in section(html, "чт, 17 сентября")


def test_what_was_removed_and_what_is_anothers_is_not_there(written):
    html = text(diary(*written))
    assert "взято назад" not in html
    monday = section(diary(*written), "пн, 14 сентября")
    assert "Русский язык" in monday
    assert monday.rstrip().endswith("Русский язык"), "neither the removed mark nor the classmate's"


def test_a_changed_mark_shows_what_stands(written):
    app, world = written
    with app.app_context():
        db.session.query(Mark).filter_by(value="5").one().value = "4"
        db.session.commit()
    monday = section(diary(app, world), "пн, 14 сентября")
    assert "4 Ответ на уроке" in monday
    assert "5 Ответ" not in monday


def test_today_comes_first_and_the_earlier_days_last(written):
    words = text(diary(*written)).partition("Отметки недели по предметам")[2]
    order = [
        words.index(day) for day in ("ср, 16 сентября", "чт, 17 сентября", "Раньше на этой неделе", "пн, 14 сентября")
    ]
    assert order == sorted(order)


def test_another_week_goes_from_monday_on(written):
    words = text(diary(*written, query="?week=2026-09-21"))
    assert "Раньше на этой неделе" not in words
    assert words.index("пн, 21 сентября") < words.index("пт, 25 сентября")


@pytest.mark.parametrize("now", [datetime(2026, 9, 18, 18, 0, tzinfo=UTC), datetime(2026, 9, 20, 9, 0, tzinfo=UTC)])
def test_after_the_last_lesson_of_the_week_the_next_school_day_is_there(written, now):
    app, world = written
    with app.app_context():
        homework(world, "math-6", "к понедельнику")
        db.session.commit()
    app.config["CLOCK"] = lambda: now
    monday = section(diary(app, world), "пн, 21 сентября")
    assert "следующий учебный день" in monday
    assert "к понедельнику" in monday


def test_after_todays_last_lesson_the_next_school_day_is_the_first_on_a_phone(written):
    app, world = written
    for hour, first in ((6, False), (8, True)):  # the last lesson ends at 10:15 in Moscow
        app.config["CLOCK"] = lambda hour=hour: datetime(2026, 9, 16, hour, 0, tzinfo=UTC)
        assert ('class="day first"' in diary(app, world)) is first
        assert ("следующий учебный день" in section(diary(app, world), "чт, 17 сентября")) is first


def test_on_a_school_day_nothing_of_the_next_week_is_shown(written):
    assert "21 сентября" not in text(diary(*written))


def test_homework_without_a_next_lesson_is_told_where_it_was_given(written):
    app, world = written
    with app.app_context():
        homework(world, None, "ждёт расписания", given_at_id=world.lessons["math-3"])
        db.session.commit()
    assert "Задано к следующему уроку: ждёт расписания" in section(diary(app, world), "ср, 16 сентября")


def test_cancelled_moved_and_substituted_lessons_say_so(written):
    app, world = written
    with app.app_context():
        the(world, "russian-4").status = "cancelled"
        the(world, "math-5").moved_from = MONDAY + timedelta(days=3)
        db.session.commit()
    html = diary(app, world)
    thursday, friday = section(html, "чт, 17 сентября"), section(html, "пт, 18 сентября")
    assert "отменён" in thursday
    assert "перенесён на пт, 18 сентября" in thursday
    assert "перенесён с чт, 17 сентября" in friday
    assert "заменяет Заменов О." in section(html, "вт, 15 сентября")


def test_only_own_subgroups_and_both_of_two_lessons_at_once(written):
    app, world = written
    with app.app_context():
        lesson(world, "both", "russian", MONDAY, 1)
        db.session.commit()
    assert section(diary(app, world), "пн, 14 сентября").count("1 · 08:30–09:15") == 2
    assert "Английский" in section(diary(app, world), "вт, 15 сентября")
    assert "Английский" not in text(diary(app, world, pupil="pupil-2"))


def test_a_change_of_class_in_mid_week(written):
    app, world = written
    with app.app_context():
        other = SchoolClass(key="5b", school_id=world.school, year=2026, grade=5, letter="Б")
        db.session.add(other)
        db.session.flush()
        world.classes["5b"] = other.id
        group(world, "music", "5b", "Музыка", "teacher")
        for n in range(5):
            lesson(world, f"music-{n}", "music", MONDAY + timedelta(days=n), 4)
        db.session.query(Enrolment).filter_by(person_id=world.people["pupil"]).one().left_on = date(2026, 9, 16)
        db.session.add(Enrolment(class_id=other.id, person_id=world.people["pupil"], enrolled_on=date(2026, 9, 16)))
        db.session.commit()
    html = diary(app, world)
    assert "5А, 5Б" in text(html)
    assert "Дроби" in section(html, "пн, 14 сентября")
    assert "Музыка" not in section(html, "вт, 15 сентября")
    wednesday = section(html, "ср, 16 сентября")
    assert "Музыка" in wednesday
    assert "Математика" not in wednesday


def test_a_pupil_who_left_is_still_read_by_the_family_and_no_longer_by_the_school(written):
    app, world = written
    with app.app_context():
        db.session.query(Enrolment).filter_by(person_id=world.people["pupil"]).one().left_on = date(2026, 9, 15)
        db.session.commit()
    html = diary(app, world)
    assert "Дроби" in section(html, "пн, 14 сентября")
    assert "Уроков нет" in section(html, "вт, 15 сентября")
    assert "Дроби" in diary(app, world, login="pupil")
    assert sign_in(app, "pupil").get("/diary").status_code == 200
    assert sign_in(app, "deputy").get(f"/diary/pupils/{world.people['pupil']}").status_code == 404


def test_vacations_are_told_by_name_and_a_day_off_on_its_day(written):
    app, world = written
    with app.app_context():
        for name, first, last in (
            ("Осенние каникулы", date(2026, 10, 26), date(2026, 11, 1)),
            ("День города", date(2026, 9, 18), date(2026, 9, 18)),
        ):
            db.session.add(Vacation(school_id=world.school, name=name, starts_on=first, ends_on=last))
        db.session.commit()
    assert "Осенние каникулы: всю неделю уроков нет" in text(diary(app, world, query="?week=2026-10-28"))
    assert "День города" in section(diary(app, world), "пт, 18 сентября")


def test_an_empty_week_says_what_will_stand_here(written):
    assert "Здесь появятся уроки" in diary(*written, query="?week=2026-12-07")


def test_a_day_alone_with_its_neighbours(written):
    app, world = written
    html = diary(app, world, query="/days/2026-09-14")
    assert "Дроби" in section(html, "пн, 14 сентября")
    assert f'href="/diary/pupils/{world.people["pupil"]}/days/2026-09-15"' in html
    assert "Русский" not in text(diary(app, world, query="/days/2026-09-20"))
    client = sign_in(app, "guardian")
    for day in ("2026-02-30", "x", "0001-01-01", "9999-12-31"):
        assert client.get(f"/diary/pupils/{world.people['pupil']}/days/{day}").status_code == 404


def test_the_start_page_is_the_first_childs_week_and_the_others_are_one_tap_away(written):
    app, world = written
    client = sign_in(app, "guardian")
    html = client.get("/diary").get_data(as_text=True)
    assert "Дневник: Ёлкина Мария" in text(html)
    second = f"/diary/pupils/{world.people['pupil-2']}"
    assert f'href="{second}"' in html
    assert "Дневник: Берёзов Пётр" in text(client.get(second).get_data(as_text=True))


def test_without_a_child_or_a_class_the_page_says_what_to_do(written):
    app, world = written
    with app.app_context():
        person(world, "nobody", "Ничейный", "Ян")
        db.session.commit()
    for login in ("teacher", "nobody", "regional"):
        assert "попросите школу связать вас с ребёнком" in sign_in(app, login).get("/diary").get_data(as_text=True)


def test_a_teacher_who_is_a_guardian_reads_the_own_childs_diary(written):
    app, world = written
    with app.app_context():
        db.session.add(Guardianship(guardian_id=world.people["teacher"], pupil_id=world.people["pupil-3"]))
        db.session.commit()
    client = sign_in(app, "teacher")
    assert client.get(f"/diary/pupils/{world.people['pupil-3']}").status_code == 200
    assert client.get(f"/diary/pupils/{world.people['pupil']}").status_code == 403


def test_first_grades_have_no_marks(written):
    app, world = written
    with app.app_context():
        db.session.get(SchoolClass, world.classes["5a"]).grade = 1
        db.session.commit()
    html = diary(app, world)
    assert "Дроби" in section(html, "пн, 14 сентября")
    assert "Ответ на уроке" not in html
    assert "Отметки недели" not in html
    assert "В первом классе отметок нет" in diary(app, world, query="/subjects")


def test_texts_are_no_markup_and_keep_their_lines(written):
    app, world = written
    with app.app_context():
        homework(world, "math-3", "<img src=x>\nвторая строка")
        db.session.commit()
    html = diary(app, world)
    assert "<img" not in html
    assert "\nвторая строка" in html


def test_today_is_the_schools_own(written):
    app, world = written
    from portal.models.organisation import School

    with app.app_context():
        db.session.get(School, world.school).timezone = "Asia/Kamchatka"
        db.session.commit()
    app.config["CLOCK"] = lambda: datetime(2026, 9, 16, 13, 0, tzinfo=UTC)  # Thursday 01:00 there
    assert "сегодня" in section(diary(app, world), "чт, 17 сентября")
