"""Faults only the database can tell, all of them in one go, and nothing loaded."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from portal.exchange.faults import DatasetFaults
from portal.exchange.source import open_dataset
from portal.extensions import session
from portal.models.people import Person
from portal.operations.dataset import load
from tests.exchange.dataset import Dataset, small_dataset, write_csv
from tests.operations.test_dataset_load import AT


@pytest.fixture
def faults(app, tmp_path):
    """The faults of a dataset on an empty database, which stays empty."""

    def told(dataset: Dataset) -> list[str]:
        with app.app_context():
            with pytest.raises(DatasetFaults) as found:
                load(open_dataset(write_csv(tmp_path, dataset)), at=AT)
            session.rollback()
            assert session.scalar(select(func.count(Person.id))) == 0
            return [str(fault) for fault in found.value.shown]

    return told


def missing(table: str) -> str:
    return f"нет такого ключа ни в наборе, ни в базе (таблица {table})"


REFERENCES = [
    ("municipalities", 0, "region_id", "regions"),
    ("schools", 1, "municipality_id", "municipalities"),
    ("academic_years", 0, "school_id", "schools"),
    ("periods", 1, "school_id", "schools"),
    ("vacations", 0, "school_id", "schools"),
    ("staff", 0, "school_id", "schools"),
    ("staff", 2, "person_id", "people"),
    ("office_staff", 0, "unit_id", "municipalities или regions"),
    ("office_staff", 1, "person_id", "people"),
    ("classes", 0, "class_teacher_id", "people"),
    ("enrolments", 0, "person_id", "people"),
    ("enrolments", 1, "class_id", "classes"),
    ("guardians", 0, "guardian_id", "people"),
    ("guardians", 1, "pupil_id", "people"),
    ("groups", 0, "teacher_id", "people"),
    ("group_members", 0, "group_id", "groups"),
    ("lessons", 1, "substitute_id", "people"),
    ("homework", 0, "lesson_id", "lessons"),
    ("marks", 0, "lesson_id", "lessons"),
    ("marks", 1, "person_id", "people"),
    ("attendance", 0, "lesson_id", "lessons"),
    ("period_marks", 0, "period_id", "periods"),
    ("period_marks", 1, "group_id", "groups"),
    ("diary_views", 0, "viewer_id", "people"),
    ("visits", 0, "person_id", "people"),
    ("activity_profiles", 0, "region_id", "regions"),
    ("indicator_history", 0, "school_id", "schools"),
]


def test_every_missing_reference_is_told_once_and_nobody_else_is_blamed(faults):
    """Each row below is broken: rows that refer to a broken one are not told."""
    dataset = small_dataset()
    for table, place, column, _ in REFERENCES:
        dataset[table][place][column] = f"нет-{column}"
    assert faults(dataset) == [
        f"{table}.csv:{place + 2}:{column}: {missing(referred)}, было: «нет-{column}»"
        for table, place, column, referred in REFERENCES
    ]


def test_a_row_with_a_fault_of_its_own_is_there_for_others(faults):
    dataset = small_dataset()
    dataset["people"][0]["birth_date"] = "вчера"
    dataset["lessons"][0]["number"] = "13"
    assert faults(dataset) == [
        "people.csv:2:birth_date: не дата вида 2026-09-14, было: «вчера»",
        "lessons.csv:2:number: не от 1 до 12, было: «13»",
    ]


def test_a_row_with_a_comma_too_many_is_there_for_others(faults, tmp_path):
    dataset = small_dataset()
    write_csv(tmp_path, {"people": dataset.pop("people")})
    people = (tmp_path / "people.csv").read_text().replace("Анна", "Анна,Мария", 1)
    (tmp_path / "people.csv").write_text(people)
    (line,) = faults(dataset)
    assert line.startswith("people.csv:2:: неверный разделитель или кавычки: значений 13, а столбцов 12, было: «t1,")


def test_a_table_that_cannot_be_read_blames_nobody_else(faults, tmp_path):
    dataset = small_dataset()
    dataset["lessons"][3]["number"] = "0"
    dataset["people"][1] = {"person_id": "p1", "last_name": "Ёлкина"}
    write_csv(tmp_path, dataset)
    people = (tmp_path / "people.csv").read_text().replace("person_id", "human_id", 1)
    del dataset["people"]
    (tmp_path / "people.csv").write_text(people)
    assert faults(dataset) == [
        "people.csv:1:human_id: неизвестный столбец, было: «human_id»",
        "people.csv:1:person_id: нет обязательного столбца, было: пусто",
        "people.csv:3:first_name: нет значения, было: пусто",
        "lessons.csv:5:number: не от 1 до 12, было: «0»",
    ]


TWICE = [
    ("regions", "region_id", "r1"),
    ("schools", "school_id", "s1"),
    ("academic_years", "school_id", "s1, 2026"),
    ("vacations", "school_id", "s1, 2026-10-26, Осенние каникулы"),
    ("people", "person_id", "t1"),
    ("staff", "school_id", "s1, t1, Учитель, 2020-08-25"),
    ("office_staff", "unit_id", "m1, o1, Специалист"),
    ("enrolments", "class_id", "5a, p1, 2026-09-01"),
    ("guardians", "guardian_id", "g1, p1"),
    ("group_members", "group_id", "e5, p1"),
    ("lessons", "lesson_id", "l1"),
    ("marks", "mark_id", "k1"),
    ("attendance", "lesson_id", "l1, p2"),
    ("period_marks", "period_id", "q1, m5, p1"),
    ("diary_views", "pupil_id", "p1, g1, 2026-09-14T16:00:00+00:00"),
    ("visits", "person_id", "g1, 2026-09-14T16:00:00+00:00"),
    ("activity_profiles", "region_id", "r1, 2026-09-07, journal_kept"),
    ("indicator_history", "week_start", "2020-03-16, s1, journal_kept"),
]


def test_every_key_that_stands_twice_is_told_with_where_it_stood_first(faults):
    dataset = small_dataset()
    for table, _, _ in TWICE:
        dataset[table].append(dict(dataset[table][0]))
    assert faults(dataset) == [
        f"{table}.csv:{len(dataset[table]) + 1}:{column}: ключ повторяется: он уже есть в строке 2, было: «{was}»"
        for table, column, was in TWICE
    ]


def test_a_post_without_a_date_stands_twice_too(faults):
    dataset = small_dataset()
    dataset["staff"].append(dict(dataset["staff"][1]))
    assert faults(dataset) == [
        "staff.csv:5:school_id: ключ повторяется: он уже есть в строке 3, было: «s1, t1, Завуч, »"
    ]


def test_a_local_moment_that_the_clocks_skipped(faults):
    dataset = small_dataset()
    dataset["schools"][0]["timezone"] = "Europe/Berlin"
    dataset["marks"][0]["set_at"] = "2026-03-29T02:30:00"
    dataset["homework"][0]["updated_at"] = "2026-03-29T02:30:00"
    told = "такого момента нет: часы школы его пропустили, было: «2026-03-29T02:30:00.000000»"
    assert faults(dataset) == [f"homework.csv:2:updated_at: {told}", f"marks.csv:2:set_at: {told}"]


def test_faults_of_every_kind_come_together_and_the_rest_is_counted(app, tmp_path):
    dataset = small_dataset()
    dataset["regions"][0]["region_id"] = "r" * 65
    dataset["visits"] = [{"person_id": f"x{n}", "visited_at": "2026-09-14T19:00:00Z"} for n in range(1000)]
    dataset["visits"] += [{"person_id": "g1", "visited_at": "2026-09-14T19:00:00Z"}] * 300
    with app.app_context():
        with pytest.raises(DatasetFaults) as found:
            load(open_dataset(write_csv(tmp_path, dataset)), at=AT)
        session.rollback()
        assert session.scalar(select(func.count(Person.id))) == 0
        # the region's key, four rows that name it, visits of nobody, and visits told twice
        assert found.value.total == 1 + 4 + 1000 + 299
        assert len(found.value.shown) == 200
        assert str(found.value.shown[0]).startswith("regions.csv:2:region_id: ключ длиннее 64 знаков")
        assert {fault.file for fault in found.value.shown} == {
            "regions.csv", "municipalities.csv", "office_staff.csv", "visits.csv",
        }  # fmt: skip


def test_what_is_odd_loads(app, tmp_path):
    """Marks in grade 1, a lesson of a teacher who has left, two lessons at once, homework updated too early."""
    dataset = small_dataset()
    dataset["classes"][0]["grade"] = "1"
    dataset["staff"][0]["left_on"] = "2020-09-01"
    dataset["lessons"][1] |= {"date": "2026-09-14", "number": "1"}
    dataset["homework"][0]["updated_at"] = "2020-01-01T00:00:00+03:00"
    dataset["periods"][0] |= {"starts_on": "2026-10-25", "ends_on": "2026-09-01"}
    dataset["enrolments"][0]["left_on"] = "2000-01-01"
    with app.app_context():
        load(open_dataset(write_csv(tmp_path, dataset)), at=AT)
        session.commit()
        assert session.scalar(select(func.count(Person.id))) == 5
