"""Every kind of fault of a file or a cell, told at its place; what is merely odd is not one."""

from __future__ import annotations

from pathlib import Path

import pytest

from portal.exchange.faults import DatasetFaults, Fault, FaultLog
from portal.exchange.source import of_rows, open_dataset
from portal.exchange.tables import TABLES
from tests.exchange.dataset import small_dataset, write_csv


def faults_of(path: Path) -> list[str]:
    """The faults the files alone show."""
    log = FaultLog()
    for table in open_dataset(path).tables(log):
        for _ in table.batches():
            pass
    try:
        log.raise_if_any()
    except DatasetFaults as found:
        assert found.total == len(found.shown)
        return [str(fault) for fault in found.shown]
    return []


def raw(folder: Path, **files: str | bytes) -> Path:
    for name, content in files.items():
        data = content if isinstance(content, bytes) else content.encode()
        (folder / f"{name}.csv").write_bytes(data)
    return folder


def test_the_small_dataset_has_every_table_and_no_fault(tmp_path):
    dataset = small_dataset()
    assert list(dataset) == list(TABLES)
    assert faults_of(write_csv(tmp_path, dataset)) == []


NO_VALUE = "нет значения, было: пусто"
NOT_A_DAY = "не дата вида 2026-09-14"
NOT_A_MOMENT = "не момент вида 2026-09-14T14:05:00+03:00"
NO_OFFSET = "у момента нет смещения от UTC (например, +03:00)"
CELLS = [
    # wrong types
    ("lessons", 0, "date", "14.09.2026", NOT_A_DAY),
    ("lessons", 0, "date", "2026-9-14", NOT_A_DAY),
    ("lessons", 0, "date", "2026-09-14T00:00:00", NOT_A_DAY),
    ("lessons", 0, "date", "20260914", NOT_A_DAY),
    ("lessons", 0, "number", "первый", "не целое число"),
    ("lessons", 0, "number", "1.0", "не целое число"),
    ("lessons", 0, "number", "²", "не целое число"),
    ("lessons", 0, "starts_at", "8:30", "не время вида 08:30"),
    ("lessons", 0, "starts_at", "08:30:00", "не время вида 08:30"),
    ("lessons", 0, "conducted", "да", "не 1 и не 0"),
    ("homework", 0, "issued_at", "2026-09-14", NOT_A_MOMENT),
    ("homework", 0, "issued_at", "14.09.2026 13:00", NOT_A_MOMENT),
    ("homework", 0, "issued_at", "2026-W38-1T13:00", NOT_A_MOMENT),
    ("activity_profiles", 0, "threshold", "50,5", "не число вида 66.67"),
    ("activity_profiles", 0, "threshold", "-1", "не число вида 66.67"),
    ("activity_profiles", 0, "threshold", "NaN", "не число вида 66.67"),
    ("indicator_history", 0, "numerator", "21.5", "не целое число"),
    ("periods", 0, "grades", "9-1", "не классы вида 1-9"),
    ("periods", 0, "grades", "1-12", "не классы вида 1-9"),
    ("people", 0, "person_id", "x" * 65, "ключ длиннее 64 знаков"),
    ("indicator_history", 0, "indicator", "x" * 41, "длиннее 40 знаков"),
    # outside the enumerations
    ("schools", 0, "kind", "гимназия", "нет в списке: СОШ, ООШ, НОШ"),
    ("schools", 0, "shifts", "3", "не от 1 до 2"),
    ("schools", 0, "timezone", "MSK", "нет такого часового пояса IANA (например, Europe/Moscow)"),
    ("schools", 0, "timezone", "Europe/Moskva", "нет такого часового пояса IANA (например, Europe/Moscow)"),
    ("periods", 0, "kind", "четверть", "нет в списке: quarter, trimester, half_year"),
    ("people", 0, "document", "паспорт", "нет в списке: passport, birth_certificate"),
    ("staff", 0, "category", "высшая", "нет в списке: highest, first, none"),
    ("classes", 0, "grade", "12", "не от 1 до 11"),
    ("classes", 0, "grade", "0", "не от 1 до 11"),
    ("lessons", 0, "number", "13", "не от 1 до 12"),
    ("lessons", 0, "status", "held", "нет в списке: planned, cancelled"),
    ("marks", 0, "value", "6", "нет в списке: 5, 4, 3, 2, 1, зач, нз, н/а, осв"),
    ("marks", 0, "value", "Зач", "нет в списке: 5, 4, 3, 2, 1, зач, нз, н/а, осв"),
    ("attendance", 0, "code", "H", "нет в списке: Н, Б, У, О"),  # the Latin letter
    ("period_marks", 0, "value", "A", "нет в списке: 5, 4, 3, 2, 1, зач, нз, н/а, осв"),
    # check digits
    ("schools", 0, "inn", "7707083894", "не ИНН: не та длина, знаки или контрольное число"),
    ("schools", 0, "kpp", "7707", "не КПП: не та длина, знаки или контрольное число"),
    ("schools", 0, "ogrn", "1027700132196", "не ОГРН: не та длина, знаки или контрольное число"),
    ("schools", 0, "oktmo", "827010", "не ОКТМО: не та длина, знаки или контрольное число"),
    ("municipalities", 0, "oktmo", "015120008", "не ОКТМО: не та длина, знаки или контрольное число"),
    ("people", 0, "snils", "112-233-445 96", "не СНИЛС: не та длина, знаки или контрольное число"),
    # impossible dates and moments
    ("lessons", 0, "date", "2026-02-30", "такой даты нет"),
    ("lessons", 0, "date", "0001-01-01", "невозможная дата"),
    ("people", 0, "birth_date", "9999-12-31", "невозможная дата"),
    ("lessons", 0, "starts_at", "25:00", "такого времени нет"),
    ("homework", 0, "issued_at", "2026-09-31T13:00:00+03:00", "такого момента нет"),
    ("marks", 0, "set_at", "2026-09-14T24:30:00", "такого момента нет"),
    ("marks", 0, "set_at", "0001-01-01T00:00:00+03:00", "невозможный момент"),
    # the offset where it is needed
    ("people", 0, "activated_at", "2026-08-20T09:00:00", NO_OFFSET),
    ("people", 0, "esia_at", "2026-08-20T09:00:00", NO_OFFSET),
    ("visits", 0, "visited_at", "2026-09-14T19:00:00", NO_OFFSET),
    ("diary_views", 0, "viewed_at", "2026-09-14T19:00:00", NO_OFFSET),
    # no value where one is needed
    ("people", 0, "last_name", "", None),
    ("people", 0, "person_id", " \u00a0\t", None),
    ("marks", 0, "work_type", "", None),
    ("lessons", 0, "group_id", "", None),
    ("activity_profiles", 1, "counted", "", None),
]


