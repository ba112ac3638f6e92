"""An exact percentage, and how the portal shows it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from math import ceil, floor

NO_DATA = "нет данных"


@dataclass(frozen=True, slots=True)
class Percent:
    """A percentage kept as an exact ratio; ``exact`` is ``None`` where there is no value (zero denominator).

    Built by :meth:`of` from a numerator and a denominator, or by :meth:`given` from a percentage that came
    without them (imported history).
    """

    exact: Fraction | None
    numerator: int | None = None
    denominator: int | None = None

    @classmethod
    def of(cls, numerator: int | None, denominator: int | None) -> Percent:
        if not denominator or numerator is None:
            return cls(None, numerator, denominator)
        return cls(Fraction(100 * numerator, denominator), numerator, denominator)

    @classmethod
    def given(cls, value: Decimal | Fraction | int | None) -> Percent:
        return cls(None if value is None else Fraction(value))

    def meets(self, threshold: Decimal | Fraction | int) -> bool:
        """Whether the exact ratio reaches ``threshold`` (per cent); no value meets nothing."""
        return self.exact is not None and self.exact >= Fraction(threshold)

    def whole(self, *borders: Decimal | Fraction | int | None) -> int | None:
        """Whole per cent, half up, but never across one of ``borders`` (thresholds) or 100.

        49.6 is 49 where a border is 50, and 99.6 is 99; 49.4 is 50 where a border is 49.4: it reaches it.
        """
        if self.exact is None:
            return None
        shown = floor(self.exact + Fraction(1, 2))
        for border in (*(Fraction(border) for border in borders if border is not None), Fraction(100)):
            if self.exact < border <= shown:
                shown = floor(self.exact)
            elif shown < border <= self.exact:
                shown = ceil(self.exact)
        return shown

    def truncated(self) -> int | None:
        """Whole per cent cut down, as the office's users table does (26.58 is 26)."""
        return None if self.exact is None else floor(self.exact)

    def shown(self, *borders: Decimal | Fraction | int | None) -> str:
        """«49 %», or «нет данных»."""
        whole = self.whole(*borders)
        return NO_DATA if whole is None else f"{whole} %"

    def decimal4(self) -> str:
        """The exact value with four decimals for the export; empty where there is none."""
        if self.exact is None:
            return ""
        value = Decimal(self.exact.numerator) / Decimal(self.exact.denominator)
        return str(value.quantize(Decimal("0.0001"), ROUND_HALF_UP))
