"""The catalogue of indicators and the product's profiles keep step with views and database."""

from decimal import Decimal

import pytest
from sqlalchemy import select

from portal.content.indicators import by_code, indicator, indicators, of_block
from portal.content.profiles import profile, profiles
from portal.extensions import session
from portal.models.activity import ActivityCriterion, ActivityProfile
from portal.sql import view_files


def test_every_indicator_has_a_view():
    views = {name.removeprefix("indicator_") for name, _ in view_files() if name.startswith("indicator_")}
    assert set(by_code()) <= views  # the digital profile has views and a page of its own
    assert len(by_code()) == len(indicators())


def test_blocks_and_words():
    assert {found.code for found in of_block("users")} | {found.code for found in of_block("journal")} == set(by_code())
    for found in indicators():
        assert found.name and found.numerator and found.denominator and found.lacking
        assert len(found.unit) == 3
    assert indicator("lessons_planned").counted(22) == "22 урока"
    assert {found.code: found.share_threshold for found in indicators() if found.share_threshold} == {
        "homework_timely": 50, "school_activity": 100,
    }  # fmt: skip
    with pytest.raises(LookupError):
        indicator("nonsense")


def test_profiles_are_those_of_the_papers():
    default, dagestan = profiles()
    assert (default.name, default.default, len(default.criteria)) == ("По умолчанию", True, 6)
    counted = {row.indicator: row.threshold for row in dagestan.criteria if row.counted}
    assert len(counted) == 7
    assert (counted["pupils_activated"], counted["teachers_activated"]) == (Decimal(70), Decimal(70))
    assert [(row.indicator, row.threshold) for row in dagestan.criteria if not row.counted] == [
        ("accounts_activated", Decimal(60))
    ]
    assert {row.indicator for found in profiles() for row in found.criteria} <= set(by_code())
    with pytest.raises(LookupError):
        profile("Нет такого")


def test_the_migration_puts_the_default_in_place(app):
    with app.app_context():
        rows = session.execute(
            select(ActivityCriterion.indicator, ActivityCriterion.threshold, ActivityCriterion.counted)
            .join(ActivityProfile, ActivityProfile.id == ActivityCriterion.profile_id)
            .where(ActivityProfile.region_id.is_(None), ActivityProfile.name == profiles()[0].name)
        ).all()
    assert {tuple(row) for row in rows} == {
        (row.indicator, int(row.threshold * 100), row.counted) for row in profiles()[0].criteria
    }