@pytest.mark.parametrize(("table", "place", "column", "text", "what"), CELLS)
def test_a_cell_that_cannot_be(tmp_path, table, place, column, text, what):
    dataset = small_dataset()
    dataset[table][place][column] = text
    was = NO_VALUE if what is None else f"{what}, было: «{text}»"
    assert faults_of(write_csv(tmp_path, dataset)) == [f"{table}.csv:{place + 2}:{column}: {was}"]


ODD = [
    ("marks", 0, "value", "нз"),
    ("marks", 0, "set_at", "2026-09-14T20:59:59Z"),
    ("marks", 0, "set_at", "2026-09-14T20:59"),
    ("marks", 0, "set_at", "2026-09-14T20:59:59.123456789+0300"),
    ("homework", 0, "updated_at", "2001-01-01T00:00:00+03:00"),  # before it was issued
    ("homework", 0, "text", " "),
    ("classes", 0, "grade", "1"),
    ("classes", 0, "letter", "хим-био"),
    ("enrolments", 0, "left_on", "2020-01-01"),
    ("lessons", 1, "date", "2026-09-14"),
    ("lessons", 0, "topic", "=1+1"),
    ("lessons", 0, "comment", "<b>x</b>" * 20_000),
    ("indicator_history", 0, "indicator", "something_new"),
    ("indicator_history", 0, "value", "133.33335"),
    ("indicator_history", 0, "week_start", "2020-03-18"),
    ("people", 0, "person_id", "ключ, с запятой"),
    ("staff", 0, "post", "Кочегар"),
    ("periods", 0, "grades", "10"),
    ("groups", 0, "teacher_id", ""),
]


@pytest.mark.parametrize(("table", "place", "column", "text"), ODD)
def test_a_cell_that_is_merely_odd(tmp_path, table, place, column, text):
    dataset = small_dataset()
    dataset[table][place][column] = text
    assert faults_of(write_csv(tmp_path, dataset)) == []


def test_all_faults_of_all_files_in_one_go_in_the_order_of_files_and_rows(tmp_path):
    dataset = small_dataset()
    dataset["marks"][2]["value"] = "7"
    dataset["people"][1]["birth_date"] = "вчера"
    dataset["people"][0]["snils"] = "1"
    del dataset["regions"][0]["name"]
    told = [line.split(": ")[0] for line in faults_of(write_csv(tmp_path, dataset))]
    assert told == ["regions.csv:1:name", "people.csv:2:snils", "people.csv:3:birth_date", "marks.csv:4:value"]


def test_optional_columns_and_files_may_be_missing(tmp_path):
    raw(tmp_path, people="person_id,first_name,last_name\np1,Анна,Ёлкина\n")
    assert faults_of(tmp_path) == []


