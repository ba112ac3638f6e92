"""The grid of a group: what it shows, and what its script sends."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from portal.extensions import db
from portal.models.journal import Attendance, Lesson, PeriodMark, WorkType
from portal.models.organisation import AcademicYear, Period
from portal.models.people import Enrolment, SchoolClass
from tests.journal.steps import Desk, text_of
from tests.small_school import MONDAY, NOON


@pytest.fixture
def desk(small):
    return Desk(*small, "teacher")


def grid_path(desk, word="math", period=None):
    return f"/journal/groups/{desk.small.groups[word]}" + (f"?period={period}" if period else "")


def row_of(page, name):
    return page.split(f">{name}")[1].split("</tr>")[0]


def mark(desk, pupil, lesson, value, **more):
    return {
        "kind": "mark", "pupil": desk.small.people[pupil], "lesson": desk.small.lessons[lesson], "value": value,
        "key": f"{pupil}-{lesson}-{value}", "seen": "", "known": 0,
    } | more  # fmt: skip


def test_it_shows_marks_absences_and_the_weighted_average(desk):
    with desk.app.app_context():
        heavy = WorkType(school_id=desk.small.school, name="Экзамен", weight=3)
        db.session.add(heavy)
        db.session.commit()
        heavy_id = heavy.id
    desk.mark("math-1", "pupil", "5", key="a")
    desk.mark("math-1", "pupil", "зач", key="b")
    desk.mark("math-2", "pupil", "4", key="c", work_type=heavy_id)
    desk.attend("math-2", "pupil", "О")
    row = row_of(desk.read(grid_path(desk)), "Ёлкина Мария")
    assert ">5 зач</a>" in row
    assert '<span class="late">О</span> 4<sup>3</sup></a>' in row
    assert '<td class="average">4,25</td>' in row  # (5·1 + 4·3) / 4; «зач» does not count
    assert f'href="../lessons/{desk.small.lessons["math-2"]}#pupil-{desk.small.people["pupil"]}"' in row


def test_lessons_stand_in_order_and_the_cancelled_one_is_closed(desk):
    with desk.app.app_context():
        db.session.get(Lesson, desk.small.lessons["math-2"]).status = "cancelled"
        db.session.commit()
    page = desk.read(grid_path(desk))
    places = [page.index(f'data-lesson="{desk.small.lessons[f"math-{n}"]}"') for n in range(1, 11)]
    assert places == sorted(places)
    assert "отм." in page
    assert row_of(page, "Ёлкина Мария").count('class="off"') == 1


def test_who_came_later_or_left_is_shown_with_the_span(desk):
    with desk.app.app_context():
        for word, start, away in (
            ("pupil-2", MONDAY + timedelta(days=1), None),
            ("pupil-3", date(2026, 9, 1), MONDAY + timedelta(days=2)),
        ):
            row = db.session.query(Enrolment).filter_by(person_id=desk.small.people[word]).one()
            row.enrolled_on, row.left_on = start, away
        db.session.add(
            Enrolment(class_id=desk.small.classes["5a"], person_id=desk.small.people["pupil-3"],
                      enrolled_on=MONDAY + timedelta(days=7))
        )  # fmt: skip
        db.session.commit()
    page = desk.read(grid_path(desk))
    assert "Берёзов Пётр <small>с 15.09</small>" in page
    assert "Яблокова Анна <small>по 15.09, с 21.09</small>" in page
    assert row_of(page, "Берёзов Пётр").count('class="off"') == 1
    assert row_of(page, "Яблокова Анна").count('class="off"') == 3


def test_a_subgroups_journal_lists_its_members_only(desk):
    page = desk.read(grid_path(desk, "english"))
    assert "Ёлкина Мария" in page
    assert "Берёзов" not in page


def test_periods_of_the_grade_are_leafed_through(desk):
    with desk.app.app_context():
        for number, grades, low, high in ((2, "1-9", 1, 9), (1, "10-11", 10, 11)):
            db.session.add(
                Period(school_id=desk.small.school, year=2026, kind="quarter" if high == 9 else "half_year",
                       number=number, starts_on=date(2026, 11, 2), ends_on=date(2026, 12, 27), grades=grades,
                       grade_from=low, grade_to=high)
            )  # fmt: skip
        db.session.commit()
    page = desk.read(grid_path(desk))
    assert "1 четверть" in page
    assert "полугодие" not in page
    later = page.split('rel="next" href="')[1].split('"')[0]
    assert "2 четверть" in desk.read(later)
    assert "в этом периоде их пока нет" in desk.read(later)
    for wrong in ("999", "abc", "year"):
        assert desk.client.get(grid_path(desk, period=wrong)).status_code == 404


def test_a_school_without_periods_has_months(desk):
    with desk.app.app_context():
        db.session.query(Period).delete()
        db.session.commit()
    assert "Сентябрь 2026" in desk.read(grid_path(desk))
    assert "Октябрь 2026" in desk.read(grid_path(desk, period="2026-10"))
    assert "Отметки за период и год" in desk.read(grid_path(desk))
    with desk.app.app_context():
        db.session.query(AcademicYear).delete()
        db.session.commit()
    assert "Август 2027" in desk.read(grid_path(desk, period="2027-08"))


def test_names_are_escaped(desk):
    from portal.models.people import Person

    with desk.app.app_context():
        db.session.get(Person, desk.small.people["pupil"]).last_name = '<b onclick="x">Ёлкина'
        db.session.commit()
    raw = desk.client.get(grid_path(desk)).get_data(as_text=True)
    assert "<b onclick" not in raw
    assert "&lt;b onclick" in raw


def test_readers_get_no_script_to_write_with(small):
    desk = Desk(*small, "head")
    page = desk.read(grid_path(desk))
    assert "data-cells" not in page
    assert desk.cells("math", mark(desk, "pupil", "math-1", "5")).status_code == 403


def test_many_entries_go_at_once_and_each_has_its_outcome(desk):
    answer = desk.cells(
        "math",
        mark(desk, "pupil", "math-1", "5"),
        mark(desk, "pupil-2", "math-1", "4"),
        mark(desk, "pupil-3", "math-4", "4"),
        mark(desk, "other-pupil", "math-1", "4"),
        mark(desk, "pupil", "math-2", "Н", kind="absence"),
        mark(desk, "pupil", "math-3", "6"),
        {"kind": "spell"},
        "nonsense",
    )
    results = answer.get_json()["results"]
    assert [result["status"] for result in results] == ["saved", "saved"] + ["refused"] * 2 + ["saved"] + [
        "refused"
    ] * 3
    assert results[0]["marks"] == [[desk.marks("math-1", "pupil")[0].id, "5", desk.small.work_types["Ответ на уроке"]]]
    assert "Урок будет" in results[2]["reason"]
    assert "не числился" in results[3]["reason"]
    assert results[4]["absence"] == "Н"
    assert results[5]["reason"] == "Такой записи нет."
    assert len(desk.marks("math-1", "pupil-2")) == 1
    assert desk.marks("math-4", "pupil-3") == []


def test_what_was_sent_late_counts_from_its_first_arrival(desk):
    entry = mark(desk, "pupil", "math-1", "5")
    desk.cells("math", entry)
    desk.app.config["CLOCK"] = lambda: NOON + timedelta(hours=5)
    assert desk.cells("math", entry).get_json()["results"][0]["status"] == "saved"
    (found,) = desk.marks("math-1", "pupil")
    assert found.set_at == NOON


def test_a_conflict_in_a_cell_tells_both_and_changes_nothing(desk):
    desk.mark("math-1", "pupil", "4", key="theirs")
    (result,) = desk.cells("math", mark(desk, "pupil", "math-1", "5")).get_json()["results"]
    assert (result["status"], result["theirs"]) == ("conflict", "4 · Ответ на уроке")
    assert [row[1] for row in result["marks"]] == ["4"]
    (result,) = desk.cells(
        "math", mark(desk, "pupil", "math-1", "", mark=result["marks"][0][0], seen="3:1")
    ).get_json()["results"]  # fmt: skip
    assert result["status"] == "conflict"
    desk.attend("math-1", "pupil", "Б")
    absence = mark(desk, "pupil", "math-1", "Н", kind="absence")
    assert desk.cells("math", absence).get_json()["results"][0]["theirs"] == "Б"


def test_words_for_one_kind_of_entry_are_not_taken_for_another(desk):
    results = desk.cells(
        "math",
        mark(desk, "pupil", "math-1", "Н"),
        mark(desk, "pupil", "math-1", "5", kind="absence"),
        mark(desk, "pupil", "math-1", "Н", kind="period", period=desk.small.quarter),
        mark(desk, "pupil", "math-1", "5", kind="period", period="year"),
    ).get_json()["results"]
    assert [result["status"] for result in results] == ["refused"] * 4
    assert desk.history() == []


def test_a_lesson_of_another_group_is_not_written_through_this_one(desk):
    (result,) = desk.cells("math", mark(desk, "pupil", "russian-1", "5")).get_json()["results"]
    assert result["status"] == "refused"
    assert result["marks"] == []
    other = Desk(desk.app, desk.small, "class-teacher")
    other.mark("russian-1", "pupil", "2")
    (result,) = desk.cells("math", mark(desk, "pupil", "russian-1", "5")).get_json()["results"]
    assert result["marks"] == []  # nor are its marks told


def test_period_marks_are_typed_too(desk):
    entry = mark(desk, "pupil", "math-1", "5", kind="period", period=desk.small.quarter)
    (result,) = desk.cells("math", entry).get_json()["results"]
    assert (result["status"], result["final"]) == ("saved", "5")
    assert 'data-v="5"' in row_of(desk.read(grid_path(desk)), "Ёлкина Мария")
    with desk.app.app_context():
        assert db.session.query(PeriodMark).count() == 1


def test_forged_requests_are_not_understood(desk):
    path = f"/journal/groups/{desk.small.groups['math']}/cells"
    token = {"X-CSRFToken": desk.token}
    for body in ([], {"entries": "x"}, {"entries": [{}] * 101}, None):
        assert desk.client.post(path, json=body, headers=token).status_code == 400
    assert desk.client.post(path, data="{", headers=token).status_code == 400
    assert desk.client.post(path, json={"entries": []}).status_code == 400  # no CSRF token


def test_an_empty_class_is_explained(desk):
    with desk.app.app_context():
        db.session.query(Enrolment).delete()
        db.session.commit()
    assert "в группе никто не числится" in desk.read(grid_path(desk))
    assert "В группе никто не числился" in desk.read(desk.lesson("math-1"))


def test_first_grades_grid_takes_absences(desk):
    with desk.app.app_context():
        db.session.get(SchoolClass, desk.small.classes["5a"]).grade = 1
        db.session.commit()
    assert "data-unmarked" in desk.read(grid_path(desk))
    results = desk.cells(
        "math", mark(desk, "pupil", "math-1", "5"), mark(desk, "pupil", "math-1", "Н", kind="absence")
    ).get_json()["results"]  # fmt: skip
    assert [result["status"] for result in results] == ["refused", "saved"]
    with desk.app.app_context():
        assert db.session.query(Attendance).count() == 1


def test_a_change_of_period_by_htmx_brings_the_grid_alone(desk):
    answer = desk.client.get(grid_path(desk), headers={"HX-Request": "true"})
    assert "<html" not in text_of(answer)
    assert 'id="journal"' in text_of(answer)
