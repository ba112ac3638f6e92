"""The indicators on the dataset of borders: figures worked out by hand, both engines, row for row."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from sqlalchemy import func, select

from portal.content.indicators import indicators
from portal.extensions import db, session
from portal.models import views
from portal.models.journal import Attendance, Homework, Lesson, Mark
from portal.models.organisation import School
from portal.models.people import Person
from portal.queries.indicators import municipality_week, region_week, school_week, schools_week, weeks_with_data
from portal.values.week import Week
from tests.borders import WEEK, expected, id_of
from tests.conftest import ENGINES

CODES = [indicator.code for indicator in indicators()]


def test_figures_are_those_worked_out_by_hand(borders):
    wrong = {}
    for (school, monday, code), by_hand in expected().items():
        view = views.indicator_view(code)
        row = session.execute(
            select(view.c.numerator, view.c.denominator)
            .join(School, School.id == view.c.school_id)
            .where(School.key == school, view.c.week_start == date.fromisoformat(monday))
        ).one()
        if tuple(row) != by_hand:
            wrong[school, monday, code] = (tuple(row), by_hand)
    assert wrong == {}


def test_both_engines_agree_row_for_row(borders_app):
    rows = []
    for engine in ENGINES:
        with borders_app(engine).app_context():
            rows.append(_everything())
    assert rows[0] == rows[1]
    assert len(rows[0]) > 500


def _everything() -> list[tuple[object, ...]]:
    """Every view's rows of the weeks around, with ids as keys where they may differ."""
    mondays = [date(2026, 8, 31), date(2026, 9, 7), date(2026, 9, 14), date(2026, 9, 21), date(2026, 11, 9)]
    found: list[tuple[object, ...]] = []
    for code in CODES:
        view = views.indicator_view(code)
        query = select(School.key, view.c.week_start, view.c.numerator, view.c.denominator)
        query = query.join(School, School.id == view.c.school_id).where(view.c.week_start.in_(mondays))
        found += [(code, *row) for row in session.execute(query)]
    for view, key, owner in (
        (views.lesson, Lesson.key, Lesson.id == views.lesson.c.lesson_id),
        (views.mark, Mark.key, Mark.id == views.mark.c.mark_id),
        (views.staff, Person.key, Person.id == views.staff.c.person_id),
        (views.pupil, Person.key, Person.id == views.pupil.c.person_id),
        (views.guardian, Person.key, Person.id == views.guardian.c.person_id),
    ):
        flags = [column for column in view.c if column.name.startswith("is_") or column.name.startswith("has_")]
        query = select(key, view.c.week_start, *flags).join(view, owner).where(view.c.week_start.in_(mondays))
        found += [(view.name, *row) for row in session.execute(query)]
    return sorted(found, key=repr)


def test_a_school_tells_value_threshold_met_and_change(borders):
    school = school_week(id_of("times"), WEEK)
    assert list(school.figures) == CODES
    planned = school.figures["lessons_planned"]
    assert (planned.shown, planned.threshold, planned.met, planned.counted) == (50, Decimal(50), True, True)
    assert planned.lacking == 11
    homework = school.figures["homework_timely"]  # not in the profile: 50 is for shares of schools
    assert (homework.threshold, homework.met, homework.counted) == (Decimal(50), True, False)
    assert school.activity.threshold == Decimal(100)
    assert school.figures["teachers_esia"].threshold is None
    assert school.figures["teachers_esia"].met is None
    # the week before: one lesson, with a topic and a mark
    assert planned.previous.shown(50) == "100 %"
    assert planned.change == -50
    assert school.figures["marks_timely"].change is None  # no value last week


def test_no_value_is_never_a_percentage(borders):
    figure = school_week(id_of("empty"), WEEK).figures["teachers_activated"]
    assert figure.percent.shown() == "нет данных"
    assert figure.shown is None
    assert figure.percent.decimal4() == ""


def test_vacations_hide_the_change_for_two_weeks(borders):
    vac, gap = id_of("vac"), id_of("gap")
    for week, on_vacation, hidden in ((WEEK.previous, False, False), (WEEK, True, True), (WEEK.next, False, True)):
        found = school_week(vac, week)
        assert (found.on_vacation, found.change_hidden) == (on_vacation, hidden)
        assert found.activity.change_hidden == hidden
    assert school_week(vac, WEEK.next).activity.change is None
    assert school_week(vac, WEEK.next.next).activity.change == 0
    assert school_week(gap, WEEK).on_vacation is False  # Thursday is a school day


def test_history_holds_for_a_week_without_lessons_only(borders):
    old = school_week(id_of("old"), WEEK)
    assert old.on_vacation
    kept, planned = old.figures["journal_kept"], old.figures["lessons_planned"]
    assert (kept.imported, kept.shown, kept.met) == (True, 49, False)  # 49.9999 stays below the border
    assert (planned.met, planned.lacking) == (True, None)
    assert old.figures["guardian_engagement"].percent.exact is None
    assert old.figures["accounts_activated"].lacking == 4
    assert old.activity.imported is False
    assert old.activity.percent.decimal4() == "50.0000"
    times = school_week(id_of("times"), WEEK)
    assert not times.figures["journal_kept"].imported
    assert not times.on_vacation