HEADERS = [
    (
        "person_id,last_name,first_name,colour\np1,Ёлкина,Анна,синий\n",
        ["people.csv:1:colour: неизвестный столбец, было: «colour»"],
    ),
    (
        "person_id,last_name,first_name,last_name\np1,Ёлкина,Анна,Ёлкина\n",
        ["people.csv:1:last_name: столбец указан дважды, было: «last_name»"],
    ),
    ("person_id,last_name,first_name,\np1,Ёлкина,Анна,\n", ["people.csv:1:4: неизвестный столбец, было: пусто"]),
    ("person_id,last_name\np1,Ёлкина\n", ["people.csv:1:first_name: нет обязательного столбца, было: пусто"]),
    (
        "person_id;last_name;first_name\np1;Ёлкина;Анна\n",
        ["people.csv:1:: неверный разделитель: нужна запятая, было: «person_id;last_name;first_name»"],
    ),
    (
        "person_id\tlast_name\tfirst_name\n",
        ["people.csv:1:: неверный разделитель: нужна запятая, было: «person_id\\tlast_name\\tfirst_name»"],
    ),
    ("", ["people.csv:1:: нет строки заголовка, было: пусто"]),
    (
        "person_id,last_name,first_name\np1,Ёлкина,Анна,лишнее\n\np2,Ёлкина\np3,Ёлкина,Анна\n",
        [
            "people.csv:2:: неверный разделитель или кавычки: значений 4, а столбцов 3, было: «p1,Ёлкина,Анна,лишнее»",
            "people.csv:4:: неверный разделитель или кавычки: значений 2, а столбцов 3, было: «p2,Ёлкина»",
        ],
    ),
    (
        'person_id,last_name,first_name\np1,"Ёл"кина,Анна\n',
        ["people.csv:2:: неверные кавычки: кавычка внутри значения удваивается, было: пусто"],
    ),
    (
        'person_id,last_name,first_name\np1,Ёлкина,Анна\np2,"Ёлкина,Анна\n',
        ["people.csv:3:: неверные кавычки: кавычка внутри значения удваивается, было: пусто"],
    ),
    (
        'person_id,last_name,first_name\np1,"' + "х" * 2**20 + 'ы",Анна\n',
        ["people.csv:2:: значение длиннее 1048576 знаков: вероятно, не закрыта кавычка, было: пусто"],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("text", "faults"), HEADERS)
def test_a_file_that_is_no_table(tmp_path, text, faults):
    assert faults_of(raw(tmp_path, people=text)) == faults


ENCODINGS = [
    ("person_id,last_name,first_name\np1,Ёлкина,Анна\n".encode("cp1251"), "people.csv:2:last_name", "�"),
    ("person_id,last_name,first_name\np1,Ёлкина,Анна\n".encode("utf-16"), "people.csv:1:", ""),
    (b"person_id,last_name,first_name\n" + b"p,a,b\n" * 9000 + b"p,\xff\xfe,b\n", "people.csv:9002:last_name", ""),
    (b"person_id,last_name,first_name\np1,a\x00b,c\n", "people.csv:2:last_name", "\\x00"),
]


@pytest.mark.parametrize(("content", "place", "shown"), ENCODINGS)
def test_a_file_that_is_not_utf8(tmp_path, content, place, shown):
    (line,) = [line for line in faults_of(raw(tmp_path, people=content)) if "кодировка" in line]
    assert line.startswith(f"{place}: неверная кодировка: нужна UTF-8")
    assert shown in line


def test_a_byte_order_mark_line_ends_and_quotes_make_no_difference(tmp_path):
    text = '\ufeff"person_id",last_name,"first_name"\r\np1,"Ёлкина",Анна\rp2,"Бе""рёзова","Ан\nна"'
    assert faults_of(raw(tmp_path, people=text)) == []


def test_at_most_200_are_shown_and_all_are_counted(tmp_path):
    raw(tmp_path, visits="person_id,visited_at\n" + "p1,вчера\n" * 12_345)
    log = FaultLog()
    for table in open_dataset(tmp_path).tables(log):
        for _ in table.batches():
            pass
    with pytest.raises(DatasetFaults) as found:
        log.raise_if_any()
    assert found.value.total == 12_345
    assert [fault.row for fault in found.value.shown] == list(range(2, 202))


def test_a_fault_is_one_safe_line():
    line = str(Fault("people.csv", 2, "name", "не дата", "\x1b[2J\nстрока" + "x" * 100))
    assert "\n" not in line and "\x1b" not in line and line.endswith("…»")


def test_rows_in_memory_are_read_like_files():
    log = FaultLog()
    source = of_rows([("marks", [{"mark_id": "k1", "value": 6}]), ("regions", [{"region_id": "r", "name": "Р"}])])
    read = {table.table.name: list(table.batches()) for table in source.tables(log)}
    assert list(read) == ["regions", "marks"]  # the order of loading
    assert read["regions"][0].columns == {"region_id": ["r"], "name": ["Р"]}
    assert read["marks"][0].faulty == {2}
    assert log.total == 5  # the value, and four cells that may not be empty
    assert source.share() is None
