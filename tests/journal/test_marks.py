"""Marks and absences as a teacher sets them: with htmx, without, twice, against another's hand."""

from __future__ import annotations

from datetime import timedelta

import pytest

from portal.extensions import db
from portal.models.journal import Attendance, Lesson, Mark, WorkType
from portal.models.people import Enrolment, SchoolClass
from tests.journal.steps import Desk, hidden, text_of
from tests.small_school import MONDAY, NOON


@pytest.fixture
def desk(small):
    return Desk(*small, "teacher")


def test_a_mark_set_with_htmx_comes_back_in_the_pupils_row(desk):
    answer = desk.mark("math-1", "pupil", "5", key="a")
    assert answer.status_code == 200
    assert "HX-Request" in answer.headers["Vary"]
    assert "<html" not in text_of(answer)
    assert ">5</a>" in text_of(answer)
    (mark,) = desk.marks("math-1", "pupil")
    assert (mark.value, mark.set_at) == ("5", NOON)


def test_the_same_form_without_javascript_leads_back_to_the_pupil(desk):
    kind = desk.small.work_types["Контрольная работа"]
    answer = desk.mark("math-1", "pupil", "4", htmx=False, key="a", work_type=kind)
    assert answer.status_code == 303
    assert answer.location.endswith(f"&type={kind}#pupil-{desk.small.people['pupil']}")
    page = desk.read(answer.location)
    assert f'<option value="{kind}" selected>' in page  # the next mark is for the same work
    assert desk.marks("math-1", "pupil")[0].work_type_id == kind


def test_a_form_sent_twice_makes_one_mark_and_another_form_a_second(desk):
    for _ in range(2):
        assert desk.mark("math-1", "pupil", "5", key="a", known=0).status_code == 200
    assert len(desk.marks("math-1", "pupil")) == 1
    desk.mark("math-1", "pupil", "3", key="b", known=1)
    assert [mark.value for mark in desk.marks("math-1", "pupil")] == ["5", "3"]


def test_a_mark_without_a_key_or_type_is_an_answer_in_the_lesson(desk):
    desk.mark("math-1", "pupil", "5")
    assert desk.marks("math-1", "pupil")[0].work_type_id == desk.small.work_types["Ответ на уроке"]


def test_a_changed_mark_keeps_its_moment_and_its_history(desk):
    answer, control = desk.small.work_types["Ответ на уроке"], desk.small.work_types["Контрольная работа"]
    desk.mark("math-1", "pupil", "5", key="a")
    (mark,) = desk.marks("math-1", "pupil")
    desk.app.config["CLOCK"] = lambda: NOON + timedelta(hours=1)
    desk.mark("math-1", "pupil", "4", mark=mark.id, seen=f"5:{answer}", work_type=control)
    (changed,) = desk.marks("math-1", "pupil")
    assert (changed.id, changed.value, changed.set_at) == (mark.id, "4", NOON)
    desk.send(f"{desk.lesson('math-1')}/pupils/{desk.small.people['pupil']}/mark", True,
              mark=mark.id, seen=f"4:{control}", value="4", remove="1")  # fmt: skip
    assert desk.marks("math-1", "pupil") == []
    assert desk.history(pupil_id=desk.small.people["pupil"]) == [
        ("mark", None, "5 · Ответ на уроке"),
        ("mark", "5 · Ответ на уроке", "4 · Контрольная работа"),
        ("mark", "4 · Контрольная работа", None),
    ]
    page = desk.read(f"{desk.lesson('math-1')}/pupils/{desk.small.people['pupil']}")
    assert "16.09.2026 13:00, Учителева А.: отметка" in page


def test_a_late_resend_never_brings_a_removed_mark_back(desk):
    desk.mark("math-1", "pupil", "5", key="a")
    (mark,) = desk.marks("math-1", "pupil")
    kind = mark.work_type_id
    for _ in range(2):  # the removal too may arrive twice
        assert desk.mark("math-1", "pupil", "", mark=mark.id, seen=f"5:{kind}").status_code == 200
    assert desk.mark("math-1", "pupil", "5", key="a").status_code == 409
    assert desk.marks("math-1", "pupil") == []


def test_two_hands_on_one_mark_see_both_values(desk):
    desk.mark("math-1", "pupil", "5", key="a")
    (mark,) = desk.marks("math-1", "pupil")
    seen = f"5:{mark.work_type_id}"
    desk.mark("math-1", "pupil", "4", mark=mark.id, seen=seen)
    answer = desk.mark("math-1", "pupil", "3", mark=mark.id, seen=seen)
    page = text_of(answer)
    assert answer.status_code == 409
    assert "сейчас «4 · Ответ на уроке»" in page
    assert "вы записываете «3 · Ответ на уроке»" in page
    assert [m.value for m in desk.marks("math-1", "pupil")] == ["4"]
    again = desk.mark("math-1", "pupil", "3", mark=hidden(page, "mark"), seen=hidden(page, "seen"))
    assert again.status_code == 200
    assert [m.value for m in desk.marks("math-1", "pupil")] == ["3"]


