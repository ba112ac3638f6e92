"""A lesson's page: topic, comment, the tick, homework for the next lesson, until when things are timely."""

from __future__ import annotations

from datetime import timedelta

import pytest

from portal.extensions import db
from portal.models.journal import Homework, Lesson
from portal.models.people import SchoolClass
from portal.operations.journal_homework import attach_waiting_homework
from portal.values.texts import digest
from tests.journal.steps import Desk, hidden, text_of
from tests.small_school import MONDAY, NOON, lesson


@pytest.fixture
def desk(small):
    return Desk(*small, "teacher")


def stored(desk, word):
    with desk.app.app_context():
        row = db.session.get(Lesson, desk.small.lessons[word])
        return row.topic, row.comment, row.conducted


def homework(desk):
    with desk.app.app_context():
        return [
            (row.text, row.lesson_id, row.given_at_id, row.issued_at, row.updated_at, row.removed_at is not None)
            for row in db.session.query(Homework).order_by(Homework.id)
        ]


def test_the_page_tells_until_when_entries_are_timely(desk):
    page = desk.read(desk.lesson("math-3"))
    assert "16.09.2026 21:00" in page
    assert "17.09.2026 13:00" in page
    assert "К следующему уроку, чт, 17 сентября" in page


def test_topic_comment_and_tick_are_kept_with_history(desk):
    answer = desk.details("math-3", topic="  Дроби\t", comment="Принести линейку", conducted="y")
    assert answer.status_code == 303
    assert stored(desk, "math-3") == ("Дроби", "Принести линейку", True)
    assert desk.history(lesson_id=desk.small.lessons["math-3"]) == [
        ("topic", None, "Дроби"), ("comment", None, "Принести линейку"), ("conducted", "нет", "да"),
    ]  # fmt: skip
    assert "записана тема: Дроби" in desk.read(f"{desk.lesson('math-3')}/history").replace(
        '<span class="typed">', ""
    ).replace("</span>", "")
    desk.details("math-3", topic="Дроби", comment="Принести линейку", conducted="y")
    assert len(desk.history()) == 3  # sent twice: nothing new


def test_blanks_only_are_no_text(desk):
    desk.details("math-3", topic=" \u00a0\t ", comment="\n\n")
    assert stored(desk, "math-3") == (None, None, False)
    assert desk.history() == []
    assert desk.homework("math-3", "\u00a0 \t").status_code == 303
    assert homework(desk) == []


def test_htmx_gets_the_form_back(desk):
    answer = desk.details("math-3", htmx=True, topic="Дроби")
    assert answer.status_code == 200
    assert "✓ Сохранено" in text_of(answer)
    assert 'id="details"' in text_of(answer)
    assert "<html" not in text_of(answer)
    answer = desk.homework("math-3", "№ 1", htmx=True, key="a")
    assert 'id="homework"' in text_of(answer)
    assert "№ 1" in text_of(answer)


def test_too_long_a_text_is_told_at_its_place_and_kept_in_the_form(desk):
    for htmx in (True, False):
        answer = desk.details("math-3", htmx, topic="т" * 10_000, comment="к" * 1001)
        page = text_of(answer)
        assert answer.status_code == 422
        assert "Тема: не длиннее 500 знаков (сейчас 10000)" in page
        assert "Комментарий: не длиннее 1000 знаков (сейчас 1001)" in page
        assert "т" * 10_000 in page
        answer = desk.homework("math-3", "д" * 3001, htmx)
        assert answer.status_code == 422
        assert "Задание: не длиннее 3000 знаков (сейчас 3001)" in text_of(answer)
    assert stored(desk, "math-3") == (None, None, False)


def test_html_and_strange_characters_are_only_text(desk):
    desk.details("math-3", topic="<script>alert(1)</script>\x00 & \u2028«а»")
    assert stored(desk, "math-3")[0] == "<script>alert(1)</script> & «а»"
    raw = desk.client.get(desk.lesson("math-3")).get_data(as_text=True)
    assert "<script>alert" not in raw
    grid = desk.client.get(f"/journal/groups/{desk.small.groups['math']}").get_data(as_text=True)
    assert "<script>alert" not in grid


