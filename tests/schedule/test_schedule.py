"""The timetable as its readers see it: whose lessons, where they went, who stands in, and what no one may open."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta

import pytest

from portal.extensions import db
from portal.models.journal import GroupMember, Lesson
from portal.models.organisation import School, Vacation
from portal.models.people import Enrolment, SchoolClass, StaffPost
from tests.reading import section, text
from tests.small_school import MONDAY, group, lesson, person, sign_in


def read(app, login, path, **more):
    answer = sign_in(app, login).get(path, **more)
    assert answer.status_code == 200, (path, answer.status_code)
    return answer.get_data(as_text=True)


@pytest.fixture
def change(small):
    """Changes the small school and commits: ``with change(): …``."""
    app, _ = small

    class Change:
        def __enter__(self):
            self.context = app.app_context()
            self.context.push()

        def __exit__(self, kind, *_):
            if kind is None:
                db.session.commit()
            self.context.pop()

    return Change


def the(small, word) -> Lesson:
    found = db.session.get(Lesson, small.lessons[word])
    assert found is not None
    return found


def test_a_class_week_has_its_days_its_lessons_and_today(small, change):
    app, world = small
    html = read(app, "class-teacher", f"/schedule/classes/{world.classes['5a']}")
    assert "Расписание 5А" in html
    assert "14–20 сентября 2026" in html
    wednesday = section(html, "ср, 16 сентября")
    assert "сегодня" in wednesday
    assert "1 · 08:30–09:15 Математика" in wednesday
    assert "Учителева А." in wednesday
    assert "сегодня" not in section(html, "вт, 15 сентября")
    assert "сб, 19 сентября" not in text(html)


def test_weeks_are_leafed_through_by_links_and_by_fragments(small):
    app, world = small
    path = f"/schedule/classes/{world.classes['5a']}"
    html = read(app, "teacher", path)
    following = re.search(r'rel="next" href="([^"]+)"', html)[1]
    assert following == f"{path}?week=2026-09-21"
    page = read(app, "teacher", following)
    assert "21–27 сентября 2026" in page
    assert f'href="{path}"' in page, "the way back to this week"
    fragment = read(app, "teacher", following, headers={"HX-Request": "true"})
    assert "<html" not in fragment
    assert "21–27 сентября 2026" in fragment


@pytest.mark.parametrize("week", ["nonsense", "9999-12-31", "0001-01-01", "2026-13-01", "1999-01-04"])
def test_a_week_that_is_none_is_no_page(small, week):
    app, world = small
    client = sign_in(app, "teacher")
    assert client.get(f"/schedule/classes/{world.classes['5a']}?week={week}").status_code == 404
    assert client.get(f"/schedule?week={week}").status_code == 404


def test_a_cancelled_lesson_says_so(small, change):
    app, world = small
    with change():
        the(world, "math-2").status = "cancelled"
    html = read(app, "pupil", f"/schedule/classes/{world.classes['5a']}")
    assert "отменён" in section(html, "вт, 15 сентября")


def test_a_moved_lesson_stands_where_it_went_and_is_told_where_it_was(small, change):
    app, world = small
    with change():
        moved = the(world, "math-1")
        moved.moved_from, moved.date, moved.number = MONDAY, MONDAY + timedelta(days=3), 5
    html = read(app, "pupil", f"/schedule/pupils/{world.people['pupil']}")
    assert "перенесён на чт, 17 сентября" in section(html, "пн, 14 сентября")
    assert "Математика → перенесён с пн, 14 сентября" in section(html, "чт, 17 сентября")


def test_a_lesson_moved_out_of_the_week_is_told_in_both(small, change):
    app, world = small
    with change():
        moved = the(world, "math-5")
        moved.moved_from, moved.date = moved.date, MONDAY + timedelta(days=12)
        moved.week_start = MONDAY + timedelta(days=7)
    path = f"/schedule/classes/{world.classes['5a']}"
    assert "перенесён на сб, 26 сентября" in section(read(app, "pupil", path), "пт, 18 сентября")
    assert "перенесён с пт, 18 сентября" in section(read(app, "pupil", f"{path}?week=2026-09-21"), "сб, 26 сентября")


def test_a_substitute_is_named_to_the_class_and_has_the_lesson_in_their_own_week(small):
    app, world = small
    html = read(app, "pupil", f"/schedule/pupils/{world.people['pupil']}")
    assert "заменяет Заменов О." in section(html, "вт, 15 сентября")
    own = read(app, "substitute", "/schedule")
    assert "5А Английский язык" in text(own)
    assert "Математика" not in own


def test_a_substitute_who_is_the_teacher_is_no_substitution(small, change):
    app, world = small
    with change():
        the(world, "math-1").substitute_id = world.people["teacher"]
    assert "заменяет" not in section(read(app, "pupil", f"/schedule/classes/{world.classes['5a']}"), "пн, 14 сентября")


def test_subgroups_stand_side_by_side_for_the_class_and_alone_for_a_pupil(small, change):
    app, world = small
    with change():
        second = group(world, "english-2", "5a", "Английский язык", "class-teacher", subgroup="2")
        db.session.add(GroupMember(group_id=second, person_id=world.people["pupil-2"]))
        lesson(world, "english-2", "english-2", MONDAY + timedelta(days=1), 3)
    of_class = section(read(app, "deputy", f"/schedule/classes/{world.classes['5a']}"), "вт, 15 сентября")
    assert "группа 1" in of_class
    assert "группа 2" in of_class
    own = section(read(app, "pupil", f"/schedule/pupils/{world.people['pupil']}"), "вт, 15 сентября")
    assert "группа 1" in own
    assert "группа 2" not in own
    third = section(read(app, "pupil-3", f"/schedule/pupils/{world.people['pupil-3']}"), "вт, 15 сентября")
    assert "Английский" not in third


def test_two_lessons_at_once_are_both_there(small, change):
    app, world = small
    with change():
        lesson(world, "both", "russian", MONDAY, 1)
    monday = section(read(app, "pupil", f"/schedule/pupils/{world.people['pupil']}"), "пн, 14 сентября")
    assert "1 · 08:30–09:15 Математика" in monday
    assert "1 · 08:30–09:15 Русский язык" in monday


def test_saturday_and_sunday_are_there_when_something_stands_on_them(small, change):
    app, world = small
    with change():
        lesson(world, "saturday", "math", MONDAY + timedelta(days=5), 1)
        lesson(world, "sunday", "math", MONDAY + timedelta(days=6), 12)
    html = read(app, "pupil", f"/schedule/classes/{world.classes['5a']}")
    assert "Математика" in section(html, "сб, 19 сентября")
    assert "Математика" in section(html, "вс, 20 сентября")


def test_vacations_are_told_by_name(small, change):
    app, world = small
    with change():
        for name, first, last in (
            ("Осенние каникулы", date(2026, 10, 26), date(2026, 11, 1)),
            ("День города", date(2026, 9, 18), date(2026, 9, 18)),
        ):
            db.session.add(Vacation(school_id=world.school, name=name, starts_on=first, ends_on=last))
    path = f"/schedule/classes/{world.classes['5a']}"
    whole = read(app, "pupil", f"{path}?week=2026-10-26")
    assert "Осенние каникулы: вся неделя без уроков" in text(whole)
    assert "День города" in section(read(app, "pupil", path), "пт, 18 сентября")


def test_an_empty_week_says_what_to_do(small):
    app, world = small
    html = read(app, "pupil", f"/schedule/classes/{world.classes['5a']}?week=2026-12-07")
    assert "уроков в расписании нет" in html
    assert "спросите у завуча" in html


def test_lessons_lead_to_the_journal_only_those_who_may_open_it(small):
    app, world = small
    path = f"/schedule/classes/{world.classes['5a']}"
    link = f'href="/journal/lessons/{world.lessons["math-1"]}"'
    for login in ("teacher", "class-teacher", "head", "deputy"):
        assert link in read(app, login, path), login
    for login in ("pupil", "guardian", "administrator", "substitute"):
        assert link not in read(app, login, path), login
    assert f'href="/journal/lessons/{world.lessons["english-1"]}"' in read(app, "substitute", "/schedule")


def test_a_leader_chooses_any_class_or_teacher_of_the_school(small):
    app, world = small
    client = sign_in(app, "deputy")
    assert client.get("/schedule").location == f"/schedule/schools/{world.school}"
    html = client.get(f"/schedule/schools/{world.school}").get_data(as_text=True)
    assert f'href="/schedule/classes/{world.classes["5a"]}"' in html
    assert f'href="/schedule/teachers/{world.people["teacher"]}"' in html
    assert "Директоров" not in html, "whoever does not teach has no timetable"
    assert "Чужой" not in html
    assert client.get(f"/schedule/teachers/{world.people['teacher']}").status_code == 200


def test_last_years_classes_are_not_offered(small, change):
    app, world = small
    with change():
        db.session.add(SchoolClass(key="4a", school_id=world.school, year=2025, grade=4, letter="А"))
    html = read(app, "deputy", f"/schedule/schools/{world.school}")
    assert ">5А<" in html
    assert ">4А<" not in html


def test_a_teacher_of_two_schools_is_read_within_each(small, change):
    app, world = small
    with change():
        db.session.add(
            StaffPost(school_id=world.other_school, person_id=world.people["teacher"], post="Учитель", teaching=True)
        )
        there = group(world, "there", "other-5a", "Физика", "teacher")
        db.session.flush()
        from portal.models.journal import TeachingGroup

        db.session.get(TeachingGroup, there).school_id = world.other_school
        lesson(world, "there", "there", MONDAY, 6)
    own = text(read(app, "teacher", "/schedule"))
    assert "5А Физика" in own
    assert "Школа № 2" in own
    of_first_school = read(app, "deputy", f"/schedule/teachers/{world.people['teacher']}")
    assert "Математика" in of_first_school
    assert "Физика" not in of_first_school


def test_a_pupil_who_changes_class_in_mid_week_has_each_days_own_class(small, change):
    app, world = small
    with change():
        row = SchoolClass(key="5b", school_id=world.school, year=2026, grade=5, letter="Б")
        db.session.add(row)
        db.session.flush()
        world.classes["5b"] = row.id
        group(world, "music", "5b", "Музыка", "teacher")
        for n in range(5):
            lesson(world, f"music-{n}", "music", MONDAY + timedelta(days=n), 4)
        db.session.query(Enrolment).filter_by(person_id=world.people["pupil"]).one().left_on = date(2026, 9, 17)
        db.session.add(
            Enrolment(class_id=row.id, person_id=world.people["pupil"], enrolled_on=date(2026, 9, 17))
        )  # fmt: skip
    html = read(app, "pupil", f"/schedule/pupils/{world.people['pupil']}")
    assert "Музыка" not in section(html, "ср, 16 сентября")
    assert "Математика" in section(html, "ср, 16 сентября")
    assert "Музыка" in section(html, "чт, 17 сентября")
    assert "Математика" not in section(html, "чт, 17 сентября")


def test_today_is_the_schools_own(small, change):
    app, world = small
    with change():
        db.session.get(School, world.school).timezone = "Asia/Vladivostok"
    app.config["CLOCK"] = lambda: datetime(2026, 9, 16, 15, 0, tzinfo=UTC)  # Thursday 01:00 there
    html = read(app, "pupil", f"/schedule/pupils/{world.people['pupil']}")
    assert "сегодня" in section(html, "чт, 17 сентября")
    assert "сегодня" not in section(html, "ср, 16 сентября")
    assert "сегодня" in section(read(app, "teacher", "/schedule"), "чт, 17 сентября")


def test_children_are_one_tap_apart(small):
    app, world = small
    client = sign_in(app, "guardian")
    answer = client.get("/schedule")
    assert answer.status_code == 303
    html = client.get(answer.location).get_data(as_text=True)
    for child in ("pupil", "pupil-2"):
        assert f'href="/schedule/pupils/{world.people[child]}"' in html


def test_names_and_rooms_are_no_markup(small, change):
    app, world = small
    with change():
        the(world, "math-1").room = "<script>1</script>"
        person(world, "odd", "<i>Кривой</i>", "Лев")
        db.session.add(StaffPost(school_id=world.school, person_id=world.people["odd"], post="Учитель", teaching=True))
    assert "<script>1" not in read(app, "pupil", f"/schedule/classes/{world.classes['5a']}")
    assert "<i>" not in read(app, "deputy", f"/schedule/schools/{world.school}")


def test_an_office_has_no_timetable_and_is_told(small):
    app, _ = small
    assert "У вас такой роли нет" in read(app, "regional", "/schedule")
