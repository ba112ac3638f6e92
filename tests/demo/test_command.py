"""``portal demo``: what it prints, what it leaves alone, the same bytes for the same seed and day."""

from __future__ import annotations

import filecmp
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from flask import Flask
from sqlalchemy import text

from portal import create_app
from portal.cli import main
from portal.cli.demo_sign_ins import sign_in_lines
from portal.demo.district import District, make_district
from portal.demo.sign_ins import PARTS, PASSWORD, choose_sign_ins
from portal.exchange.source import open_dataset
from portal.exchange.writer import write_dataset
from portal.extensions import db, session
from portal.operations.dataset import load
from tests.conftest import MakeApp, MakeDatabase
from tests.demo_day import DEMO_NOON, TODAY
from tests.small_school import sign_in

DAY = ("--today", "2026-11-24")
Run = Callable[..., Result]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, make_database: MakeDatabase) -> Run:
    """The command, on an empty database of an engine."""
    made: list[str] = []

    def command(engine: str, *arguments: str) -> Result:
        if not made:
            monkeypatch.setenv("PORTAL_INSTANCE", str(tmp_path / "instance"))
            monkeypatch.setenv("PORTAL_DATABASE_URL", make_database(engine))
            made.append(engine)
        return CliRunner().invoke(main, ["demo", *arguments])

    return command


def test_fills_prints_sign_ins_and_refuses_to_fill_twice(run: Run, engine_name: str) -> None:
    first = run(engine_name, *DAY, "--schools", "1", "--weeks", "1")
    assert first.exit_code == 0, first.output
    for login in PARTS:
        assert f" {login} " in first.stdout
    assert PASSWORD in first.stdout
    assert "/monitoring/municipalities/" in first.stdout

    again = run(engine_name, *DAY, "--schools", "1")
    assert again.exit_code == 1
    assert "В базе уже есть 1 школа" in again.stderr

    kept = run(engine_name, *DAY, "--if-empty")
    assert kept.exit_code == 0
    assert kept.stdout == first.stdout


def test_a_database_of_somebody_else_is_kept(small: tuple[Flask, object]) -> None:
    app, _ = small
    with app.app_context():
        assert sign_in_lines() == []


def test_to_writes_a_dataset_and_touches_no_database(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PORTAL_INSTANCE", str(tmp_path / "instance"))
    monkeypatch.setenv("PORTAL_DATABASE_URL", "postgresql://nobody@127.0.0.1:1/nowhere")
    result = CliRunner().invoke(main, ["demo", *DAY, "--schools", "2", "--weeks", "1", "--to", str(tmp_path / "out")])
    assert result.exit_code == 0, result.output
    assert (tmp_path / "out" / "lessons.csv").stat().st_size > 100_000
    assert not (tmp_path / "instance").exists()


@pytest.mark.parametrize("wrong", [("--weeks", "0"), ("--schools", "0"), ("--today", "вчера")])
def test_wrong_options_are_told(wrong: tuple[str, str]) -> None:
    assert CliRunner().invoke(main, ["demo", *wrong]).exit_code == 2


def test_no_school_or_no_week_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one"):
        make_district(TODAY, schools=0)


def test_the_same_seed_and_day_give_the_same_bytes(tmp_path: Path) -> None:
    for name, seed in (("a", "1"), ("b", "1"), ("c", "2")):
        write_dataset(tmp_path / name, make_district(TODAY, seed=seed, schools=3, weeks=2).rows.tables())
    files = sorted(path.name for path in (tmp_path / "a").iterdir())
    assert filecmp.cmpfiles(tmp_path / "a", tmp_path / "b", files, shallow=False)[0] == files
    assert "people.csv" in filecmp.cmpfiles(tmp_path / "a", tmp_path / "c", files, shallow=False)[1]


def test_a_school_is_the_same_however_many_there_are(demo_district: District) -> None:
    few = {row["lesson_id"]: row for row in make_district(TODAY, schools=2).rows.of("lessons")}
    many = {row["lesson_id"]: row for row in demo_district.rows.of("lessons") if row["lesson_id"][:3] in {"s01", "s02"}}
    assert few == many


def test_more_schools_repeat_the_figures_under_further_names() -> None:
    rows = make_district(TODAY, schools=24, weeks=1).rows
    names = [row["name"] for row in rows.of("schools")]
    assert len(set(names)) == 24
    assert names[22] == f"{names[0]} (2)"


def test_fewer_weeks_are_fewer_lessons(demo_district: District) -> None:
    short = make_district(TODAY, weeks=2).rows.count("lessons")
    assert 0.3 < short / demo_district.rows.count("lessons") < 0.6


@pytest.mark.parametrize(("today", "schools"), [(date(2026, 9, 7), 22), (date(2026, 7, 15), 3)])
def test_the_dataset_has_no_fault(make_app: MakeApp, tmp_path: Path, today: date, schools: int) -> None:
    """Also at the start of a year, with last year's classes, and in the summer, with all its marks."""
    write_dataset(tmp_path / "out", make_district(today, weeks=1, schools=schools).rows.tables())
    with make_app("sqlite").app_context():
        counts = load(open_dataset(tmp_path / "out"), at=DEMO_NOON).tables
        assert counts["people"].new == counts["people"].rows > 1000
        db.session.rollback()


def test_the_whole_district_stays_within_its_size(demo_district: District) -> None:
    assert 200_000 < demo_district.rows.count() < 500_000


def test_every_printed_account_signs_in_and_sees_its_page(demo: Flask) -> None:
    with demo.app_context():
        lines = sign_in_lines()
    assert [line[1] for line in lines] == list(PARTS)
    for *_, login, _name, _place, page in lines:
        answer = sign_in(demo, login, PASSWORD).get(page, follow_redirects=True)
        assert answer.status_code == 200, (login, page)


def test_sign_ins_are_what_they_say(demo_district: District) -> None:
    found = {sign_in.login: sign_in.person for sign_in in choose_sign_ins(demo_district)}
    rows = demo_district.rows
    assert len(set(found.values())) == len(PARTS)
    children = {row["pupil_id"] for row in rows.of("guardians") if row["guardian_id"] == found["parent"]}
    assert len(children) == 2
    guardians = {row["guardian_id"] for row in rows.of("guardians")}
    staff = {row["person_id"] for row in rows.of("staff")}
    assert found["teacher-parent"] in guardians & staff
    assert found["parent"] not in staff
    led = {row["class_id"]: row["class_teacher_id"] for row in rows.of("classes")}
    classes = {row["person_id"]: row["class_id"] for row in rows.of("enrolments")}
    assert led[classes[found["pupil"]]] == found["class-teacher"]
    taught = {row["group_id"] for row in rows.of("groups") if row["teacher_id"] == found["teacher"]}
    today = [row for row in rows.of("lessons") if row["group_id"] in taught and row["date"] == "2026-11-24"]
    assert len(today) >= 2


def test_if_empty_fills_an_empty_database_and_without_a_day_takes_today(run: Run) -> None:
    assert "parent" in run("sqlite", "--schools", "1", "--weeks", "1", "--if-empty").stdout
    with create_app().app_context():
        first = session.scalar(text("select max(date) from lesson"))
        assert str(first) >= date.today().isoformat()[:4]
        db.session.remove()
        db.engine.dispose()
