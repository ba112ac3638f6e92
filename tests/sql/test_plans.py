"""One school's week is found by indexes, whatever else the database holds."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import insert, select, text

from portal.content import indicators as content
from portal.extensions import db, session
from portal.models.activity import IndicatorHistory
from portal.models.journal import Lesson
from portal.models.organisation import School
from portal.queries import indicators, shortfalls
from portal.sql import view_files
from portal.values.week import Week
from tests.demo_day import TODAY
from tests.sql.plans import reaches

LARGE = {
    "lesson": [{"school_id", "week_start"}, {"class_id", "week_start"}, {"group_id", "date"}, {"id"}, {"rowid"}],
    "mark": [{"lesson_id"}],
    "attendance": [{"lesson_id"}],
    "homework": [{"lesson_id"}],
    "diary_view": [{"pupil_id", "viewed_at"}],
    "indicator_history": [{"school_id", "week_start"}, {"week_start"}],
    "frozen_week": [{"school_id", "week_start"}],
    "frozen_figure": [{"frozen_week_id"}],
    "person": [{"id"}, {"rowid"}],
    "enrolment": [{"class_id"}],
    "guardianship": [{"pupil_id"}],
    "staff_post": [{"school_id"}, {"person_id"}],
    "school_class": [{"school_id"}, {"id"}, {"rowid"}],
    "school": [{"id"}, {"rowid"}],
    "week_border": [{"timezone", "week_start"}, {"week_start"}],
    "calendar_day": [{"week_start"}, {"day"}],
}
"""Tables that grow with schools or time, and the columns any one of which sets must find their rows."""

GROWING = {
    "lesson", "mark", "attendance", "homework", "diary_view", "indicator_history", "frozen_week", "frozen_figure",
}  # fmt: skip

ALIASES = {"later": "lesson", "lesson_1": "lesson", "frozen_week_1": "frozen_week", "teaching_post": "staff_post"}
"""Names the views and pages give to a second look into a table (SQLite's plan says these)."""

SUBQUERIES = {"given", "people", "slot", "counted", "own", "product"}
"""Rows already found, named by the views; and the two looks into the few profiles."""

LATER = {"fact_current_period", "fact_not_moved_up", "fact_profile"}
"""Views of no weekly indicator."""

SMALL = {"activity_profile", "activity_criterion", "work_type", "municipality", "academic_year", "vacation"}


@pytest.fixture
def filled(demo: Flask) -> Iterator[Flask]:
    """The demo district with a year of imported history; analyzed, as a PostgreSQL server does by itself."""
    with demo.app_context():
        schools = list(session.scalars(select(School.id)))
        weeks = [date(2025, 9, 1) + timedelta(weeks=n) for n in range(40)]
        session.execute(
            insert(IndicatorHistory),
            [
                {"school_id": school, "week_start": week, "indicator": code, "value": 500_000}
                for school in schools
                for week in weeks
                for code in ("journal_kept", "lessons_planned", "marks_timely")
            ],
        )
        session.commit()
        if db.engine.dialect.name == "postgresql":
            session.execute(text("analyze"))
        yield demo


def _wrong(query: str, parameters: Any = None, *, view: bool = True) -> list[str]:
    """What a query reads without an index to go by; of a page's own joins the tables that grow with time."""
    connection = session.connection()
    if (
        connection.dialect.name == "postgresql"
    ):  # a scan that is left now has no index to go by, however small the table
        connection.execute(text("set local enable_seqscan = off"))
    found = reaches(connection, query, parameters)
    assert found or "1 != 1" in query, "no plan was read"
    wrong = []
    for reach in found:
        name = ALIASES.get(reach.name, reach.name)
        if name in LARGE and (view or name in GROWING):
            if not any(columns <= reach.columns for columns in LARGE[name]):
                wrong.append(f"{reach.name}: {reach.said}")
        elif view and name not in LARGE.keys() | SMALL | SUBQUERIES and not reach.columns:
            wrong.append(f"unknown {reach.name}: {reach.said}")
    return wrong


def test_a_school_week_is_found_by_indexes(filled):
    """Every indicator and what it is made of, for one school and one week."""
    views = [name for name, path in view_files() if path.name < "4" and name not in LATER]
    school_id = session.scalar(select(School.id).order_by(School.key).limit(1))
    week_start = Week.of(TODAY).previous.start
    wrong = {
        name: found
        for name in views
        if (found := _wrong(f"select * from {name} where school_id = {school_id} and week_start = '{week_start}'"))
    }
    assert wrong == {}
    assert _wrong("select * from mark where set_at > '2026-09-14'"), "a scan must be caught"
    assert _wrong("select * from fact_lesson where week_start = '2026-09-14'"), "a scan must be caught"
    _what_pages_send(school_id or 0, Week(week_start))


def _what_pages_send(school_id: int, week: Week) -> None:
    """The statements of the pages: figures, lists of what is missing, a lesson's state."""
    lesson_id = session.scalar(select(Lesson.id).limit(1)) or 0
    sent: list[tuple[str, Any]] = []

    def seen(connection, cursor, statement, parameters, context, executemany) -> None:
        sent.append((statement, parameters))

    db.event.listen(db.engine, "before_cursor_execute", seen)
    try:
        indicators.school_week(school_id, week)
        for found in content.indicators():
            shortfalls.shortfall(school_id, week, found.code, with_names=True)
            shortfalls.shortfall(school_id, week, found.code, with_names=False)
        shortfalls.lesson_state(lesson_id)
    finally:
        db.event.remove(db.engine, "before_cursor_execute", seen)
    wrong = {statement: found for statement, params in sent if (found := _wrong(statement, params, view=False))}
    assert wrong == {}
