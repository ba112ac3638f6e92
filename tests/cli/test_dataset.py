"""``portal dataset``: load, check and dump as an operator runs them, on both databases and between them."""

from __future__ import annotations

import filecmp
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import func, select, text

from portal.cli import dataset as commands
from portal.exchange.tables import TABLES
from portal.extensions import session
from portal.models.journal import Mark
from portal.models.people import Person
from portal.values.plural import plural
from tests.exchange.dataset import small_dataset, write_csv

ROWS = sum(len(rows) for rows in small_dataset().values())


@pytest.fixture
def portal(monkeypatch):
    """Runs ``portal dataset …`` on an application's database."""

    def run(app, *arguments: object) -> Result:
        monkeypatch.setattr(commands, "create_app", lambda: app)
        return CliRunner().invoke(commands.command, [str(argument) for argument in arguments])

    return run


def same_files(left: Path, right: Path) -> bool:
    names = sorted(path.name for path in left.iterdir())
    assert names == sorted(path.name for path in right.iterdir())
    return filecmp.cmpfiles(left, right, names, shallow=False) == (names, [], [])


def test_load_tells_counts_rate_and_memory(portal, app, tmp_path):
    folder = write_csv(tmp_path / "in", small_dataset())
    (folder / "lesson.csv").write_text("x")
    result = portal(app, "load", folder)
    assert result.exit_code == 0, result.output
    assert re.search(r"^people +5 +5 +0$", result.stdout, re.MULTILINE)
    assert re.search(
        rf"^{ROWS} строк\w* за \d+\.\d с: [\d ]+ в секунду, память не больше \d+ МБ\.$", result.stdout, re.MULTILINE
    )
    assert "people: 5" in result.stderr  # one line a table where nobody watches
    assert "Файл lesson.csv не из набора данных: пропущен." in result.stderr
    with app.app_context():
        assert session.scalar(select(func.count(Mark.id))) == 3


def test_check_changes_nothing(portal, app, tmp_path):
    result = portal(app, "check", write_csv(tmp_path / "in", small_dataset()))
    assert (result.exit_code, result.stdout.splitlines()[-1]) == (0, "Ошибок нет. В базе ничего не изменено.")
    with app.app_context():
        assert session.scalar(select(func.count(Person.id))) == 0


def test_faults_end_with_code_1_and_nothing_is_loaded(portal, app, tmp_path):
    dataset = small_dataset()
    dataset["marks"][0]["value"] = "6"
    dataset["visits"] = [{"person_id": "никто", "visited_at": f"2026-09-14T19:00:{n:02d}Z"} for n in range(60)] * 5
    result = portal(app, "load", write_csv(tmp_path / "in", dataset))
    lines = result.stderr.splitlines()
    assert result.exit_code == 1
    told = [line for line in lines if line.startswith(("marks.csv:", "visits.csv:"))]
    assert told[0].startswith("marks.csv:2:value: нет в списке: 5, 4, 3")
    assert len(told) == 200
    assert lines[-2:] == ["… и ещё 341 ошибка.", "541 ошибка: ничего не загружено."]
    with app.app_context():
        assert session.scalar(select(func.count(Person.id))) == 0


def test_a_database_that_refuses_is_told_without_anybodys_data(portal, app, tmp_path):
    with app.app_context():
        session.execute(text("alter table visit rename to lost"))  # views follow a table that is renamed
        session.commit()
    result = portal(app, "load", write_csv(tmp_path / "in", small_dataset()))
    assert result.exit_code == 1
    last = result.stderr.splitlines()[-1]
    assert last.startswith("База данных отказала, ничего не загружено: ") and "visit" in last
    with app.app_context():
        assert session.scalar(select(func.count(Person.id))) == 0


def test_a_path_to_nothing(portal, app, tmp_path):
    result = portal(app, "load", tmp_path / "nowhere")
    assert (result.exit_code, "Нет ни папки, ни архива" in result.stderr) == (1, True)


def test_a_dump_loaded_elsewhere_dumps_to_the_same_bytes(portal, make_app, tmp_path):
    """SQLite → PostgreSQL → SQLite, through a folder and through a zip."""
    folders = []
    source: Path = write_csv(tmp_path / "in", small_dataset())
    for step, engine in enumerate(("sqlite", "postgresql", "sqlite", "postgresql")):
        app = make_app(engine)
        loaded = portal(app, "load", source)
        assert loaded.exit_code == 0, loaded.output
        folders.append(tmp_path / f"out-{step}")
        assert portal(app, "dump", folders[-1]).exit_code == 0
        source = folders[-1]
        if step == 1:
            source = tmp_path / "out.zip"
            assert portal(app, "dump", source).exit_code == 0
    assert all(same_files(folders[0], other) for other in folders[1:])
    assert sorted(path.stem for path in folders[0].iterdir()) == sorted(TABLES)


def test_a_dump_says_what_stands_in_utc(portal, app, tmp_path):
    portal(app, "load", write_csv(tmp_path / "in", small_dataset()))
    with app.app_context():
        mark = session.execute(select(Mark).where(Mark.key == "k2")).scalar_one()
        mark.removed_at = mark.set_at
        session.commit()
    result = portal(app, "dump", tmp_path / "out")
    assert (
        result.exit_code,
        result.stdout.splitlines()[-1].endswith(f"{plural(ROWS - 1, 'строка', 'строки', 'строк')}."),
    ) == (0, True)
    marks = (tmp_path / "out" / "marks.csv").read_text()
    assert "k1,l1,p1,5,Ответ на уроке,2026-09-14T17:59:59+00:00\n" in marks and "k2" not in marks
    people = (tmp_path / "out" / "people.csv").read_text()
    assert "112-233-445 95" in people and "82 05 123456" in people and "2026-08-21T09:00:00.250000+00:00" in people
    assert "r1,Свой,2026-09-07,pupils_activated,66.67,0" in (tmp_path / "out" / "activity_profiles.csv").read_text()
    history = (tmp_path / "out" / "indicator_history.csv").read_text()
    assert "2020-03-16,s1,journal_kept,26.58,21,79,0" in history and "2020-03-16,s1,pupils_activated,,,," in history
    again = portal(app, "dump", tmp_path / "out")
    assert (again.exit_code, "уже есть и не пуст" in again.stderr) == (1, True)


def test_a_dump_holds_what_was_made_in_the_portal(portal, small, make_app, engine_name, tmp_path):
    app, _ = small
    assert portal(app, "dump", tmp_path / "out").exit_code == 0
    fresh = make_app(engine_name)
    loaded = portal(fresh, "load", tmp_path / "out")
    assert loaded.exit_code == 0, loaded.output
    assert portal(fresh, "dump", tmp_path / "again").exit_code == 0
    assert same_files(tmp_path / "out", tmp_path / "again")
    with fresh.app_context():
        assert session.scalar(select(func.count(Person.id))) == 16


def test_the_bar_moves_where_somebody_watches(monkeypatch):
    from portal.cli.progress import RowsProgress

    written: list[str] = []
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    monkeypatch.setattr("sys.stderr.write", written.append)
    progress = RowsProgress()
    progress("marks", 1500, 0.5)
    progress.finish()
    assert written == ["\r\x1b[K" + "█" * 15 + "░" * 15 + " marks 1 500", "\r\x1b[K"]
