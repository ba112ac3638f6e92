"""What teachers change in days that were counted ahead shows in the counters at once."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from portal.access.actor import load_actor
from portal.cli import main
from portal.extensions import db, session
from portal.models.counted import CountedDay, CountedUntil
from portal.operations import counted_days
from portal.operations.journal import MarkEntry, set_mark
from portal.operations.journal_details import LessonDetails, save_details
from portal.operations.journal_homework import HomeworkEntry, set_homework
from portal.queries.counters import counters
from portal.values.marks import mark_state
from portal.values.texts import digest

HELD = datetime(2026, 9, 14, 9, tzinfo=UTC)
NIGHT = datetime(2026, 9, 17, 0, tzinfo=UTC)
LATER = datetime(2026, 9, 17, 9, tzinfo=UTC)


@pytest.fixture
def counted(small):
    """Monday's first lesson with a mark and a topic, and homework for the next; counted ahead on Thursday's night."""
    app, world = small
    with app.app_context():
        teacher = load_actor(world.people["teacher"], None, LATER.date())
        lesson = world.lessons["math-1"]
        mark = set_mark(lesson, world.people["pupil"], MarkEntry("5"), by=teacher, at=HELD)
        save_details(lesson, LessonDetails("Дроби", "", False), by=teacher, at=HELD)
        set_homework(lesson, HomeworkEntry("№ 5"), by=teacher, at=HELD)
        counted_days.count_ahead(NIGHT)
        db.session.commit()
        assert shown(world) == (1, 2)
        yield world, teacher, mark
        session.rollback()


def shown(world) -> tuple[int, int]:
    found = counters([world.school], LATER)
    return found.marks.ever, found.lessons.ever


def test_a_removed_mark(counted):
    world, teacher, mark = counted
    gone = MarkEntry("", mark_id=mark.id, seen=mark_state(mark.value, mark.work_type_id))
    set_mark(mark.lesson_id, mark.pupil_id, gone, by=teacher, at=LATER)
    assert shown(world) == (0, 2)
    set_mark(mark.lesson_id, mark.pupil_id, MarkEntry("4"), by=teacher, at=LATER)  # set today, for the same lesson
    assert shown(world) == (1, 2)


def test_a_changed_mark_changes_no_count(counted):
    world, teacher, mark = counted
    changed = MarkEntry("4", mark_id=mark.id, seen=mark_state(mark.value, mark.work_type_id))
    set_mark(mark.lesson_id, mark.pupil_id, changed, by=teacher, at=LATER)
    assert shown(world) == (1, 2)
    assert session.scalars(select(CountedDay).where(CountedDay.stale)).all() == []


def test_a_topic_taken_back_and_one_planned_ahead(counted):
    world, teacher, _ = counted
    gone = LessonDetails("", "", False, seen_topic=digest("Дроби"))
    save_details(world.lessons["math-1"], gone, by=teacher, at=LATER)
    assert shown(world) == (1, 1)
    save_details(world.lessons["math-10"], LessonDetails("Проценты", "", False), by=teacher, at=LATER)
    assert shown(world) == (1, 2)


def test_homework_counts_at_the_lesson_it_is_due_at(counted):
    world, teacher, _ = counted
    given = set_homework(world.lessons["math-2"], HomeworkEntry("№ 6"), by=teacher, at=LATER)
    assert shown(world) == (1, 3)
    entry = HomeworkEntry("", homework_id=given.id, seen=digest("№ 6"))
    set_homework(world.lessons["math-2"], entry, by=teacher, at=LATER)
    assert shown(world) == (1, 2)
    counted_days.count_ahead(LATER)
    assert shown(world) == (1, 2)
    assert session.scalars(select(CountedDay).where(CountedDay.stale)).all() == []


def test_the_command_counts_once(small, monkeypatch):
    app, world = small
    monkeypatch.setattr("portal.cli.counters.create_app", lambda: app)
    from click.testing import CliRunner

    for said in ("Посчитано: 2 школы.", "Посчитано: 0 школ."):
        answer = CliRunner().invoke(main, ["counters", "count"])
        assert answer.exit_code == 0, answer.output
        assert said in answer.output
    with app.app_context():
        assert session.get(CountedUntil, world.school) is not None
