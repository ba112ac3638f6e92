"""The reporting week: Monday to Sunday, named by its Monday."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

MONTHS_GENITIVE = (
    "января", "февраля", "марта", "апреля", "мая", "июня",
    "июля", "августа", "сентября", "октября", "ноября", "декабря",
)  # fmt: skip
WEEKDAYS_SHORT = ("пн", "вт", "ср", "чт", "пт", "сб", "вс")
WEEKDAYS = ("понедельник", "вторник", "среда", "четверг", "пятница", "суббота", "воскресенье")


@dataclass(frozen=True, slots=True, order=True)
class Week:
    """A reporting week (domain/indicators.md): Monday 00:00 to the next Monday 00:00 of a school's own time.

    ``start`` is the Monday's date; anything else is a ``ValueError``.
    """

    start: date

    def __post_init__(self) -> None:
        if self.start.weekday() != 0:
            raise ValueError(f"not a Monday: {self.start}")

    @classmethod
    def of(cls, day: date) -> Week:
        """The week that holds ``day``."""
        return cls(day - timedelta(days=day.weekday()))

    @classmethod
    def parse(cls, text: str) -> Week:
        """The week of an ISO date, whichever day of the week it names; ``ValueError`` for no date."""
        return cls.of(date.fromisoformat(text))

    @property
    def sunday(self) -> date:
        return self.start + timedelta(days=6)

    @property
    def previous(self) -> Week:
        return Week(self.start - timedelta(days=7))

    @property
    def next(self) -> Week:
        return Week(self.start + timedelta(days=7))

    @property
    def days(self) -> tuple[date, ...]:
        return tuple(self.start + timedelta(days=n) for n in range(7))

    def __contains__(self, day: date) -> bool:
        return self.start <= day <= self.sunday

    def __str__(self) -> str:
        """«14–20 сентября 2026», «28 сентября – 4 октября 2026»."""
        first, last = self.start, self.sunday
        if first.year != last.year:
            return f"{long_date(first)} {first.year} – {long_date(last)} {last.year}"
        if first.month != last.month:
            return f"{long_date(first)} – {long_date(last)} {last.year}"
        return f"{first.day}–{long_date(last)} {last.year}"


def long_date(day: date) -> str:
    """«14 сентября»."""
    return f"{day.day} {MONTHS_GENITIVE[day.month - 1]}"


def weekday_date(day: date) -> str:
    """«пн, 14 сентября»: how the portal writes a day."""
    return f"{WEEKDAYS_SHORT[day.weekday()]}, {long_date(day)}"
