"""What is known of schools in weeks: figures, what they are judged by, vacations, and whether a week is frozen."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from portal.content.indicators import Indicator
from portal.values.percent import Percent
from portal.values.week import Week

SchoolMonday = tuple[int, date]
"""A school and the Monday of a week."""
Key = tuple[int, date, str]
"""School, Monday, indicator."""


@dataclass(frozen=True, slots=True)
class Value:
    """A figure of a school's week, and whether it was imported."""

    percent: Percent
    imported: bool = False


NO_VALUE = Value(Percent(None))


@dataclass(frozen=True, slots=True)
class Criterion:
    """What a figure is judged by; ``threshold`` in per cent; ``counted``: a criterion of ``school_activity``."""

    threshold: Decimal
    counted: bool


@dataclass(frozen=True, slots=True)
class Stamp:
    """A school's week was frozen: which version, when on the school's clock, and by whom («» by the portal itself)."""

    version: int
    at: datetime
    by: str

    @property
    def text(self) -> str:
        """«23.11.2026 в 09:12 (Районова Н.)»."""
        return f"{self.at.strftime('%d.%m.%Y в %H:%M')} ({self.by or 'автоматически'})"


@dataclass(frozen=True, slots=True)
class Reading:
    """All that is known of some schools in some weeks; ``stamps`` are the school-weeks that are frozen."""

    values: Mapping[Key, Value]
    criteria: Mapping[Key, Criterion]
    vacations: Collection[SchoolMonday]
    stamps: Mapping[SchoolMonday, Stamp]

    def value(self, school_id: int, week: Week, code: str) -> Value:
        return self.values.get((school_id, week.start, code), NO_VALUE)

    def criterion(self, school_id: int, week: Week, code: str) -> Criterion | None:
        return self.criteria.get((school_id, week.start, code))

    def threshold(self, school_id: int, week: Week, indicator: Indicator) -> Decimal | None:
        """What the figure is judged by: the profile's, else the one for shares of schools; per cent."""
        criterion = self.criterion(school_id, week, indicator.code)
        if criterion is not None:
            return criterion.threshold
        return None if indicator.share_threshold is None else Decimal(indicator.share_threshold)

    def on_vacation(self, school_id: int, week: Week) -> bool:
        return (school_id, week.start) in self.vacations

    def stamp(self, school_id: int, week: Week) -> Stamp | None:
        """How the week was frozen; ``None`` where it is not."""
        return self.stamps.get((school_id, week.start))


NOTHING = Reading({}, {}, frozenset(), {})
