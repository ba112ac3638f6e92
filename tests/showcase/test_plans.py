"""One school's readiness is found by indexes, whatever else the database holds."""

from __future__ import annotations

from sqlalchemy import select, text

from portal.content.showcase import kinds
from portal.extensions import db, session
from portal.models.organisation import School
from portal.values.week import Week
from tests.demo_day import TODAY
from tests.sql.plans import reaches

GROWING = {
    "lesson": [{"school_id", "week_start"}, {"class_id", "week_start"}, {"group_id"}, {"id"}, {"rowid"}],
    "mark": [{"lesson_id"}],
    "homework": [{"lesson_id"}],
    "period_mark": [{"group_id"}],
    "data_restriction": [{"person_id"}],
    "school_event": [{"school_id"}],
}
"""Tables that grow with time, and the columns any one of which sets must find their rows. (What a demo's
few rows let PostgreSQL hash instead of looking up is left to its costs.)"""

VIEWS = [
    "fact_profile", "fact_not_moved_up", "fact_current_period", "subject_week", "indicator_digital_profile",
    "indicator_pupils_esia", "indicator_guardians_esia", *(f"showcase_{kind.code}" for kind in kinds()),
]  # fmt: skip


def test_a_schools_week_is_found_by_indexes(demo):
    with demo.app_context():
        connection = session.connection()
        if connection.dialect.name == "postgresql":
            session.execute(text("analyze"))
            connection.execute(text("set local enable_seqscan = off"))
        school_id = session.scalar(select(School.id).order_by(School.key).limit(1))
        wrong = {name: found for name in VIEWS if (found := _wrong(connection, name, school_id))}
        db.session.rollback()
    assert wrong == {}


def _wrong(connection, view: str, school_id: int) -> list[str]:
    found = reaches(
        connection, f"select * from {view} where school_id = {school_id} and week_start = '{Week.of(TODAY).start}'"
    )
    assert found, view
    known = [(GROWING.get(reach.name), reach) for reach in found]
    return [
        f"{reach.name}: {reach.said}"
        for ways, reach in known
        if ways is not None and not any(columns <= reach.columns for columns in ways)
    ]
