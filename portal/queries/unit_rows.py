"""Numbers of schools as rows of a report: a municipality's schools, a region's municipalities, and the whole."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from portal.queries.units import Level, Unit

BELOW: dict[Level, str] = {"municipality": "Школа", "region": "Муниципалитет"}
"""What the rows of a unit's report are."""

Numbers = tuple[int, ...]


def summed(unit: Unit, counts: Mapping[int, Sequence[int]], width: int) -> tuple[list[tuple[Unit, Numbers]], Numbers]:
    """(part, its numbers) for each unit below, and the sums of all. ``counts``: school → ``width`` numbers.

    Somebody in two schools counts in each, and in both for what lies above (domain/indicators.md, common rules).
    """
    rows = [
        (part, _sum([counts[school] for school in part.school_ids if school in counts], width)) for part in unit.units
    ]
    return rows, _sum([numbers for _, numbers in rows], width)


def _sum(rows: Sequence[Sequence[int]], width: int) -> Numbers:
    return tuple(sum(column) for column in zip(*rows, strict=True)) or (0,) * width
