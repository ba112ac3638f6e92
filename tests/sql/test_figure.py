"""The view «figure» holds every indicator's own view, and asks none that is not wanted."""

from __future__ import annotations

from sqlalchemy import select

from portal.content.indicators import SCHOOL_ACTIVITY, indicators
from portal.extensions import session
from portal.models import views
from portal.sql import FOLDER
from tests.borders import WEEK

CODES = {path.stem.removeprefix("30_indicator_") for path in FOLDER.glob("30_indicator_*.sql")}


def test_every_indicator_of_the_catalogue_has_a_file_and_each_file_an_arm(borders):
    assert {found.code for found in indicators()} - {SCHOOL_ACTIVITY} == CODES
    asked = select(views.figure.c.indicator).where(views.figure.c.week_start == WEEK.start).distinct()
    assert set(session.scalars(asked)) == CODES


def test_a_figure_is_what_the_indicators_own_view_gives(borders):
    figure = views.figure.c
    for code in sorted(CODES):
        view = views.indicator_view(code)
        own = select(view.c.school_id, view.c.week_start, view.c.numerator, view.c.denominator)
        arm = select(figure.school_id, figure.week_start, figure.numerator, figure.denominator)
        rows = session.execute(own.where(view.c.week_start == WEEK.start)).all()
        assert len(rows) == 9, code
        found = session.execute(arm.where(figure.indicator == code, figure.week_start == WEEK.start)).all()
        assert sorted(map(tuple, found)) == sorted(map(tuple, rows)), code
