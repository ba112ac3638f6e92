"""The lint of the views: it lets ours pass and catches each trap that cost somebody an evening."""

from pathlib import Path

import pytest
from sqlalchemy import Boolean

from portal.models import Base
from portal.sql import view_files
from portal.sql.subset import BOOLEAN_COLUMNS, faults, main

HEADER = "-- Something.\n-- One row per school and week.\n-- Source: lesson.\n"
COLUMNS = "lesson.school_id as school_id, lesson.week_start as week_start"


def _faults(tmp_path: Path, select: str, name: str = "20_fact_x.sql", header: str = HEADER) -> str:
    path = tmp_path / name
    path.write_text(f"{header}{select}\n", encoding="utf-8")
    return "\n".join(faults(path))


def test_our_views_keep_to_the_subset(capsys):
    assert main() == 0
    assert str(len(view_files())) in capsys.readouterr().out


def test_a_plain_view_passes(tmp_path):
    assert _faults(tmp_path, f"select\n    {COLUMNS}\nfrom lesson") == ""


@pytest.mark.parametrize(
    ("select", "said"),
    [
        (f"select {COLUMNS}, lesson.id from lesson", "without «as»"),
        (f"select {COLUMNS}, (select a.id from a limit 1) as x from lesson", "without «as»"),
        ("select * from lesson", "«*»"),
        ("select lesson.id as id from lesson", "school_id and week_start"),
        (f"select {COLUMNS} from lesson where lesson.conducted = 1", "never compared"),
        (f"select {COLUMNS} from lesson where lesson.conducted = true", "true or false"),
        (f"select {COLUMNS}, date_trunc('week', lesson.date) as x from lesson", "function"),
        (f"select {COLUMNS}, strftime(lesson.date) as x from lesson", "function"),
        (f"select {COLUMNS}, least(1, 2) as x from lesson", "function least"),
        (f"select {COLUMNS}, count(distinct (lesson.date, lesson.number)) as x from lesson", "count(distinct (a, b))"),
        (f"select {COLUMNS}, lead(lesson.id) over (order by lesson.id) as x from lesson", "window"),
        (f"select {COLUMNS}, 1 / 2 as x from lesson", "division"),
        (f"select {COLUMNS}, lesson.id::text as x from lesson", "cast"),
        (f"select {COLUMNS} from lesson where lesson.topic like 'а'", "like"),
        (f"select {COLUMNS} from lesson -- 50 %", "percent sign"),
        (f"select {COLUMNS} from lesson -- see a:b", "«:word»"),
        (f"select {COLUMNS} from lesson order by lesson.id", "order without a limit"),
        (f"select {COLUMNS} from lesson union all select {COLUMNS} from lesson", "one SELECT"),
        (f"with a as (select 1 as x) select {COLUMNS} from lesson", "«with»"),
        (f"select {COLUMNS} from lesson where ((", "cannot be read"),
    ],
)
def test_each_trap_is_caught(tmp_path, select, said):
    assert said in _faults(tmp_path, f"select\n{select.removeprefix('select')}" if "with" not in select else select)


def test_names_and_headers(tmp_path):
    select = f"select\n    {COLUMNS}\nfrom lesson"
    assert "no floor" in _faults(tmp_path, select, name="50_other.sql")
    assert "One row per" in _faults(tmp_path, select, header="-- Nothing said.\n")
    indicator = _faults(tmp_path, select, name="30_indicator_x.sql")
    assert "Numerator" in indicator
    assert "exactly the columns" in indicator


def test_every_boolean_column_is_known_to_the_lint():
    booleans = {
        column.name for table in Base.metadata.tables.values() for column in table.c if isinstance(column.type, Boolean)
    }
    assert booleans <= BOOLEAN_COLUMNS