def test_two_hands_on_one_topic_see_both_and_lose_nothing(desk):
    page = desk.read(desk.lesson("math-3"))
    seen = {name: hidden(page, name) for name in ("seen_topic", "seen_comment", "seen_conducted")}
    desk.details("math-3", topic="Их тема", **seen)
    answer = desk.details("math-3", htmx=True, topic="Моя тема", comment="Мой комментарий", **seen)
    shown = text_of(answer)
    assert answer.status_code == 409
    assert "сейчас «Их тема», вы записываете «Моя тема»" in shown
    assert "Мой комментарий" in shown
    assert stored(desk, "math-3") == ("Их тема", None, False)
    seen = {name: hidden(shown, name) for name in ("seen_topic", "seen_comment", "seen_conducted")}
    assert desk.details("math-3", topic="Моя тема", comment="Мой комментарий", **seen).status_code == 303
    assert stored(desk, "math-3") == ("Моя тема", "Мой комментарий", False)


def test_fields_left_alone_do_not_undo_what_others_wrote(desk):
    page = desk.read(desk.lesson("math-3"))
    seen = {name: hidden(page, name) for name in ("seen_topic", "seen_comment", "seen_conducted")}
    desk.details("math-3", topic="Их тема", conducted="y", **seen)
    assert desk.details("math-3", topic="", comment="Мой комментарий", **seen).status_code == 303
    assert stored(desk, "math-3") == ("Их тема", "Мой комментарий", True)


def test_the_tick_waits_for_the_lessons_day(desk):
    answer = desk.details("math-4", topic="План", conducted="y")
    assert answer.status_code == 409
    assert "Урок будет чт, 17 сентября" in text_of(answer)
    assert stored(desk, "math-4") == (None, None, False)
    assert desk.details("math-4", topic="План").status_code == 303  # planning ahead is allowed
    assert stored(desk, "math-4")[0] == "План"


def test_homework_is_due_at_the_groups_next_lesson(desk):
    lessons = desk.small.lessons
    for _ in range(2):
        assert desk.homework("math-3", "§ 5, № 12", key="a").status_code == 303
    assert homework(desk) == [("§ 5, № 12", lessons["math-4"], lessons["math-3"], NOON, None, False)]
    assert "К этому уроку задано" in desk.read(desk.lesson("math-4"))
    assert "§ 5, № 12" in desk.read(desk.lesson("math-4"))
    assert desk.history() == [("homework", None, "§ 5, № 12")]


def test_homework_skips_a_cancelled_lesson_and_goes_over_a_weekend(desk):
    with desk.app.app_context():
        db.session.get(Lesson, desk.small.lessons["math-4"]).status = "cancelled"
        db.session.commit()
    desk.homework("math-3", "один")
    desk.homework("math-5", "два")
    found = homework(desk)
    assert [row[1] for row in found] == [desk.small.lessons["math-5"], desk.small.lessons["math-6"]]


def test_changed_homework_keeps_its_issue_and_emptied_goes(desk):
    desk.homework("math-3", "§ 5", key="a")
    page = desk.read(desk.lesson("math-3"))
    number, seen = hidden(page, "homework"), digest("§ 5")
    desk.app.config["CLOCK"] = lambda: NOON + timedelta(hours=2)
    desk.homework("math-3", "§ 6", homework=number, seen=seen)
    ((text, _, _, issued, updated, _),) = homework(desk)
    assert (text, issued, updated) == ("§ 6", NOON, NOON + timedelta(hours=2))
    stale = desk.homework("math-3", "§ 7", homework=number, seen=seen, htmx=True)
    assert stale.status_code == 409
    assert "сейчас «§ 6», вы записываете «§ 7»" in text_of(stale)
    assert "§ 7</textarea>" in text_of(stale)
    assert desk.homework("math-3", " ", homework=number, seen=hidden(text_of(stale), "seen")).status_code == 303
    assert homework(desk)[0][5] is True
    assert desk.homework("math-3", "§ 5", key="a").status_code == 409  # a late resend brings nothing back
    assert desk.history()[-1] == ("homework", "§ 6", None)
    assert "задано" not in desk.read(desk.lesson("math-4"))


def test_homework_given_by_another_hand_meanwhile_is_shown_not_doubled(desk):
    desk.homework("math-3", "их", key="a")
    answer = desk.homework("math-3", "моё", key="b", seen=digest(""))
    assert answer.status_code == 409
    assert "сейчас «их», вы записываете «моё»" in text_of(answer)
    assert len(homework(desk)) == 1
    page = text_of(answer)
    again = desk.homework("math-3", "моё", homework=hidden(page, "homework"), seen=digest("их"))
    assert again.status_code == 303
    assert homework(desk)[0][0] == "моё"


def test_another_lessons_homework_cannot_be_touched(desk):
    other = Desk(desk.app, desk.small, "class-teacher")
    other.homework("russian-3", "сочинение", key="a")
    number = hidden(other.read(other.lesson("russian-3")), "homework")
    answer = desk.homework("math-3", "чужое", homework=number, seen=digest("сочинение"))
    assert answer.status_code == 409
    assert "сочинение" not in text_of(answer)
    assert homework(desk)[0][0] == "сочинение"


