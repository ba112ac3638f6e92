"""The figures of schools as pages, files and the export tell them: frozen weeks as they were reported, others as now.

Frozen goes before imported history, imported before computed (domain/indicators.md, «History»).
"""

from __future__ import annotations

from collections.abc import Collection

from portal.queries import frozen_figures, live_figures
from portal.queries.readings import NO_VALUE, NOTHING, Criterion, Key, Reading, Stamp, Value
from portal.values.week import Week

__all__ = ["NO_VALUE", "Criterion", "Key", "Reading", "Stamp", "Value", "read"]


def read(
    school_ids: Collection[int], weeks: Collection[Week], codes: Collection[str] | None = None, *, live: bool = False
) -> Reading:
    """Figures (of some ``codes`` alone where named), what judges them, vacations and stamps, in at most six queries.

    Where every week is frozen no view is touched. ``live``: computed anew, whatever is frozen.
    """
    frozen = NOTHING if live else frozen_figures.read(school_ids, weeks, codes)
    open_weeks = [(school_id, week) for school_id in school_ids for week in weeks if not frozen.stamp(school_id, week)]
    if not open_weeks:
        return frozen
    fresh = live_figures.read({school_id for school_id, _ in open_weeks}, {week for _, week in open_weeks}, codes)
    known = frozen.stamps

    def is_open(school_id: int, monday: object) -> bool:
        return (school_id, monday) not in known

    return Reading(
        {**{key: value for key, value in fresh.values.items() if is_open(*key[:2])}, **frozen.values},
        {**{key: rule for key, rule in fresh.criteria.items() if is_open(*key[:2])}, **frozen.criteria},
        {*(pair for pair in fresh.vacations if is_open(*pair)), *frozen.vacations},
        known,
    )
