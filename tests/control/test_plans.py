"""A school's week of control is found by indexes: neither history nor other schools make it slower."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from portal.extensions import session
from portal.sql import view_files
from tests.sql.plans import reaches

BY = {
    "lesson": [{"school_id", "week_start"}, {"class_id", "week_start"}, {"group_id", "date"}, {"id"}, {"rowid"}],
    "mark": [{"lesson_id"}],
    "attendance": [{"lesson_id"}],
    "homework": [{"lesson_id"}, {"given_at_id"}],
    "diary_view": [{"pupil_id", "viewed_at"}],
    "visit": [{"person_id", "visited_at"}],
    "period_mark": [{"group_id"}],
    "enrolment": [{"class_id"}, {"person_id"}],
    "guardianship": [{"pupil_id"}, {"guardian_id"}],
    "group_member": [{"person_id"}, {"group_id"}],
    "staff_post": [{"person_id"}],
    "teaching_group": [{"class_id"}, {"id"}, {"rowid"}],
    "school_class": [{"school_id"}, {"id"}, {"rowid"}],
    "period": [{"school_id"}, {"id"}, {"rowid"}],
}
"""Tables that grow with schools or time, and the columns any one of which sets must find their rows."""

ALIASES = {
    "beside": "lesson", "later": "lesson", "own_child": "guardianship", "own_post": "staff_post",
}  # fmt: skip
"""Names the views give to a second look into a table."""

VIEWS = [name for name, path in view_files() if name.startswith("control_")]


@pytest.fixture
def measured(demo):
    """The demo district; analyzed, as a PostgreSQL server does by itself."""
    with demo.app_context():
        if session.connection().dialect.name == "postgresql":
            session.execute(text("analyze"))
            for way in ("seqscan", "hashjoin", "mergejoin"):  # a scan left now has no index to go by, however small
                session.execute(text(f"set enable_{way} = off"))
        yield demo


def test_a_school_week_is_found_by_indexes(measured):
    assert len(VIEWS) == 12
    wrong = {}
    for view in VIEWS:
        query = f"select * from {view} where school_id = 1 and week_start = '2026-11-16'"
        found = reaches(session.connection(), query)
        assert found
        wrong[view] = [
            f"{reach.name}: {reach.said}"
            for reach in found
            if (allowed := BY.get(ALIASES.get(reach.name, reach.name)))
            and not any(columns <= reach.columns for columns in allowed)
        ]
    assert {view: said for view, said in wrong.items() if said} == {}


def test_a_scan_is_caught(measured):
    (reach,) = reaches(session.connection(), "select * from mark where set_at > '2026-09-14'")
    assert not any(columns <= reach.columns for columns in BY["mark"])