def test_a_mark_set_meanwhile_in_an_empty_cell_is_shown_before_a_second_is_added(desk):
    desk.mark("math-1", "pupil", "4", key="theirs", known=0)
    answer = desk.mark("math-1", "pupil", "5", key="mine", known=0, htmx=False)
    page = text_of(answer)
    assert answer.status_code == 409
    assert "<h1>" in page  # the whole page, for there is no script to swap a row
    assert "сейчас «4 · Ответ на уроке»" in page
    assert "Добавить 5" in page
    desk.mark("math-1", "pupil", "5", key="mine", known=1)
    assert [m.value for m in desk.marks("math-1", "pupil")] == ["4", "5"]


def test_values_of_the_scale_and_no_others(desk):
    for n, value in enumerate(("5", "4", "3", "2", "1", "зач", "нз", "н/а", "осв")):
        assert desk.mark("math-1", "pupil", value, key=f"k{n}").status_code == 200
    answer = desk.mark("math-1", "pupil", "6", key="x")
    assert answer.status_code == 422
    assert "Такой отметки нет" in text_of(answer)
    assert desk.mark("math-1", "pupil", "5", key="y" * 65).status_code == 422
    assert desk.mark("math-1", "pupil", "5", work_type="99999999999999999999").status_code == 422
    assert len(desk.marks("math-1", "pupil")) == 9


def test_no_mark_before_the_lessons_day_and_none_in_a_cancelled_one(desk):
    early = desk.mark("math-4", "pupil", "5")
    assert early.status_code == 409
    assert "Урок будет чт, 17 сентября" in text_of(early)
    with desk.app.app_context():
        db.session.get(Lesson, desk.small.lessons["math-1"]).status = "cancelled"
        db.session.commit()
    for answer in (desk.mark("math-1", "pupil", "5"), desk.attend("math-1", "pupil", "Н")):
        assert answer.status_code == 409
        assert "Урок отменён" in text_of(answer)
    assert "Урок отменён" in desk.read(desk.lesson("math-1"))


def test_the_lessons_day_begins_by_the_schools_clock(desk):
    desk.app.config["CLOCK"] = lambda: NOON.replace(hour=21, minute=0)  # 00:00 of Thursday in Moscow
    assert desk.mark("math-4", "pupil", "5").status_code == 200


def test_first_grades_have_no_marks_but_absences(desk):
    with desk.app.app_context():
        db.session.get(SchoolClass, desk.small.classes["5a"]).grade = 1
        db.session.commit()
    answer = desk.mark("math-1", "pupil", "5")
    assert answer.status_code == 409
    assert "В первых классах отметок нет" in text_of(answer)
    assert desk.attend("math-1", "pupil", "Б").status_code == 200
    assert 'name="value"' not in desk.read(desk.lesson("math-1"))


def test_only_pupils_of_the_group_on_that_day(desk):
    with desk.app.app_context():
        left = db.session.query(Enrolment).filter_by(person_id=desk.small.people["pupil-3"]).one()
        left.left_on = MONDAY + timedelta(days=1)  # the first day away
        db.session.commit()
    assert desk.mark("math-1", "pupil-3", "5").status_code == 200
    assert desk.mark("math-2", "pupil-3", "5", htmx=False).status_code == 409
    assert desk.attend("math-2", "pupil-3", "Н", htmx=False).status_code == 409
    assert "Яблокова" in desk.read(desk.lesson("math-1"))
    assert "Яблокова" not in desk.read(desk.lesson("math-2"))
    assert desk.mark("english-1", "pupil-2", "5", htmx=False).status_code == 409  # not in the subgroup
    assert desk.mark("english-1", "pupil", "5").status_code == 200
    assert desk.mark("math-1", "other-pupil", "5", htmx=False).status_code == 409


def test_entries_of_a_pupil_who_is_no_longer_there_stay_in_sight(desk):
    desk.mark("math-2", "pupil-3", "5", key="a")
    desk.attend("math-2", "pupil-3", "О")
    with desk.app.app_context():
        db.session.query(Enrolment).filter_by(person_id=desk.small.people["pupil-3"]).delete()
        db.session.commit()
    assert "в этот день не в группе" in desk.read(desk.lesson("math-2"))
    grid = desk.read(f"/journal/groups/{desk.small.groups['math']}")
    assert "Яблокова Анна <small>не в группе</small>" in grid
    (mark,) = desk.marks("math-2", "pupil-3")
    gone = desk.mark("math-2", "pupil-3", "", mark=mark.id, seen=f"5:{mark.work_type_id}")
    assert gone.status_code == 200  # a mistake may still be taken back
    page = desk.read(f"{desk.lesson('math-2')}/pupils/{desk.small.people['pupil-3']}")
    assert "Убрать О" in page


