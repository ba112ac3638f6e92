"""Freezes reporting weeks: what the office reported stays as it was (domain/indicators.md, «History»)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import func, select
from sqlalchemy.dialects import postgresql, sqlite

from portal.access.actor import Actor
from portal.extensions import session
from portal.models import views
from portal.models.frozen import FrozenWeek
from portal.models.organisation import Municipality, School
from portal.operations.frozen_figures import keep_figures
from portal.values.refusal import Refusal
from portal.values.week import Week, long_date

Level = Literal["school", "municipality", "region", "all"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """Schools whose week was frozen now, computed once more, and left as it was."""

    frozen: int
    recomputed: int
    kept: int


def freeze(
    level: Level,
    unit_id: int | None,
    week: Week,
    *,
    by: Actor | None,
    at: datetime,
    recompute_until: datetime | None = None,
) -> Outcome:
    """Keep the figures of a unit's schools («all»: of every school) for ``week`` as they are now.

    A frozen week stays as it is, so the same order sent twice changes nothing. ``recompute_until``: whatever was
    frozen by that moment (what the doer saw) is computed anew as a further version; the earlier ones stay on record.
    ``by`` is ``None`` for a command or the job runner. Refused while the week runs on some school's clock.
    """
    school_ids = _school_ids(level, unit_id)
    _refuse_unless_over(school_ids, week, at)
    return _freeze(school_ids, week, by, at, recompute_until)


def freeze_finished(week: Week, *, at: datetime) -> Outcome:
    """Freeze the week of every school on whose clock it is over, by nobody's order (the job runner's step)."""
    sw = views.school_week.c
    over = select(sw.school_id).where(sw.week_start == week.start, sw.ends_at <= at).order_by(sw.school_id)
    return _freeze(list(session.scalars(over)), week, None, at, None)


def _freeze(
    school_ids: Sequence[int], week: Week, by: Actor | None, at: datetime, recompute_until: datetime | None
) -> Outcome:
    known = _versions(school_ids, week)
    fresh = [school_id for school_id in school_ids if school_id not in known]
    again = [
        school_id
        for school_id, (_, frozen_at) in known.items()
        if recompute_until is not None and frozen_at <= recompute_until
    ]
    versions = {school_id: known[school_id][0] + 1 if school_id in known else 1 for school_id in (*fresh, *again)}
    if versions:
        _add_versions(versions, week, by, at)
        keep_figures(versions, week)
    return Outcome(len(fresh), len(again), len(known) - len(again))


def _school_ids(level: Level, unit_id: int | None) -> list[int]:
    query = select(School.id).order_by(School.id)
    if level == "school":
        query = query.where(School.id == unit_id)
    elif level == "municipality":
        query = query.where(School.municipality_id == unit_id)
    elif level == "region":
        query = query.join(Municipality, Municipality.id == School.municipality_id)
        query = query.where(Municipality.region_id == unit_id)
    return list(session.scalars(query))


def _refuse_unless_over(school_ids: Sequence[int], week: Week, at: datetime) -> None:
    sw = views.school_week.c
    rows = session.execute(
        select(sw.school_id, sw.ends_at).where(sw.week_start == week.start, sw.school_id.in_(school_ids))
    )
    ends = {row.school_id: row.ends_at for row in rows}
    if any(end > at for end in ends.values()):
        raise Refusal(
            f"Неделя {week} ещё не кончилась: показатели меняются. Зафиксировать её можно с понедельника, "
            f"{long_date(week.next.start)}."
        )
    if len(ends) < len(school_ids):
        raise Refusal(f"Недели {week} нет в календаре портала: фиксировать нечего.")


def _versions(school_ids: Sequence[int], week: Week) -> dict[int, tuple[int, datetime]]:
    """School → the version in force and when it was frozen."""
    rows = session.execute(
        select(FrozenWeek.school_id, func.max(FrozenWeek.version), func.max(FrozenWeek.frozen_at))
        .where(FrozenWeek.week_start == week.start, FrozenWeek.school_id.in_(school_ids))
        .group_by(FrozenWeek.school_id)
    )
    return {school_id: (version, frozen_at) for school_id, version, frozen_at in rows}


def _add_versions(versions: dict[int, int], week: Week, by: Actor | None, at: datetime) -> None:
    """The rows of the weeks; one that somebody else has just added stands."""
    resting = _on_vacation(versions, week)
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    session.execute(
        dialect.insert(FrozenWeek).on_conflict_do_nothing(),
        [
            {
                "school_id": school_id, "week_start": week.start, "version": version,
                "on_vacation": school_id in resting, "frozen_at": at,
                "frozen_by_id": by.person_id if by else None,
            }
            for school_id, version in versions.items()
        ],
    )  # fmt: skip


def _on_vacation(school_ids: Iterable[int], week: Week) -> set[int]:
    view = views.vacation.c
    query = select(view.school_id).where(view.week_start == week.start, view.school_id.in_(list(school_ids)))
    return set(session.scalars(query.where(view.is_on_vacation == 1)))