def test_profile_in_force(borders):
    dag = id_of("dag")
    by_week = {
        monday: school_week(dag, Week(monday)).figures
        for monday in (date(2026, 8, 31), date(2026, 9, 7), date(2026, 9, 14))
    }
    default, own, later = by_week.values()
    assert default["accounts_activated"].counted
    assert own["accounts_activated"].threshold is None  # a later profile replaces the whole set
    assert own["journal_kept"].counted
    assert (later["accounts_activated"].threshold, later["accounts_activated"].counted) == (Decimal(60), False)
    assert later["accounts_activated"].met
    assert later["teachers_activated"].met
    assert later["pupils_activated"].met is False  # no value


def test_municipality_pools_users_and_shares_schools(borders):
    unit = municipality_week(id_of("m1"), WEEK)
    assert [school.key for school in unit.schools] == ["two", "people", "times"]  # by name
    teachers = unit.figures["teachers_activated"]
    assert (teachers.percent.numerator, teachers.percent.denominator, teachers.lacking) == (5, 8, 3)
    assert unit.figures["accounts_activated"].met is False  # 12 of 21
    planned = unit.figures["lessons_planned"]
    assert (planned.percent.numerator, planned.percent.denominator) == (2, 3)  # no data stays in «schools in all»
    assert [school.key for school in planned.failing] == ["people"]
    assert (planned.lacking, planned.met) == (1, None)
    assert (unit.spread.below_85, unit.spread.from_85, unit.spread.full, unit.spread.no_data) == (3, 0, 0, 0)
    assert [(place, school.key) for place, school in unit.ranking] == [(1, "two"), (1, "times"), (3, "people")]


def test_pooled_ratios_only_where_counts_came_along(borders):
    unit = municipality_week(id_of("m2"), WEEK)
    accounts = unit.figures["accounts_activated"]
    assert (accounts.percent.numerator, accounts.percent.denominator, accounts.unpooled) == (6, 10, 0)
    assert accounts.met
    engagement = unit.figures["guardian_engagement"]
    assert (engagement.percent.exact, engagement.unpooled) == (None, 1)
    assert unit.figures["lessons_planned"].percent.numerator == 1  # the imported 50 %
    assert unit.on_vacation is False


def test_region_has_municipalities_and_schools(borders):
    region = region_week(id_of("r1"), WEEK)
    assert [unit.key for unit in region.units] == ["m2", "m1"]  # «Второй», «Первый»
    assert len(region.schools) == 8
    both = sum(unit.figures["teachers_activated"].percent.denominator or 0 for unit in region.units)
    assert region.figures["teachers_activated"].percent.denominator == both == 8
    assert region.figures["homework_timely"].percent.numerator == 2


def test_units_without_schools_and_units_that_are_not(borders):
    for ask in (school_week, municipality_week, region_week):
        with pytest.raises(LookupError):
            ask(999, WEEK)
    assert schools_week([], WEEK) == []


def test_weeks_with_data(borders):
    assert weeks_with_data([id_of("times")]) == (Week(date(2026, 9, 7)), Week(date(2026, 11, 9)))
    assert weeks_with_data([id_of("empty")]) is None
    assert weeks_with_data([id_of("old"), id_of("two")]) == (WEEK, WEEK.next)


def test_what_is_removed_is_gone(borders):
    now = datetime(2026, 9, 20, 12, tzinfo=UTC)
    for table, keys in ((Mark, ("m15", "m16")), (Homework, ("h1", "h3"))):
        for row in session.scalars(select(table).where(table.key.in_(keys))):
            row.removed_at = now
    for row in session.scalars(select(Attendance).where(Attendance.code == "Н")):
        row.removed_at = now
    session.flush()  # rolled back after the test
    figures = school_week(id_of("times"), WEEK).figures
    counts = {code: (figures[code].percent.numerator, figures[code].percent.denominator) for code in CODES}
    assert counts["marks_timely"] == (6, 11)
    assert counts["journal_kept"] == (12, 22)  # v-5 and v-8 are empty now
    assert counts["lessons_planned"] == (10, 22)  # v-7; v-2 has its topic
    assert counts["homework_timely"] == (2, 2)  # v-9 and v-3 are left


def test_a_school_and_a_district_cost_the_same_queries(borders):
    counts = []
    for ask, key in ((school_week, "people"), (municipality_week, "m1"), (municipality_week, "m2")):
        unit = id_of(key)
        with _counted() as statements:
            ask(unit, WEEK)
        counts.append(len(statements))
    assert max(counts) <= 7


class _counted:  # noqa: N801 - reads as a sentence
    def __enter__(self) -> list[str]:
        self.statements: list[str] = []
        db.event.listen(db.engine, "before_cursor_execute", self._seen)
        return self.statements

    def __exit__(self, *_: object) -> None:
        db.event.remove(db.engine, "before_cursor_execute", self._seen)

    def _seen(self, connection, cursor, statement, parameters, context, executemany) -> None:
        self.statements.append(statement)


def test_activity_counted_from_figures_is_that_of_the_view(borders):
    view = views.indicator_view("school_activity").c
    for monday in (date(2026, 8, 31), date(2026, 9, 7), WEEK.start, date(2026, 9, 21)):
        rows = session.execute(
            select(view.school_id, view.numerator, view.denominator).where(view.week_start == monday)
        ).all()
        found = {
            school.school_id: school.activity.percent for school in schools_week([r[0] for r in rows], Week(monday))
        }
        assert {r.school_id: (r.numerator, r.denominator) for r in rows} == {
            school_id: (percent.numerator, percent.denominator) for school_id, percent in found.items()
        }


def test_every_view_gives_each_school_week_once(borders):
    for code in CODES:
        view = views.indicator_view(code)
        rows = session.execute(
            select(func.count()).select_from(view).where(view.c.week_start == WEEK.start)
        ).scalar_one()
        assert rows == 9, code
