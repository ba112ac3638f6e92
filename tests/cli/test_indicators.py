"""``portal indicators`` as an operator runs it."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import select

from portal.cli import indicators as commands
from portal.content.indicators import indicators
from portal.extensions import session
from portal.models.activity import ActivityCriterion, ActivityProfile
from portal.models.journal import Mark
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


def test_a_week_is_frozen_recomputed_and_exported_live(portal, app):
    from tests.borders import load_borders

    with app.app_context():
        load_borders()
    freeze = ("freeze", "--week", "2026-09-16")
    told = [portal(app, *freeze, *more).output for more in (("--school", "times"), (), (), ("--municipality", "m1"))]
    assert [line.partition(": ")[2] for line in told] == [
        "зафиксировано школ 1, пересчитано 0, осталось как было 0.\n",
        "зафиксировано школ 8, пересчитано 0, осталось как было 1.\n",
        "зафиксировано школ 0, пересчитано 0, осталось как было 9.\n",
        "зафиксировано школ 0, пересчитано 0, осталось как было 3.\n",
    ]
    with app.app_context():
        for mark in session.scalars(select(Mark)):
            mark.removed_at = datetime(2026, 9, 25, tzinfo=UTC)
        session.commit()
    export = ("export", "--week", "2026-09-14", "--school", "times")
    assert _one(_rows(portal(app, *export).stdout), "times", "marks_timely")[:3] == ("7", "13", "53.8462")
    assert _one(_rows(portal(app, *export, "--live").stdout), "times", "marks_timely")[:3] == ("0", "0", "")
    result = portal(app, *freeze, "--region", "r1", "--recompute")
    assert "пересчитано 8" in result.output
    assert _one(_rows(portal(app, *export).stdout), "times", "marks_timely")[:3] == ("0", "0", "")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--week", "2038-09-13"), "ещё не кончилась"),
        (("--week", "1999-09-13"), "нет в календаре"),
        (("--week", "2026-09-14", "--school", "nowhere"), "Нет единицы с ключом nowhere"),
        (("--week", "2026-09-14", "--school", "times", "--region", "r1"), "Выберите что-то одно"),
        (("--week", "вчера"), "не дата"),
    ],
)
def test_what_cannot_be_frozen_is_told(portal, borders, arguments, said):
    result = portal(borders, "freeze", *arguments)
    assert result.exit_code != 0
    assert said in result.output
