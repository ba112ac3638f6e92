"""The digital profile: pupils with an account and a document over the contingent, and who signed in through ESIA."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import and_, case, func, literal, select, union_all

from portal.extensions import session
from portal.models import views
from portal.models.organisation import School
from portal.values.percent import Percent
from portal.values.table import signed
from portal.values.week import Week

TARGET = 100
"""Per cent (domain/indicators.md)."""

RATIOS = ("digital_profile", "pupils_esia", "guardians_esia", "teachers_esia")

Ratios = dict[tuple[int, Week, str], Percent]


@dataclass(frozen=True, slots=True)
class Profile:
    """The figures of a school, or sums over a unit's schools.

    ``percent`` has the pupils with a profile over the contingent less the ``restricted``; ``previous`` is last
    week's. ``contingent`` is none where the school reported none; ``unknown`` schools of a unit did not: they are
    left out of the percentage. ``without_document`` are enrolled pupils who may be processed.
    """

    contingent: int | None
    restricted: int
    without_document: int
    percent: Percent
    previous: Percent
    pupils_esia: Percent
    guardians_esia: Percent
    teachers_esia: Percent
    unknown: int = 0

    @property
    def met(self) -> bool | None:
        return None if self.percent.exact is None else self.percent.meets(TARGET)

    @property
    def change(self) -> int | None:
        """Points between what is shown last week and now."""
        before, now = self.previous.whole(TARGET), self.percent.whole(TARGET)
        return None if before is None or now is None else now - before

    @property
    def change_text(self) -> str:
        """«за неделю: +1»; empty where there is nothing to compare."""
        return "" if self.change is None else f"за неделю: {signed(self.change)}"


def profiles(school_ids: Collection[int], week: Week) -> dict[int, Profile]:
    """Every school's figures as of a week, in three queries."""
    ratios = _ratios(school_ids, week)
    counts = _counts(school_ids, week)
    contingents = session.execute(select(School.id, School.contingent_oo1).where(School.id.in_(list(school_ids))))
    nobody = Percent(None)
    return {
        school_id: Profile(
            contingent=contingent,
            restricted=counts.get(school_id, (0, 0))[0],
            without_document=counts.get(school_id, (0, 0))[1],
            percent=ratios.get((school_id, week, "digital_profile"), nobody),
            previous=ratios.get((school_id, week.previous, "digital_profile"), nobody),
            pupils_esia=ratios.get((school_id, week, "pupils_esia"), nobody),
            guardians_esia=ratios.get((school_id, week, "guardians_esia"), nobody),
            teachers_esia=ratios.get((school_id, week, "teachers_esia"), nobody),
            unknown=int(contingent is None),
        )
        for school_id, contingent in contingents
    }


def pooled(found: Iterable[Profile]) -> Profile:
    """The sums over schools: a municipality's, a region's."""
    schools = list(found)
    known = [each.contingent for each in schools if each.contingent is not None]
    return Profile(
        contingent=sum(known) if known else None,
        restricted=sum(each.restricted for each in schools),
        without_document=sum(each.without_document for each in schools),
        percent=_sum(each.percent for each in schools),
        previous=_sum(each.previous for each in schools),
        pupils_esia=_sum(each.pupils_esia for each in schools),
        guardians_esia=_sum(each.guardians_esia for each in schools),
        teachers_esia=_sum(each.teachers_esia for each in schools),
        unknown=sum(each.unknown for each in schools),
    )


def _sum(percents: Iterable[Percent]) -> Percent:
    known = [(each.numerator or 0, each.denominator) for each in percents if each.exact is not None]
    return Percent.of(sum(numerator for numerator, _ in known), sum(denominator or 0 for _, denominator in known))


def _ratios(school_ids: Collection[int], week: Week) -> Ratios:
    arms = []
    for code in RATIOS:
        view = views.indicator_view(code)
        weeks = [week.start, week.previous.start] if code == "digital_profile" else [week.start]
        columns = (view.c.school_id, view.c.week_start, view.c.numerator, view.c.denominator)
        arms.append(
            select(literal(code).label("code"), *columns).where(
                view.c.school_id.in_(list(school_ids)), view.c.week_start.in_(weeks)
            )
        )
    return {(row.school_id, Week(row.week_start), row.code): _percent(row) for row in session.execute(union_all(*arms))}


def _percent(row: Any) -> Percent:
    """A contingent smaller than the pupils left out of it says nothing."""
    return Percent.of(row.numerator, row.denominator if (row.denominator or 0) > 0 else None)


def _counts(school_ids: Collection[int], week: Week) -> dict[int, tuple[int, int]]:
    """School → pupils whose data may not be processed; the others without a document."""
    pupil = views.profile.c
    restricted = case((pupil.is_restricted == 1, pupil.person_id))
    without = case((and_(pupil.is_restricted == 0, pupil.has_document == 0), pupil.person_id))
    rows = session.execute(
        select(pupil.school_id, func.count(restricted.distinct()), func.count(without.distinct()))
        .where(pupil.school_id.in_(list(school_ids)), pupil.week_start == week.start)
        .group_by(pupil.school_id)
    )
    return {school_id: (restricted, without) for school_id, restricted, without in rows}
