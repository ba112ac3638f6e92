"""A zip is as good as a folder, and a hostile one harms nobody."""

from __future__ import annotations

import csv
import zipfile
from datetime import date, datetime, time, timedelta, timezone

import pytest

from portal.exchange import files
from portal.exchange.faults import FaultLog
from portal.exchange.source import open_dataset
from portal.exchange.writer import write_dataset
from tests.exchange.test_faults import faults_of

PEOPLE = "person_id,last_name,first_name\np1,Ёлкина,Анна\n"


def archive(path, entries, compression=zipfile.ZIP_DEFLATED):
    with zipfile.ZipFile(path, "w", compression) as file:
        for name, content in entries:
            file.writestr(name, content)
    return path


def test_a_zip_is_read_like_a_folder_also_with_the_folder_inside(tmp_path):
    plain = archive(tmp_path / "a.zip", [("people.csv", PEOPLE)])
    nested = archive(
        tmp_path / "b.zip",
        [("набор/", ""), ("набор/people.csv", PEOPLE), ("__MACOSX/набор/._people.csv", "x"), ("набор/readme.txt", "x")],
    )
    for path in (plain, nested):
        source = open_dataset(path)
        (table,) = source.tables(FaultLog())
        (batch,) = table.batches()
        assert batch.columns["last_name"] == ["Ёлкина"]
        assert source.share() == 1.0 and source.notes == ()


def test_a_file_with_a_wrong_name_is_told_and_passed_over(tmp_path):
    (tmp_path / "people.csv").write_text(PEOPLE)
    (tmp_path / "lesson.csv").write_text("x")
    (tmp_path / "readme.txt").write_text("x")
    assert open_dataset(tmp_path).notes == ("Файл lesson.csv не из набора данных: пропущен.",)
    zipped = archive(tmp_path / "a.zip", [("people.csv", PEOPLE), ("lesson.csv", "x")])
    assert open_dataset(zipped).notes == ("Файл lesson.csv не из набора данных: пропущен.",)


def test_no_dataset_at_all(tmp_path):
    with pytest.raises(FileNotFoundError):
        open_dataset(tmp_path / "nowhere")
    (tmp_path / "empty").mkdir()
    assert faults_of(tmp_path / "empty") == ["empty:0:: нет ни одного файла набора данных, было: пусто"]
    (tmp_path / "x.zip").write_bytes(b"PK\x03\x04 not a zip")
    (line,) = faults_of(tmp_path / "x.zip")
    assert line.startswith("x.zip:0:: файл не читается: это не папка и не zip")
    (tmp_path / "odd" / "people.csv").mkdir(parents=True)
    (line,) = faults_of(tmp_path / "odd")
    assert line.startswith("people.csv:1:: файл не читается")


@pytest.mark.parametrize(
    "name", ["../people.csv", "/people.csv", "a/../../people.csv", "..\\people.csv", "C:/people.csv"]
)
def test_a_path_out_of_the_archive_is_refused(tmp_path, name):
    (line,) = faults_of(archive(tmp_path / "a.zip", [(name, PEOPLE)]))
    assert "путь выходит за пределы архива" in line
    assert list(tmp_path.iterdir()) == [tmp_path / "a.zip"]


def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path, monkeypatch):
    bomb = archive(tmp_path / "a.zip", [("people.csv", PEOPLE + "p,a,b\n" * 2_000_000)])
    (line,) = faults_of(bomb)
    assert "файл сжат больше чем в 200 раз, было: «people.csv»" in line
    many = archive(tmp_path / "b.zip", [(f"{n}.txt", "") for n in range(1001)])
    assert "слишком много файлов" in faults_of(many)[0]
    monkeypatch.setattr(files, "MAX_UNPACKED", 10)
    assert "слишком велик" in faults_of(archive(tmp_path / "c.zip", [("people.csv", PEOPLE)]))[0]


def test_an_archive_that_lies_about_its_size_gives_no_more_than_it_said(tmp_path):
    path = archive(tmp_path / "a.zip", [("people.csv", PEOPLE * 50)], zipfile.ZIP_STORED)
    data = bytearray(path.read_bytes())
    size = len((PEOPLE * 50).encode()).to_bytes(4, "little")
    path.write_bytes(bytes(data.replace(size, (40).to_bytes(4, "little"))))
    assert any("файл не читается" in line or "кодировка" in line for line in faults_of(path))


def test_the_same_file_twice_and_a_damaged_one(tmp_path):
    twice = archive(tmp_path / "a.zip", [("a/people.csv", PEOPLE), ("b/people.csv", PEOPLE)])
    assert "файл есть в архиве дважды" in faults_of(twice)[0]
    damaged = archive(tmp_path / "b.zip", [("people.csv", PEOPLE)], zipfile.ZIP_STORED)
    damaged.write_bytes(damaged.read_bytes().replace("Ёлкина".encode(), "Елкины".encode(), 1))
    assert faults_of(damaged) == ["people.csv:1:: файл не читается, было: «BadZipFile»"]


ROWS = [
    {
        "lesson_id": 'l"1', "group_id": "g", "date": date(2026, 9, 14), "number": 3, "starts_at": time(8, 5),
        "conducted": True, "topic": "а,б\nв", "comment": None,
    },
    {"lesson_id": "l2", "group_id": "g", "date": "2026-09-15", "number": "4", "conducted": False},
]  # fmt: skip


def test_what_is_written_can_be_read_and_is_for_its_owner_only(tmp_path):
    moment = datetime(2026, 9, 14, 14, 5, tzinfo=timezone(timedelta(hours=3)))
    tables = [("lessons", ROWS), ("visits", [{"person_id": "p", "visited_at": moment}]), ("marks", [])]
    assert write_dataset(tmp_path / "out", tables) == {"lessons": 2, "visits": 1, "marks": 0}
    write_dataset(tmp_path / "out.zip", tables)
    with (tmp_path / "out" / "lessons.csv").open(encoding="utf-8", newline="") as file:
        first, second = csv.DictReader(file)
    assert (first["lesson_id"], first["starts_at"], first["topic"], first["conducted"]) == (
        'l"1',
        "08:05",
        "а,б\nв",
        "1",
    )
    assert (second["date"], second["conducted"], second["comment"]) == ("2026-09-15", "0", "")
    assert (tmp_path / "out" / "visits.csv").read_text() == "person_id,visited_at\np,2026-09-14T11:05:00+00:00\n"
    assert (tmp_path / "out" / "marks.csv").read_text().startswith("mark_id,")
    with zipfile.ZipFile(tmp_path / "out.zip") as zipped:
        for name in ("lessons.csv", "visits.csv", "marks.csv"):
            assert zipped.read(name) == (tmp_path / "out" / name).read_bytes()
    for path in (tmp_path / "out.zip", tmp_path / "out" / "lessons.csv"):
        assert path.stat().st_mode & 0o077 == 0
    again = tmp_path / "again.zip"
    write_dataset(again, tables)
    assert again.read_bytes() == (tmp_path / "out.zip").read_bytes()
