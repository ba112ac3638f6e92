"""Every night the days that are over are counted ahead, so that counters need not read the whole journal."""

from __future__ import annotations

from datetime import datetime

from portal.extensions import session
from portal.operations.counted_days import count_ahead


def count_finished_days(at: datetime) -> int:
    """Count what is over by ``at`` and what was changed since; the number of schools that were behind.

    Safe to call every hour: days that are counted already cost nothing.
    """
    behind = count_ahead(at)
    session.commit()
    return behind
