"""The activity profiles of a region: which holds, which will, which did, and who changed what."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Literal

from sqlalchemy import ColumnElement, select

from portal.content.indicators import by_code
from portal.content.profiles import HUNDREDTHS, Criterion, Profile, from_text
from portal.extensions import session
from portal.models.activity import ActivityCriterion, ActivityProfile, ProfileChange
from portal.models.people import Person
from portal.queries.monitoring import threshold_text
from portal.values.names import short_name
from portal.values.week import Week

State = Literal["planned", "in force", "past"]


@dataclass(frozen=True, slots=True)
class ProfileSet:
    """A set that holds from a week on. ``own``: the region's, else the product's «По умолчанию»."""

    profile: Profile
    from_week: Week
    state: State
    own: bool


def profile_sets(region_id: int, present: Week) -> list[ProfileSet]:
    """The region's sets, the latest first; without one in force, the product's stands in its place."""
    own = _sets(ActivityProfile.region_id == region_id)
    begun = [found for found in own if found[0] <= present]
    sets = [
        ProfileSet(
            profile, week, "planned" if week > present else "in force" if (week, profile) == begun[0] else "past", True
        )
        for week, profile in own
    ]
    if not begun:
        week, profile = _sets(ActivityProfile.region_id.is_(None))[0]
        sets.append(ProfileSet(profile, week, "in force", False))
    return sets


def set_in_force(region_id: int, week: Week) -> ProfileSet:
    """The set that a week is judged by."""
    return next(found for found in profile_sets(region_id, week) if found.state == "in force")


def coming_set(region_id: int, week: Week, present: Week) -> ProfileSet | None:
    """The region's set that is to begin in that very week; ``None`` where there is none, or it has begun."""
    planned = (found for found in profile_sets(region_id, present) if found.state == "planned")
    return next((found for found in planned if found.from_week == week), None)


def _sets(which: ColumnElement[bool]) -> list[tuple[Week, Profile]]:
    rows = session.execute(
        select(
            ActivityProfile.id, ActivityProfile.name, ActivityProfile.from_week, ActivityCriterion.indicator,
            ActivityCriterion.threshold, ActivityCriterion.counted,
        )
        .join(ActivityCriterion, ActivityCriterion.profile_id == ActivityProfile.id)
        .where(which)
        .order_by(ActivityProfile.from_week.desc(), ActivityProfile.id.desc())
    )  # fmt: skip
    found: dict[int, tuple[Week, str, list[Criterion]]] = {}
    for row in rows:
        _, _, criteria = found.setdefault(row.id, (Week.of(row.from_week), row.name, []))
        criteria.append(Criterion(row.indicator, Decimal(row.threshold) / HUNDREDTHS, row.counted))
    return [(week, Profile(name, False, _ordered(criteria))) for week, name, criteria in found.values()]


def _ordered(criteria: list[Criterion]) -> tuple[Criterion, ...]:
    """In the catalogue's order; what it does not know comes last."""
    order = {code: place for place, code in enumerate(by_code())}
    return tuple(sorted(criteria, key=lambda each: (order.get(each.indicator, len(order)), each.indicator)))


@dataclass(frozen=True, slots=True)
class ProfileChanged:
    """A change of the set from ``from_week`` on: who (empty: a command), when, and what became of what."""

    at: datetime
    who: str
    from_week: Week
    what: tuple[str, ...]


def profile_changes(region_id: int) -> list[ProfileChanged]:
    """Every change of the region's sets, the newest first."""
    rows = session.execute(
        select(ProfileChange, Person.last_name, Person.first_name, Person.middle_name)
        .outerjoin(Person, Person.id == ProfileChange.by_id)
        .where(ProfileChange.region_id == region_id)
        .order_by(ProfileChange.at.desc(), ProfileChange.id.desc())
    )
    return [
        ProfileChanged(
            change.at, "" if last is None else short_name(last, first, middle), Week.of(change.from_week),
            told(*(None if text is None else from_text(text) for text in (change.before, change.after))),
        )
        for change, last, first, middle in rows
    ]  # fmt: skip


def told(before: Profile | None, after: Profile | None) -> tuple[str, ...]:
    """What became of a set, a line a thing: «Учителя: активация: не входит → считается от 70 %»."""
    if after is None:
        return ("набор отменён",)
    if before is None:
        return (f"новый набор «{after.name}»",)
    lines = [f"название: «{before.name}» → «{after.name}»"] if before.name != after.name else []
    old, new = ({each.indicator: role_of(each) for each in profile.criteria} for profile in (before, after))
    for code in dict.fromkeys((*old, *new)):
        was, now = old.get(code, OUTSIDE), new.get(code, OUTSIDE)
        if was != now:
            lines.append(f"{name_of(code)}: {was} → {now}")
    return tuple(lines)


OUTSIDE = "не входит"


def role_of(criterion: Criterion) -> str:
    """«считается от 70 %», «показывается, порог 60 %»."""
    threshold = threshold_text(criterion.threshold)
    return f"считается от {threshold}" if criterion.counted else f"показывается, порог {threshold}"


def name_of(code: str) -> str:
    """The Russian name of an indicator; a code the catalogue does not know as it is."""
    known = by_code().get(code)
    return known.name if known else code