def test_absences_are_set_changed_and_pressed_away(desk):
    assert desk.attend("math-1", "pupil", "Н").status_code == 200
    assert desk.attend("math-1", "pupil", "Н").status_code == 200  # sent twice
    answer = desk.attend("math-1", "pupil", "Б", absence="Н")
    assert 'aria-pressed="true"' in text_of(answer)
    stale = desk.attend("math-1", "pupil", "У", absence="Н")
    assert stale.status_code == 409
    assert "сейчас «Б», вы записываете «У»" in text_of(stale)
    assert desk.attend("math-1", "pupil", "Б", absence="Б").status_code == 200  # pressed again
    assert desk.attend("math-1", "pupil", "О", htmx=False).status_code == 303
    assert desk.attend("math-1", "pupil", "Ы").status_code == 422
    with desk.app.app_context():
        assert [row.code for row in db.session.query(Attendance)] == ["О"]
    assert [change[1:] for change in desk.history(kind="attendance")] == [
        (None, "Н"), ("Н", "Б"), ("Б", None), (None, "О"),
    ]  # fmt: skip


def test_another_schools_work_type_is_refused(desk):
    with desk.app.app_context():
        foreign = WorkType(school_id=desk.small.other_school, name="Чужой вид", weight=2)
        own = WorkType(school_id=desk.small.school, name="Зачётная работа", weight=2)
        db.session.add_all([foreign, own])
        db.session.commit()
        foreign_id, own_id = foreign.id, own.id
    answer = desk.mark("math-1", "pupil", "5", work_type=foreign_id)
    assert answer.status_code == 409
    assert "Чужой" not in text_of(answer)
    assert desk.mark("math-1", "pupil", "5", work_type=own_id).status_code == 200
    assert "<sup>2</sup>" in desk.read(desk.lesson("math-1"))


def test_a_mark_of_another_lesson_can_be_neither_seen_nor_touched(desk):
    other = Desk(desk.app, desk.small, "class-teacher")
    other.mark("russian-1", "pupil", "2", key="a")
    (foreign,) = other.marks("russian-1", "pupil")
    by_id = desk.mark("math-1", "pupil", "5", mark=foreign.id, seen=f"2:{foreign.work_type_id}")
    assert by_id.status_code == 409
    assert "сейчас пусто" in text_of(by_id)
    by_key = desk.mark("math-1", "pupil", "5", key=foreign.key)
    assert by_key.status_code == 200  # a key means nothing outside its own form: a new mark
    (untouched,) = other.marks("russian-1", "pupil")
    assert untouched.value == "2"
    assert len(desk.marks("math-1", "pupil")) == 1


def test_who_may_read_may_see_the_history_but_not_write(small):
    desk = Desk(*small, "teacher")
    desk.mark("math-1", "pupil", "5", key="a")
    path = f"{desk.lesson('math-1')}/pupils/{desk.small.people['pupil']}"
    for login in ("head", "deputy", "class-teacher"):
        reader = Desk(*small, login)
        page = reader.read(path)
        assert "Учителева А.: поставлена" in page
        assert "<button" not in page.split('class="cell-panel"')[1].split("</div>")[0]
        assert reader.mark("math-1", "pupil", "2").status_code == 403
    for login in ("substitute", "administrator", "municipal", "guardian", "pupil"):
        assert Desk(*small, login).client.get(path).status_code == 403, login


def test_a_substitute_writes_the_lesson_they_substitute_and_only_that(small):
    substitute = Desk(*small, "substitute")
    assert substitute.mark("english-1", "pupil", "5").status_code == 200
    assert substitute.mark("math-1", "pupil", "5").status_code == 403
    assert "Заменов О." in substitute.read(substitute.lesson("english-1"))


def test_a_pupil_who_is_nowhere_in_the_lesson_is_not_found(desk):
    assert desk.client.get(f"{desk.lesson('math-1')}/pupils/{desk.small.people['other-pupil']}").status_code == 404
    assert desk.mark("math-1", "other-pupil", "5").status_code == 404
    assert desk.client.get("/journal/lessons/99999999999999999999").status_code == 404


def test_a_mark_under_the_form_of_many_pupils_takes_its_own_fields(desk):
    me, other = desk.small.people["pupil"], desk.small.people["pupil-2"]
    path = f"{desk.lesson('math-1')}/pupils/{me}/mark"
    sent = {f"key-{me}": "k", f"known-{me}": "0", f"key-{other}": "k", f"known-{other}": "7", "value": "5"}
    assert desk.send(path, **sent).status_code == 303
    with desk.app.app_context():
        assert [mark.pupil_id for mark in db.session.query(Mark)] == [me]