def test_homework_without_a_next_lesson_waits_and_is_attached_when_one_appears(desk):
    assert "Следующего урока ещё нет" in desk.read(desk.lesson("math-10"))
    desk.homework("math-10", "на каникулы", key="a")
    ((_, due, given, *_),) = homework(desk)
    assert (due, given) == (None, desk.small.lessons["math-10"])
    page = desk.read(desk.lesson("math-10"))
    assert "на каникулы</textarea>" in page
    with desk.app.app_context():
        assert attach_waiting_homework() == 0
        lesson(desk.small, "math-11", "math", MONDAY + timedelta(days=21), 1)
        assert attach_waiting_homework([desk.small.groups["russian"]]) == 0
        assert attach_waiting_homework([desk.small.groups["math"]]) == 1
        db.session.commit()
    assert "на каникулы" in desk.read(desk.lesson("math-11"))


def test_waiting_homework_is_attached_when_it_is_changed(desk):
    desk.homework("math-10", "ждёт", key="a")
    number = hidden(desk.read(desk.lesson("math-10")), "homework")
    with desk.app.app_context():
        new = lesson(desk.small, "math-11", "math", MONDAY + timedelta(days=21), 1)
        db.session.commit()
    desk.homework("math-10", "дождалось", homework=number, seen=digest("ждёт"))
    assert homework(desk)[0][1] == new


def test_loaded_homework_of_the_next_lesson_is_what_the_form_changes(desk):
    with desk.app.app_context():
        db.session.add(
            Homework(group_id=desk.small.groups["math"], lesson_id=desk.small.lessons["math-4"], text="загружено",
                     issued_at=NOON)
        )  # fmt: skip
        db.session.commit()
    page = desk.read(desk.lesson("math-3"))
    assert "загружено</textarea>" in page
    desk.homework("math-3", "исправлено", homework=hidden(page, "homework"), seen=digest("загружено"))
    assert [row[0] for row in homework(desk)] == ["исправлено"]


def test_readers_see_the_lesson_without_forms(small):
    desk = Desk(*small, "teacher")
    desk.details("math-3", topic="Дроби", comment="Линейка", conducted="y")
    desk.homework("math-3", "§ 5")
    for login in ("head", "deputy", "class-teacher"):
        page = Desk(*small, login).read(desk.lesson("math-3"))
        assert "Дроби" in page
        assert "К чт, 17 сентября" in page
        assert "<textarea" not in page
        assert 'form="marks"' not in page
        assert "Учителева А.: записана тема" in Desk(*small, login).read(f"{desk.lesson('math-3')}/history")


def test_a_first_grades_lesson_speaks_of_no_marks(desk):
    with desk.app.app_context():
        db.session.get(SchoolClass, desk.small.classes["5a"]).grade = 1
        db.session.commit()
    page = desk.read(desk.lesson("math-3"))
    assert "отметки — до" not in page


def test_a_lesson_that_is_gone_is_refused_by_the_operations(small):
    from portal.operations.journal_lesson import open_lesson
    from portal.values.refusal import Refusal

    app, _ = small
    with app.app_context(), pytest.raises(Refusal, match="больше нет"):
        open_lesson(10_000)


def test_without_javascript_the_place_says_that_it_is_saved(desk):
    for answer in (desk.details("math-3", topic="Дроби"), desk.homework("math-3", "№ 1", key="a")):
        assert desk.read(answer.location).count("✓ Сохранено") == 1
    assert "✓ Сохранено" not in desk.read(desk.lesson("math-3"))


def test_faults_bring_the_whole_form_back_and_it_waits_for_the_button(desk):
    answer = desk.details("math-3", htmx=True, topic="т" * 501)
    assert answer.headers["HX-Retarget"] == answer.headers["HX-Reselect"] == "#details"
    assert 'hx-trigger="submit, change"' not in text_of(answer)
    assert 'hx-trigger="submit, change"' in text_of(desk.details("math-3", htmx=True, topic="т"))


def test_a_topic_that_names_the_work_chooses_its_type(desk):
    kind = desk.small.work_types["Контрольная работа"]
    assert f'<option value="{kind}" selected>' not in desk.read(desk.lesson("math-3"))
    desk.details("math-3", topic="контрольная работа № 2 «Дроби»")
    assert f'<option value="{kind}" selected>' in desk.read(desk.lesson("math-3"))
