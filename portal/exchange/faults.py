"""What is wrong with a dataset: a closed list of faults, all told in one go (domain/dataset.md)."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace

SHOWN = 200
LONGEST = 80
"""At most so many characters of what was there are repeated."""

NO_VALUE = "нет значения"
NO_COLUMN = "нет обязательного столбца"
UNKNOWN_COLUMN = "неизвестный столбец"
COLUMN_TWICE = "столбец указан дважды"
NO_HEADER = "нет строки заголовка"
WRONG_DELIMITER = "неверный разделитель: нужна запятая"
WRONG_WIDTH = "неверный разделитель или кавычки: значений {found}, а столбцов {expected}"
WRONG_QUOTES = "неверные кавычки: кавычка внутри значения удваивается"
TOO_LONG = "значение длиннее {limit} знаков: вероятно, не закрыта кавычка"
WRONG_ENCODING = "неверная кодировка: нужна UTF-8"
UNREADABLE = "файл не читается"
MISSING_REFERENCE = "нет такого ключа ни в наборе, ни в базе (таблица {})"
KEY_TWICE = "ключ повторяется: он уже есть в строке {}"


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault at its place. ``row`` counts records, the header is row 1; 0 and "" where there is no such place."""

    file: str
    row: int
    column: str
    what: str
    was: str = ""

    def __str__(self) -> str:
        """«people.csv:5:birth_date: такой даты нет, было: «2026-02-30»»; always one line, safe for a terminal."""
        shown = self.was if len(self.was) <= LONGEST else self.was[:LONGEST] + "…"
        was = f"«{_one_line(shown)}»" if shown else "пусто"
        return f"{_one_line(self.file)}:{self.row}:{_one_line(self.column)}: {self.what}, было: {was}"


def _one_line(text: str) -> str:
    return "".join(
        c if c.isprintable() or c == "\N{NO-BREAK SPACE}" else c.encode("unicode_escape", "replace").decode()
        for c in text
    )  # fmt: skip


class FaultLog:
    """Collects faults in flat memory: all are counted, the first 200 of every column are kept."""

    def __init__(self) -> None:
        self._kept: list[Fault] = []
        self._per_column: Counter[tuple[str, str]] = Counter()

    def add(self, fault: Fault) -> None:
        place = (fault.file, fault.column)
        if self._per_column[place] < SHOWN:
            self._kept.append(replace(fault, was=fault.was[: LONGEST + 1]))
        self._per_column[place] += 1

    def count_more(self, file: str, column: str, count: int) -> None:
        """Count faults that are not worth keeping."""
        self._per_column[(file, column)] += count

    @property
    def total(self) -> int:
        return self._per_column.total()

    def raise_if_any(self) -> None:
        """Raise :class:`DatasetFaults` when there is any."""
        if self.total:
            files = {fault.file: place for place, fault in reversed(list(enumerate(self._kept)))}
            in_order = sorted(self._kept, key=lambda fault: (files[fault.file], fault.row))
            raise DatasetFaults(tuple(in_order[:SHOWN]), self.total)


class DatasetFaults(Exception):  # noqa: N818 - the faults are the dataset's, not the program's
    """A dataset cannot be loaded: ``shown`` are at most 200 of its ``total`` faults, in the order of the files."""

    def __init__(self, shown: tuple[Fault, ...], total: int) -> None:
        super().__init__(f"{total} faults in the dataset")
        self.shown = shown
        self.total = total
