"""Freezing on the dataset of borders: what is kept is what was told, and nothing later rewrites it."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import delete, event, func, select, update

from portal.content.indicators import SCHOOL_ACTIVITY, indicators
from portal.extensions import db, session
from portal.models import views
from portal.models.activity import ActivityCriterion, ActivityProfile
from portal.models.frozen import FrozenFigure, FrozenWeek
from portal.models.journal import Attendance, Homework, Mark
from portal.models.organisation import School
from portal.operations.frozen_weeks import Outcome, freeze
from portal.queries.indicator_export import of_all
from portal.queries.indicators import municipality_week, region_week, school_week, schools_week
from portal.values.refusal import Refusal
from portal.values.week import Week
from tests.borders import WEEK, id_of

MOSCOW_ENDS = datetime(2026, 9, 20, 21, tzinfo=UTC)
KALININGRAD_ENDS = MOSCOW_ENDS + timedelta(hours=1)
LATER = datetime(2026, 9, 21, 9, tzinfo=UTC)


def everything(**how):
    return schools_week(list(session.scalars(select(School.id))), WEEK, **how)


def freeze_all(week=WEEK, at=LATER, **more):
    return freeze("all", None, week, by=None, at=at, **more)


def spoil_the_journal():
    """Everything that was marked, asked for or missed is taken away, late."""
    for table in (Mark, Homework, Attendance):
        session.execute(update(table).values(removed_at=LATER))
    session.expire_all()


def test_what_is_frozen_is_what_was_told(borders):
    before = everything()
    assert freeze_all() == Outcome(9, 0, 0)
    after = everything()
    assert all(school.stamp is not None for school in after)
    assert [replace(school, stamp=None) for school in after] == before  # imported, vacations, thresholds and all
    old = school_week(id_of("old"), WEEK)
    assert (old.figures["journal_kept"].imported, old.figures["journal_kept"].shown, old.on_vacation) == (
        True,
        49,
        True,
    )


def test_activity_is_kept_as_its_view_computes_it(borders):
    view = views.indicator_view(SCHOOL_ACTIVITY).c
    freeze_all()
    kept = select(FrozenWeek.school_id, FrozenFigure.numerator, FrozenFigure.denominator)
    kept = kept.join(FrozenFigure, FrozenFigure.frozen_week_id == FrozenWeek.id)
    by_view = select(view.school_id, view.numerator, view.denominator).where(view.week_start == WEEK.start)
    found = session.execute(kept.where(FrozenFigure.indicator == SCHOOL_ACTIVITY)).all()
    assert sorted(map(tuple, found)) == sorted(map(tuple, session.execute(by_view)))


def test_freezing_twice_changes_nothing(borders):
    freeze_all()
    rows = session.scalar(select(func.count()).select_from(FrozenFigure))
    assert rows == 9 * len(indicators())
    spoil_the_journal()
    assert freeze_all(at=LATER + timedelta(hours=1)) == Outcome(0, 0, 9)
    assert session.scalar(select(func.count()).select_from(FrozenFigure)) == rows
    assert school_week(id_of("times"), WEEK).stamp.version == 1


def test_a_later_change_is_seen_only_by_those_who_ask_for_it(borders):
    for week in (WEEK.previous, WEEK):
        freeze_all(week)
    times = id_of("times")
    before = school_week(times, WEEK)
    spoil_the_journal()
    assert school_week(times, WEEK) == before
    live = school_week(times, WEEK, live=True)
    assert live.stamp is None
    assert live.figures["marks_timely"].percent.numerator == 0
    reported = {row[2:4]: row for row in of_all(WEEK)}
    computed = {row[2:4]: row for row in of_all(WEEK, live=True)}
    assert reported["times", "marks_timely"][4:7] == ("7", "13", "53.8462")
    assert computed["times", "marks_timely"][4:7] == ("0", "0", "")
    assert reported.keys() == computed.keys()


def test_recomputing_keeps_both_versions(borders):
    freeze_all()
    spoil_the_journal()
    at = LATER + timedelta(hours=2)
    asked = {"by": None, "at": at, "recompute_until": LATER}
    assert freeze("municipality", id_of("m1"), WEEK, **asked) == Outcome(0, 3, 0)
    assert freeze("municipality", id_of("m1"), WEEK, **asked | {"at": at + timedelta(seconds=1)}) == Outcome(0, 0, 3)
    times = school_week(id_of("times"), WEEK)
    assert (times.stamp.version, times.figures["marks_timely"].percent.denominator) == (2, 0)
    kept = session.execute(
        select(FrozenWeek.version, FrozenFigure.numerator, FrozenFigure.denominator)
        .join(FrozenFigure, FrozenFigure.frozen_week_id == FrozenWeek.id)
        .where(FrozenWeek.school_id == id_of("times"), FrozenFigure.indicator == "marks_timely")
        .order_by(FrozenWeek.version)
    ).all()
    assert [tuple(row) for row in kept] == [(1, 7, 13), (2, 0, 0)]
    assert school_week(id_of("old"), WEEK).stamp.version == 1  # of another municipality


def test_a_week_is_over_on_the_schools_own_clock(borders):
    moments = ((MOSCOW_ENDS, "people"), (KALININGRAD_ENDS, "two"), (datetime(2026, 9, 20, 14, tzinfo=UTC), "times"))
    for ends, school in moments:
        with pytest.raises(Refusal, match=r"с понедельника, 21 сентября"):
            freeze("school", id_of(school), WEEK, by=None, at=ends - timedelta(microseconds=1))
        assert freeze("school", id_of(school), WEEK, by=None, at=ends) == Outcome(1, 0, 0)
    with pytest.raises(Refusal, match="ещё не кончилась"):
        freeze("municipality", id_of("m1"), WEEK.next, by=None, at=LATER)
    assert school_week(id_of("people"), WEEK.next).stamp is None


def test_a_week_out_of_the_calendar_is_refused(borders):
    with pytest.raises(Refusal, match="нет в календаре"):
        freeze_all(Week.parse("1999-09-06"))


def test_nothing_is_computed_where_all_is_frozen(borders):
    for week in (WEEK.previous, WEEK):
        freeze_all(week)
    seen: list[str] = []
    unit_id = id_of("m1")

    def note(_connection, _cursor, statement, *_more):
        seen.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        municipality_week(unit_id, WEEK)
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
    assert len(seen) == 4  # the municipality, its schools, the weeks, their figures
    read = {name for statement in seen for name in re.findall(r"(?:FROM|JOIN) (\w+)", statement)}
    assert read == {"municipality", "school", "frozen_week", "frozen_figure", "person"}


def test_thresholds_are_frozen_with_the_figures(borders):
    for week in (WEEK.previous, WEEK):
        freeze_all(week)
    before = municipality_week(id_of("m1"), WEEK)
    product = session.scalars(select(ActivityProfile).where(ActivityProfile.region_id.is_(None))).one()
    session.execute(update(ActivityCriterion).where(ActivityCriterion.profile_id == product.id).values(threshold=9900))
    session.execute(
        delete(ActivityCriterion).where(
            ActivityCriterion.profile_id == product.id, ActivityCriterion.indicator == "journal_kept"
        )
    )
    assert municipality_week(id_of("m1"), WEEK) == before
    planned = before.schools[-1].figures["lessons_planned"]
    assert (planned.threshold, planned.counted, planned.met) == (Decimal(50), True, True)
    # the week after is judged anew, and compared with what was shown then
    following = school_week(id_of("times"), WEEK.next).figures["lessons_planned"]
    assert (following.threshold, following.previous_threshold) == (Decimal(99), Decimal(50))
    assert following.previous == planned.percent
    homework = school_week(id_of("times"), WEEK).figures["homework_timely"]  # the catalogue's, for shares of schools
    assert (homework.threshold, homework.counted) == (Decimal(50), False)


def test_a_unit_may_be_frozen_in_part(borders):
    freeze("school", id_of("times"), WEEK, by=None, at=LATER)
    spoil_the_journal()
    unit = municipality_week(id_of("m1"), WEEK)
    assert len(unit.stamps) == 1
    by_key = {school.key: school for school in unit.schools}
    assert by_key["times"].figures["marks_timely"].percent.denominator == 13
    assert by_key["two"].figures["marks_timely"].percent.denominator == 0
    assert freeze("region", id_of("r1"), WEEK, by=None, at=LATER) == Outcome(7, 0, 1)
    assert len(region_week(id_of("r1"), WEEK).stamps) == 8
