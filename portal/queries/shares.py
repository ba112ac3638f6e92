"""One figure out of many schools': their ratio together, the share that meets a threshold, the middle one."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from portal.content.indicators import Indicator
from portal.values.percent import Percent


def pooled(percents: Sequence[Percent]) -> Percent:
    """Sums of numerators and denominators; values that came without them have nothing to add."""
    known = [(p.numerator, p.denominator) for p in percents if p.numerator is not None and p.denominator is not None]
    return Percent.of(sum(numerator for numerator, _ in known), sum(denominator for _, denominator in known))


def meeting(percents: Sequence[Percent], threshold: Decimal | None) -> Percent:
    """The share of schools that meet the threshold; no value where there is none."""
    if threshold is None:
        return Percent.of(None, len(percents))
    return Percent.of(sum(percent.meets(threshold) for percent in percents), len(percents))


def of_unit(indicator: Indicator, percents: Sequence[Percent], threshold: Decimal | None) -> Percent:
    """A municipality's or region's figure as its tile shows it (domain/indicators.md, «Levels»)."""
    return pooled(percents) if indicator.block == "users" else meeting(percents, threshold)


def median(percents: Sequence[Percent]) -> Percent:
    """The middle of the values there are; of an even number the mean of the two middle ones."""
    values = sorted(percent.exact for percent in percents if percent.exact is not None)
    if not values:
        return Percent(None)
    return Percent((values[(len(values) - 1) // 2] + values[len(values) // 2]) / 2)
