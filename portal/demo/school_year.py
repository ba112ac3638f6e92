"""The school year: quarters, half-years, vacations, days of lessons; and which weeks the demo covers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

DAY = timedelta(days=1)
WEEK = timedelta(days=7)


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


def year_of(day: date) -> int:
    """The school year a day belongs to; the summer belongs to the year that ended."""
    return day.year if day >= date(day.year, 9, 1) else day.year - 1


@dataclass(frozen=True, slots=True)
class Span:
    """Days from ``first`` to ``last``, both included, under a name."""

    name: str
    first: date
    last: date

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last


@dataclass(frozen=True)
class SchoolYear:
    """A school year of six-day weeks; ``extra`` are a school's own additional vacations."""

    year: int
    extra: tuple[Span, ...] = ()

    @property
    def starts_on(self) -> date:
        first = date(self.year, 9, 1)
        return first if first.weekday() < 6 else first + DAY

    @property
    def ends_on(self) -> date:
        return date(self.year + 1, 5, 26)

    @cached_property
    def breaks(self) -> tuple[Span, Span, Span]:
        """Autumn, winter (two weeks around 1 January) and spring vacations: whole weeks."""
        autumn = monday_of(date(self.year, 10, 28))
        winter = monday_of(date(self.year + 1, 1, 1))
        spring = monday_of(date(self.year + 1, 3, 27))
        return (
            Span("Осенние каникулы", autumn, autumn + 6 * DAY),
            Span("Зимние каникулы", winter, winter + 13 * DAY),
            Span("Весенние каникулы", spring, spring + 6 * DAY),
        )

    @cached_property
    def vacations(self) -> tuple[Span, ...]:
        """Everything without lessons: vacations, public holidays, the summer, the school's own."""
        holidays = [
            ("День народного единства", date(self.year, 11, 4)),
            ("День защитника Отечества", date(self.year + 1, 2, 23)),
            ("Международный женский день", date(self.year + 1, 3, 8)),
            ("Праздник Весны и Труда", date(self.year + 1, 5, 1)),
            ("День Победы", date(self.year + 1, 5, 9)),
        ]
        summer = Span("Летние каникулы", self.ends_on + DAY, date(self.year + 1, 8, 31))
        return (*self.breaks, *(Span(name, day, day) for name, day in holidays), summer, *self.extra)

    @cached_property
    def quarters(self) -> tuple[Span, ...]:
        firsts = [self.starts_on, *(pause.last + DAY for pause in self.breaks)]
        lasts = [*(pause.first - DAY for pause in self.breaks), self.ends_on]
        return tuple(
            Span(f"{number} четверть", first, last)
            for number, (first, last) in enumerate(zip(firsts, lasts, strict=True), 1)
        )

    @cached_property
    def half_years(self) -> tuple[Span, ...]:
        first, second, third, fourth = self.quarters
        return (Span("1 полугодие", first.first, second.last), Span("2 полугодие", third.first, fourth.last))

    def has_lessons(self, day: date) -> bool:
        return (
            self.starts_on <= day <= self.ends_on
            and day.weekday() < 6
            and not any(day in vacation for vacation in self.vacations)
        )

    def lesson_days(self, monday: date) -> list[date]:
        return [day for day in (monday + n * DAY for n in range(6)) if self.has_lessons(day)]


@dataclass(frozen=True, slots=True)
class Weeks:
    """Mondays, in order. ``history``: before the portal; ``taught``: with a journal, this week last where it has
    lessons; ``coming``: timetable only.
    """

    today: date
    history: tuple[date, ...]
    taught: tuple[date, ...]
    coming: tuple[date, ...]

    @property
    def year(self) -> int:
        """The school year of ``today``: whose classes are the present ones."""
        return year_of(self.today)


HISTORY_WEEKS = 5


def plan_weeks(today: date, count: int) -> Weeks:
    """``count`` whole school weeks before this week, this week, and the next school week of the year."""
    this_year, last_year = SchoolYear(year_of(today)), SchoolYear(year_of(today) - 1)
    mondays = [
        (monday, monday + 6 * DAY)
        for year in (last_year, this_year)
        for monday in (monday_of(year.starts_on) + n * WEEK for n in range(40))
        if year.lesson_days(monday)
    ]
    past = [monday for monday, sunday in mondays if sunday < today]
    present = [monday for monday, sunday in mondays if monday <= today <= sunday]
    coming = [monday for monday, _ in mondays if monday > today][:1]
    start = max(0, len(past) - count)
    return Weeks(
        today=today,
        history=tuple(past[max(0, start - HISTORY_WEEKS) : start]),
        taught=(*past[start:], *present),
        coming=tuple(coming),
    )
