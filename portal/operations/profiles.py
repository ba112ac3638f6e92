"""Sets a region's activity profile from a week on; every change stays on record."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from sqlalchemy import delete, insert, select
from sqlalchemy.dialects import postgresql, sqlite

from portal.access.actor import Actor
from portal.content.profiles import HUNDREDTHS, Criterion, Profile, as_text
from portal.extensions import session
from portal.models.activity import ActivityCriterion, ActivityProfile, ProfileChange
from portal.models.organisation import Municipality, School
from portal.values.deadlines import local_day
from portal.values.refusal import Refusal
from portal.values.texts import digest
from portal.values.week import Week, long_date


def adopt_profile(region_id: int, profile: Profile, from_week: Week, *, at: datetime) -> int:
    """Let ``profile`` hold in the region from any week on, as an operator sets a portal up; its id.

    In place of one that began in that very week. Frozen weeks keep what they were judged by.
    """
    return _write(region_id, profile, from_week, None, at)


def set_profile(region_id: int, profile: Profile, from_week: Week, *, seen: str = "", by: Actor, at: datetime) -> int:
    """Let ``profile`` hold in the region from a coming week on; its id. The same form sent twice changes nothing.

    ``seen`` is the digest of the text of what the doer saw standing for that week. Refused for a week that
    has begun, for a profile that counts nothing, and where somebody else has changed it meanwhile.
    """
    _refuse_unless_coming(region_id, from_week, at)
    if not any(criterion.counted for criterion in profile.criteria):
        raise Refusal("Ни один показатель не считается. Отметьте хотя бы один: из них складывается активность.")
    standing = _standing(region_id, from_week)
    if standing not in (None, as_text(profile)) and digest(standing) != seen:
        raise Refusal(
            f"Набор с {long_date(from_week.start)} уже есть, и вы его не видели: его тем временем сохранил кто-то "
            "другой. Откройте его на странице профилей и правьте там."
        )
    return _write(region_id, profile, from_week, by, at)


def withdraw_profile(region_id: int, from_week: Week, *, by: Actor, at: datetime) -> None:
    """Take back a set that has not begun; refused for one that has. What is gone already is left alone."""
    _refuse_unless_coming(region_id, from_week, at)
    found = _profile(region_id, from_week)
    if found is None:
        return
    _change(region_id, from_week, by, at).before = _standing(region_id, from_week)
    session.execute(delete(ActivityCriterion).where(ActivityCriterion.profile_id == found.id))
    session.delete(found)
    session.flush()


def _refuse_unless_coming(region_id: int, from_week: Week, at: datetime) -> None:
    zones = session.scalars(
        select(School.timezone)
        .distinct()
        .join(Municipality, Municipality.id == School.municipality_id)
        .where(Municipality.region_id == region_id)
    ).all()
    present = max(Week.of(local_day(at, zone)) for zone in zones or ("UTC",))
    if from_week <= present:
        raise Refusal(
            f"Неделя {from_week} уже началась: её показатели считаются по нынешнему набору. "
            f"Новый может действовать с понедельника, {long_date(present.next.start)}, или позже."
        )


def _profile(region_id: int, from_week: Week) -> ActivityProfile | None:
    return session.scalar(
        select(ActivityProfile).where(
            ActivityProfile.region_id == region_id, ActivityProfile.from_week == from_week.start
        )
    )


def _standing(region_id: int, from_week: Week) -> str | None:
    """The set that begins in that very week, as text."""
    found = _profile(region_id, from_week)
    if found is None:
        return None
    row = ActivityCriterion
    rows = session.execute(select(row.indicator, row.threshold, row.counted).where(row.profile_id == found.id))
    criteria = tuple(Criterion(code, Decimal(hundredths) / HUNDREDTHS, counted) for code, hundredths, counted in rows)
    return as_text(Profile(found.name, False, criteria))


def _write(region_id: int, profile: Profile, from_week: Week, by: Actor | None, at: datetime) -> int:
    before, after = _standing(region_id, from_week), as_text(profile)
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    row = {"region_id": region_id, "from_week": from_week.start, "name": profile.name}
    session.execute(dialect.insert(ActivityProfile).values(row).on_conflict_do_nothing())
    found = _profile(region_id, from_week)
    if found is None:
        raise LookupError(region_id)
    if before == after:
        return found.id
    found.name = profile.name
    session.flush()
    session.execute(delete(ActivityCriterion).where(ActivityCriterion.profile_id == found.id))
    session.execute(
        insert(ActivityCriterion),
        [
            {
                "profile_id": found.id, "indicator": each.indicator, "counted": each.counted,
                "threshold": int(each.threshold * HUNDREDTHS),
            }
            for each in profile.criteria
        ],
    )  # fmt: skip
    change = _change(region_id, from_week, by, at)
    change.before, change.after = before, after
    session.flush()
    return found.id


def _change(region_id: int, from_week: Week, by: Actor | None, at: datetime) -> ProfileChange:
    """A row of history that still lacks what was and what is."""
    change = ProfileChange(region_id=region_id, from_week=from_week.start, at=at, by_id=by.person_id if by else None)
    session.add(change)
    return change
