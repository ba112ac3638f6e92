"""The figures of weeks being frozen: out of the views into ``frozen_figure``, a statement for all schools at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Integer,
    Select,
    and_,
    case,
    cast,
    exists,
    false,
    func,
    literal,
    null,
    or_,
    select,
    true,
)
from sqlalchemy.dialects import postgresql, sqlite

from portal.content.indicators import SCHOOL_ACTIVITY, indicators
from portal.extensions import session
from portal.models import views
from portal.models.frozen import FrozenFigure, FrozenWeek
from portal.values.week import Week

COLUMNS = ("frozen_week_id", "indicator", "numerator", "denominator", "value", "imported", "threshold", "counted")
HUNDREDTHS = 100
VALUE_OF_THRESHOLD = 100
"""Thresholds are kept in hundredths of a per cent, imported values in ten-thousandths."""


def keep_figures(versions: Mapping[int, int], week: Week) -> None:
    """Keep the figures of versions just added (school → version) that have none yet.

    As pages show them: an imported value that holds goes before the computed one, and ``school_activity`` is made
    of the kept figures.
    """
    week_ids = _without_figures(versions, week)
    if not week_ids:
        return
    _insert(_imported(week_ids))
    _insert(_computed(week_ids, versions, week))
    _insert(_activity(week_ids))


def _without_figures(school_ids: Iterable[int], week: Week) -> list[int]:
    known = exists().where(FrozenFigure.frozen_week_id == FrozenWeek.id)
    query = select(FrozenWeek.id).where(FrozenWeek.week_start == week.start, ~known)
    return list(session.scalars(query.where(FrozenWeek.school_id.in_(list(school_ids)))))


def _insert(rows: Select[*tuple[Any, ...]]) -> None:
    """What is there already stands: an imported figure before a computed one."""
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    session.execute(dialect.insert(FrozenFigure).from_select(COLUMNS, rows).on_conflict_do_nothing())


def _imported(week_ids: list[int]) -> Select[*tuple[Any, ...]]:
    given = views.history.c
    codes = [found.code for found in indicators() if found.code != SCHOOL_ACTIVITY]
    return (
        select(
            FrozenWeek.id, given.indicator, given.numerator, given.denominator, given.value, true(),
            _threshold(given.indicator), _counted(given.indicator),
        )
        .join(views.history, and_(given.school_id == FrozenWeek.school_id, given.week_start == FrozenWeek.week_start))
        .where(FrozenWeek.id.in_(week_ids), given.indicator.in_(codes))
    )  # fmt: skip


def _computed(week_ids: list[int], school_ids: Iterable[int], week: Week) -> Select[*tuple[Any, ...]]:
    """The filters on the view itself, beside those of the join, reach its tables on both engines."""
    figure = views.figure.c
    return (
        select(
            FrozenWeek.id, figure.indicator, figure.numerator, figure.denominator, cast(null(), BigInteger), false(),
            _threshold(figure.indicator), _counted(figure.indicator),
        )
        .join(views.figure, figure.school_id == FrozenWeek.school_id)
        .where(
            FrozenWeek.id.in_(week_ids), figure.week_start == week.start, figure.school_id.in_(list(school_ids))
        )
    )  # fmt: skip


def _activity(week_ids: list[int]) -> Select[*tuple[Any, ...]]:
    """Met criteria over criteria; a test holds it to ``indicator_school_activity``."""
    kept = FrozenFigure
    met = or_(
        kept.value >= VALUE_OF_THRESHOLD * kept.threshold,
        and_(
            kept.value.is_(None),
            kept.denominator > 0,
            100 * HUNDREDTHS * kept.numerator >= kept.threshold * kept.denominator,
        ),
    )
    code = literal(SCHOOL_ACTIVITY)
    rows: Select[*tuple[Any, ...]] = (
        select(
            FrozenWeek.id, code, func.count(case((met, 1))), func.count(), cast(null(), BigInteger), false(),
            _threshold(code), false(),
        )
        .select_from(FrozenWeek)
        .join(kept, kept.frozen_week_id == FrozenWeek.id)
        .where(FrozenWeek.id.in_(week_ids), kept.counted)
        .group_by(FrozenWeek.id)
    )  # fmt: skip
    return rows


def _threshold(code: ColumnElement[str]) -> ColumnElement[int | None]:
    """The profile's, else the catalogue's for shares of schools."""
    shares = {found.code: found.share_threshold for found in indicators() if found.share_threshold is not None}
    shared = case({key: HUNDREDTHS * threshold for key, threshold in shares.items()}, value=code)
    return func.coalesce(_criterion(views.criterion.c.threshold, code), shared)


def _counted(code: ColumnElement[str]) -> ColumnElement[bool]:
    return func.coalesce(_criterion(views.criterion.c.is_counted, code), 0) == 1


def _criterion(column: ColumnElement[Any], code: ColumnElement[str]) -> ColumnElement[Any]:
    row = views.criterion.c
    return (
        select(cast(column, Integer))
        .where(row.school_id == FrozenWeek.school_id, row.week_start == FrozenWeek.week_start, row.indicator == code)
        .correlate(FrozenWeek, views.figure, views.history)
        .scalar_subquery()
    )
