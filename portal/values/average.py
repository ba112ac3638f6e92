"""The weighted average of marks (domain/school-rules.md, «Formulas and norms in use»)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from math import floor

COUNTED = frozenset("12345")
"""Values that count; «зачёт», «н/а» and the like do not."""


@dataclass(frozen=True, slots=True)
class Average:
    """Σ(mark · weight) / Σ weight over marks 1–5, kept exact; ``exact`` is ``None`` where nothing counts."""

    exact: Fraction | None

    @classmethod
    def of(cls, marks: Iterable[tuple[str, int]]) -> Average:
        """From (value, weight) pairs; other values than 1–5 and weights of 0 are left out."""
        counted = [(int(value), weight) for value, weight in marks if value in COUNTED]
        weights = sum(weight for _, weight in counted)
        if not weights:
            return cls(None)
        return cls(Fraction(sum(value * weight for value, weight in counted), weights))

    def __str__(self) -> str:
        """«4,33», half up; empty where there is no value."""
        if self.exact is None:
            return ""
        hundredths = floor(self.exact * 100 + Fraction(1, 2))
        return f"{hundredths // 100},{hundredths % 100:02d}"
