"""Gives a region one of the product's activity profiles."""

from __future__ import annotations

from sqlalchemy import delete, select

from portal.content.profiles import Profile
from portal.extensions import session
from portal.models.activity import ActivityCriterion, ActivityProfile
from portal.values.week import Week

HUNDREDTHS = 100
"""Thresholds are kept in hundredths of a per cent."""


def adopt_profile(region_id: int, profile: Profile, from_week: Week) -> int:
    """Let ``profile`` hold in the region from a week on, in place of one that began in that very week; its id."""
    found = session.scalar(
        select(ActivityProfile).where(
            ActivityProfile.region_id == region_id, ActivityProfile.from_week == from_week.start
        )
    )
    if found is None:
        found = ActivityProfile(region_id=region_id, from_week=from_week.start)
        session.add(found)
    found.name = profile.name
    session.flush()
    session.execute(delete(ActivityCriterion).where(ActivityCriterion.profile_id == found.id))
    session.add_all(
        ActivityCriterion(
            profile_id=found.id,
            indicator=criterion.indicator,
            threshold=int(criterion.threshold * HUNDREDTHS),
            counted=criterion.counted,
        )
        for criterion in profile.criteria
    )
    session.flush()
    return found.id
