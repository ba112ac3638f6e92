"""Every Monday the week that ended is frozen, each school's when it ends on its own clock."""

from __future__ import annotations

from datetime import datetime

from portal.extensions import session
from portal.operations.frozen_weeks import freeze_finished
from portal.values.week import Week


def freeze_last_week(at: datetime) -> int:
    """Freeze, for every school, the last week that was over by ``at``; the number of schools frozen now.

    Safe to call every hour: a school's week is frozen by the first call after it has ended. East of Greenwich it
    ends before the week of ``at`` in UTC does.
    """
    week = Week.of(at.date())
    frozen = sum(freeze_finished(each, at=at).frozen for each in (week.previous, week))
    session.commit()
    return frozen
