"""The demo district shows every state of the section, the same for the same seed and day."""

from __future__ import annotations

from sqlalchemy import select

from portal.demo.showcase import events, restricted
from portal.extensions import db
from portal.models.organisation import Municipality
from portal.queries import units
from portal.queries.digital_profile import pooled, profiles
from portal.queries.not_moved_up import counts
from portal.queries.showcase import readiness
from portal.values.week import Week
from tests.demo_day import TODAY
from tests.web.walk import statements

WEEK = Week.of(TODAY)


def test_every_state_is_somewhere(demo):
    with demo.app_context():
        unit = units.municipality(db.session.scalar(select(Municipality.id)))
        with statements(demo) as seen:
            found = readiness(unit.school_ids, WEEK)
        assert len([one for one in seen if "showcase_" in one]) == 1
        ready = {school.key for school in unit.schools if found[school.unit_id].is_ready}
        states = {state.state for own in found.values() for state in own.states.values()}
        whole = pooled(profiles(unit.school_ids, WEEK).values())
        behind = [own.pupils for own in counts(unit.school_ids, WEEK).values() if own.pupils]
    assert "s01" in ready and 2 <= len(ready) < 22
    assert states == {"good", "warn", "bad", "muted"}
    assert whole.restricted == 5 and whole.percent.numerator and whole.percent.denominator
    assert behind == [3]


def test_events_and_marks_follow_from_the_district(demo_district):
    assert list(events(demo_district)) == list(events(demo_district))
    schools = {event.school for event in events(demo_district)}
    assert 10 < len(schools) < 22
    pupils = set(restricted(demo_district))
    assert len(pupils) == 5
    idle = {row["person_id"] for row in demo_district.rows.of("people") if not row["activated_at"]}
    assert pupils <= idle
