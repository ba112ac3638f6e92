"""``portal indicators`` as an operator runs it."""

from __future__ import annotations

import csv
import io

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import select

from portal.cli import indicators as commands
from portal.content.indicators import indicators
from portal.extensions import session
from portal.models.activity import ActivityCriterion, ActivityProfile
from portal.queries.indicators import school_week
from portal.values.week import Week
from tests.borders import WEEK, id_of

HEADER = [
    "week_start", "level", "unit_id", "indicator", "numerator", "denominator", "value", "threshold", "met",
    "on_vacation",
]  # fmt: skip
CODES = [indicator.code for indicator in indicators()]


@pytest.fixture
def portal(monkeypatch):
    """Runs ``portal indicators …`` on an application's database."""

    def run(app, *arguments: object) -> Result:
        monkeypatch.setattr(commands, "create_app", lambda: app)
        return CliRunner().invoke(commands.command, [str(argument) for argument in arguments])

    return run


def _rows(text: str) -> list[dict[str, str]]:
    reader = csv.DictReader(io.StringIO(text, newline=""))
    assert reader.fieldnames == HEADER
    return list(reader)


def _one(rows: list[dict[str, str]], unit: str, code: str) -> tuple[str, ...]:
    (row,) = [row for row in rows if (row["unit_id"], row["indicator"]) == (unit, code)]
    return tuple(row[key] for key in HEADER[4:])


def test_all_levels_one_row_for_each_unit_and_indicator(portal, borders):
    result = portal(borders, "export", "--week", "2026-09-16")
    assert result.exit_code == 0, result.output
    rows = _rows(result.stdout)
    units = {(row["level"], row["unit_id"]) for row in rows}
    assert len(rows) == len(units) * len(CODES) == (2 + 3 + 9) * len(CODES)
    assert {row["week_start"] for row in rows} == {"2026-09-14"}
    assert [row["indicator"] for row in rows[: len(CODES)]] == CODES

    assert _one(rows, "times", "marks_timely") == ("7", "13", "53.8462", "50", "1", "0")
    assert _one(rows, "times", "teachers_esia") == ("0", "1", "0.0000", "", "", "0")
    assert _one(rows, "empty", "journal_kept") == ("0", "0", "", "50", "0", "0")
    assert _one(rows, "vac", "school_activity") == ("0", "6", "0.0000", "100", "0", "1")
    assert _one(rows, "old", "journal_kept") == ("", "", "49.9999", "50", "0", "1")
    assert _one(rows, "old", "accounts_activated") == ("6", "10", "60.0000", "60", "1", "1")
    assert _one(rows, "m1", "accounts_activated") == ("12", "21", "57.1429", "60", "0", "0")
    assert _one(rows, "m1", "lessons_planned") == ("2", "3", "66.6667", "50", "", "0")  # schools
    assert _one(rows, "m2", "guardian_engagement")[:3] == ("0", "0", "")
    assert _one(rows, "r1", "teachers_activated")[:3] == ("5", "8", "62.5000")
    assert _one(rows, "r1", "homework_timely")[:4] == ("2", "8", "25.0000", "50")


@pytest.mark.parametrize(
    ("option", "key", "units"),
    [
        ("--school", "two", ["two"]),
        ("--municipality", "m1", ["m1", "people", "times", "two"]),
        ("--region", "r2", ["r2", "m3", "dag"]),
    ],
)
def test_one_unit_and_what_is_below_it_into_a_file(portal, borders, tmp_path, option, key, units):
    out = tmp_path / "out.csv"
    result = portal(borders, "export", "--week", "2026-09-14", option, key, "--out", out)
    assert result.exit_code == 0, result.output
    assert str(out) in result.stderr
    rows = _rows(out.read_bytes().decode())
    assert list(dict.fromkeys(row["unit_id"] for row in rows)) == units


def test_what_cannot_be_asked(portal, borders):
    for arguments, said in (
        (["--week", "14.09.2026"], "не дата"),
        (["--week", "2026-09-14", "--school", "nobody"], "Нет единицы с ключом nobody"),
        (["--week", "2026-09-14", "--school", "two", "--region", "r1"], "что-то одно"),
        ([], "--week"),
    ):
        result = portal(borders, "export", *arguments)
        assert result.exit_code != 0
        assert said in result.output


def test_a_region_adopts_a_profile(portal, app, make_app):
    from tests.borders import load_borders

    with app.app_context():
        load_borders()
    for _ in range(2):  # safe to say twice
        result = portal(app, "adopt", "--region", "r1", "--profile", "Дагестан, 2020", "--from-week", "2026-09-16")
        assert result.exit_code == 0, result.output
        assert "14–20 сентября 2026" in result.output
    with app.app_context():
        region = id_of("r1")
        found = session.scalars(select(ActivityProfile).where(ActivityProfile.region_id == region)).all()
        assert [(profile.name, profile.from_week) for profile in found] == [("Дагестан, 2020", WEEK.start)]
        rows = session.scalars(select(ActivityCriterion).where(ActivityCriterion.profile_id == found[0].id)).all()
        assert sum(row.counted for row in rows) == 7
        assert school_week(id_of("times"), WEEK).activity.percent.denominator == 7
        assert school_week(id_of("times"), Week(WEEK.previous.start)).activity.percent.denominator == 6
    result = portal(app, "adopt", "--region", "nowhere", "--profile", "По умолчанию", "--from-week", "2026-09-14")
    assert result.exit_code == 1
    assert "Нет региона" in result.output
