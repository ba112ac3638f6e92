"""The indicators on the demo district: both engines agree, and a unit is what its schools add up to."""

from __future__ import annotations

from sqlalchemy import select

from portal.content.indicators import indicators
from portal.extensions import session
from portal.models import views
from portal.models.organisation import Municipality, School
from portal.queries.indicators import municipality_week, schools_week
from portal.values.week import Week
from tests.conftest import ENGINES
from tests.demo_day import TODAY

LAST_WEEK = Week.of(TODAY).previous


def test_both_engines_agree_row_for_row(make_app):
    rows = []
    for engine in ENGINES:
        with make_app(engine, "demo").app_context():
            rows.append(_rows())
    assert rows[0] == rows[1]
    assert len(rows[0]) == 22 * 3 * len(indicators())


def _rows() -> list[tuple[object, ...]]:
    found: list[tuple[object, ...]] = []
    weeks = [LAST_WEEK.previous.start, LAST_WEEK.start, LAST_WEEK.next.start]
    for indicator in indicators():
        view = views.indicator_view(indicator.code)
        query = (
            select(School.key, view.c.week_start, view.c.numerator, view.c.denominator)
            .join(School, School.id == view.c.school_id)
            .where(view.c.week_start.in_(weeks))
        )
        found += [(indicator.code, *row) for row in session.execute(query)]
    return sorted(found, key=repr)


def test_the_district_is_what_its_schools_add_up_to(demo):
    with demo.app_context():
        unit = municipality_week(session.scalar(select(Municipality.id)) or 0, LAST_WEEK)
        assert len(unit.schools) == 22
        for indicator in indicators():
            figure, schools = unit.figures[indicator.code], [s.figures[indicator.code] for s in unit.schools]
            if indicator.block == "users":
                assert figure.percent.numerator == sum(school.percent.numerator or 0 for school in schools)
                assert figure.percent.denominator == sum(school.percent.denominator or 0 for school in schools)
            else:
                assert figure.percent.numerator == sum(bool(school.met) for school in schools)
                assert figure.percent.denominator == 22
        spread = unit.spread
        assert spread.below_85 + spread.from_85 + spread.full + spread.no_data == 22
        assert [place for place, _ in unit.ranking] == sorted(place or 99 for place, _ in unit.ranking)
        _python_counts_as_the_view([school.school_id for school in unit.schools])


def _python_counts_as_the_view(school_ids: list[int]) -> None:
    view = views.indicator_view("school_activity").c
    rows = session.execute(
        select(view.school_id, view.numerator, view.denominator).where(view.week_start == LAST_WEEK.start)
    ).all()
    counted = {s.school_id: s.activity.percent for s in schools_week(school_ids, LAST_WEEK)}
    assert {row.school_id: (row.numerator, row.denominator) for row in rows} == {
        school_id: (percent.numerator, percent.denominator) for school_id, percent in counted.items()
    }
