"""Marks of the quarters and half-years that are over, and of the year once it is."""

from __future__ import annotations

from random import Random

from portal.demo.habits import Habit
from portal.demo.loads import Group
from portal.demo.people import Pupil
from portal.demo.rows import DAY_SECONDS, Clock, Rows
from portal.demo.school_year import SchoolYear, Span
from portal.demo.visits import Visits

YEAR = "year:{year}"
LAST_QUARTERS_GRADE = 9


def period_key(school: str, year: int, kind: str, number: int) -> str:
    return f"{school}-{year}-{kind[0]}{number}"


def add_periods(rows: Rows, school: str, year: SchoolYear, last_grade: int) -> None:
    """Quarters for grades 1–9, half-years for 10–11."""
    quarters = f"1-{min(last_grade, LAST_QUARTERS_GRADE)}"
    kinds = [("quarter", year.quarters, quarters), ("half_year", year.half_years, "10-11")]
    for kind, spans, grades in kinds[: 2 if last_grade > LAST_QUARTERS_GRADE else 1]:
        for number, span in enumerate(spans, 1):
            key = period_key(school, year.year, kind, number)
            rows.add("periods", key, school, year.year, kind, number, span.first, span.last, grades)


class PeriodMarks:
    """Sets the period marks of one school's groups."""

    def __init__(self, rng: Random, rows: Rows, clock: Clock, habit: Habit, visits: Visits) -> None:
        self.rng, self.rows, self.clock, self.habit, self.visits = rng, rows, clock, habit, visits

    def set_all(self, school: str, year: SchoolYear, groups: list[Group]) -> None:
        today = self.clock.now // DAY_SECONDS
        for group in groups:
            if group.school_class.grade == 1 or not group.teacher.active:
                continue
            senior = group.school_class.grade > LAST_QUARTERS_GRADE
            kind, spans = ("half_year", year.half_years) if senior else ("quarter", year.quarters)
            for number, span in enumerate(spans, 1):
                if span.last.toordinal() < today:
                    self._set(period_key(school, year.year, kind, number), span, group)
            if year.ends_on.toordinal() < today:
                self._set(YEAR.format(year=year.year), spans[-1], group)

    def _set(self, period: str, span: Span, group: Group) -> None:
        """A group's marks in one go, up to three days after the end, some later, some not at all."""
        rng = self.rng
        if rng.random() > self.habit.period_marks:
            return
        late = rng.randint(4, 9) if rng.random() < 0.12 else rng.randint(-2, 3)
        moment = (span.last.toordinal() + late) * DAY_SECONDS + rng.randrange(9 * 3600, 20 * 3600)
        if moment >= self.clock.now:
            return
        rows = []
        for pupil in group.pupils:
            moment += rng.randrange(2, 6)
            rows.append((period, group.key, pupil.key, self._value(group, pupil), self.clock.text(moment)))
        self.rows.add_texts("period_marks", rows)
        self.visits.note(group.teacher.key, moment - 600)

    def _value(self, group: Group, pupil: Pupil) -> str:
        chance = self.rng.random()
        if group.subject.pass_fail:
            return "зач"
        if group.subject.key == "fizra" and chance < 0.02:
            return "осв"
        if chance > 0.997:
            return "н/а"
        return str(min(5, max(3, round(pupil.ability + self.rng.uniform(-0.45, 0.45)))))
