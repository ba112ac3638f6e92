"""The Monday's job freezes each school's week once it is over there."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import delete, select

from portal.extensions import session
from portal.jobs.frozen_weeks import freeze_last_week
from portal.models.frozen import FrozenFigure, FrozenWeek
from portal.models.organisation import School
from tests.borders import WEEK


@pytest.fixture
def tidied(borders):
    """The dataset of borders; what the job commits is taken away after."""
    yield borders
    session.execute(delete(FrozenFigure))
    session.execute(delete(FrozenWeek))
    session.commit()


def test_each_school_by_its_own_clock_and_once(tidied):
    sunday = datetime(2026, 9, 20, tzinfo=UTC)
    counts = [freeze_last_week(sunday + timedelta(hours=hour)) for hour in (13, 14, 15, 21, 22, 23)]
    # first the week before, for all; then east to west: Vladivostok, Moscow, Kaliningrad
    assert counts == [9, 1, 0, 7, 1, 0]
    keys = select(School.key).join(FrozenWeek).where(FrozenWeek.week_start == WEEK.start).order_by(FrozenWeek.id)
    found = list(session.scalars(keys))
    assert (found[0], found[-1], len(found)) == ("times", "two", 9)
    assert set(session.scalars(select(FrozenWeek.frozen_by_id))) == {None}
