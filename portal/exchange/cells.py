"""What a cell of a dataset may hold (domain/dataset.md): each kind reads a text into the form it is kept in.

The kept form is the one both databases take as it is: texts, whole numbers, ``2026-09-14``, ``08:30:00.000000``,
``2026-09-14 11:05:00.000000`` (UTC). A text that cannot be read raises :class:`CellError`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from portal.values import state_numbers

Kept = str | int
FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2100, 12, 31)
"""Days outside are impossible: nobody in a school's papers was born before, and no calendar is kept after."""
KEY_LENGTH = 64
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_CLOCK = re.compile(r"\d\d:\d\d", re.ASCII)
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d([.,]\d+)?)?(Z|[+-]\d\d(:?\d\d)?)?", re.ASCII)
_WHOLE = re.compile(r"\d{1,15}", re.ASCII)
_DECIMAL = re.compile(r"\d{1,6}(\.\d{1,30})?", re.ASCII)
_GRADES = re.compile(r"(\d{1,2})(?:-(\d{1,2}))?", re.ASCII)


class CellError(ValueError):
    """What is wrong with a cell, in Russian."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A kind of cell. ``kind`` is the type a database keeps it in; ``few`` says that values repeat much.

    ``rule`` is the Russian description for templates and help.
    """

    kind: str
    rule: str
    read: Callable[[str], Kept]
    few: bool = False
    choices: tuple[str, ...] = ()


def _read_key(text: str) -> str:
    if len(text) > KEY_LENGTH:
        raise CellError(f"ключ длиннее {KEY_LENGTH} знаков")
    return text


def _read_name(text: str) -> str:
    return " ".join(text.split())


def _read_text(text: str) -> str:
    return text


def read_day(text: str) -> str:
    if not _DAY.fullmatch(text):
        raise CellError("не дата вида 2026-09-14")
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise CellError("такой даты нет") from None
    if not FIRST_DAY <= day <= LAST_DAY:
        raise CellError("невозможная дата")
    return text


def _read_clock(text: str) -> str:
    if not _CLOCK.fullmatch(text):
        raise CellError("не время вида 08:30")
    try:
        time.fromisoformat(text)
    except ValueError:
        raise CellError("такого времени нет") from None
    return text + ":00.000000"


def read_moment(text: str) -> str:
    """A moment with its offset, as UTC."""
    moment = _moment(text)
    if moment.tzinfo is None:
        raise CellError("у момента нет смещения от UTC (например, +03:00)")
    return kept_moment(moment)


def read_local_moment(text: str) -> str:
    """A moment; without an offset it stays as it is, marked by a «T», until the school's zone is known."""
    moment = _moment(text)
    return kept_moment(moment) if moment.tzinfo else moment.isoformat(timespec="microseconds")


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        moment = None
    if moment is None or not _MOMENT.fullmatch(text):
        raise CellError("такого момента нет" if _MOMENT.fullmatch(text) else "не момент вида 2026-09-14T14:05:00+03:00")
    if not FIRST_DAY < moment.date() < LAST_DAY:
        raise CellError("невозможный момент")
    return moment


def kept_moment(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(" ", "microseconds")[:26]


def moment_in_zone(local: str, zone: str) -> datetime:
    """The UTC moment of one without offset in a school's own time; one that its clocks skipped is impossible."""
    naive = datetime.fromisoformat(local)
    moment = naive.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)
    if moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None) != naive:
        raise CellError("такого момента нет: часы школы его пропустили")
    return moment


def _read_zone(text: str) -> str:
    if text not in _zones():
        raise CellError("нет такого часового пояса IANA (например, Europe/Moscow)")
    return text


@cache
def _zones() -> frozenset[str]:
    return frozenset(available_timezones() - {"localtime", "Factory"})


def _read_grades(text: str) -> str:
    match = _GRADES.fullmatch(text)
    if not match or not 1 <= int(match[1]) <= int(match[2] or match[1]) <= 11:
        raise CellError("не классы вида 1-9")
    return text


def grades_span(text: str) -> tuple[int, int]:
    """First and last grade of «1-9» or «10»."""
    first, _, last = text.partition("-")
    return int(first), int(last or first)


def _number(name: str, read: Callable[[str], str]) -> Callable[[str], str]:
    def checked(text: str) -> str:
        try:
            return read(text.strip())
        except ValueError:
            raise CellError(f"не {name}: не та длина, знаки или контрольное число") from None

    return checked


def choice(*values: str) -> Cell:
    """One of a list of words."""
    allowed = dict.fromkeys(values)

    def read(text: str) -> str:
        if text not in allowed:
            raise CellError(f"нет в списке: {', '.join(values)}")
        return text

    return Cell("text", "одно из: " + ", ".join(values), read, few=True, choices=values)


def whole(low: int, high: int) -> Cell:
    """A whole number within its borders."""

    def read(text: str) -> int:
        if not _WHOLE.fullmatch(text):
            raise CellError("не целое число")
        if not low <= int(text) <= high:
            raise CellError(f"не от {low} до {high}")
        return int(text)

    return Cell("big" if high > 2**31 else "whole", f"целое число от {low} до {high}", read, few=True)


def percentage(decimals: int) -> Cell:
    """A per cent, kept as a whole number of its smallest parts; half up."""

    def read(text: str) -> int:
        if not _DECIMAL.fullmatch(text):
            raise CellError("не число вида 66.67")
        return int((Decimal(text) * 10**decimals).to_integral_value(ROUND_HALF_UP))

    return Cell("big", "процент, дробная часть через точку", read, few=True)


def _read_flag(text: str) -> int:
    if text not in ("0", "1"):
        raise CellError("не 1 и не 0")
    return int(text)


def short(limit: int) -> Cell:
    """A word of at most ``limit`` characters."""

    def read(text: str) -> str:
        if len(text) > limit:
            raise CellError(f"длиннее {limit} знаков")
        return text

    return Cell("text", f"слово до {limit} знаков", read, few=True)


KEY = Cell("text", f"ключ отправителя, до {KEY_LENGTH} знаков", _read_key)
NAME = Cell("text", "текст", _read_name)
WORD = Cell("text", "текст", _read_name, few=True)
TEXT = Cell("text", "текст", _read_text)
DAY = Cell("day", "дата вида 2026-09-14", read_day, few=True)
CLOCK = Cell("clock", "время вида 08:30", _read_clock, few=True)
MOMENT = Cell("moment", "момент со смещением, вида 2026-09-14T14:05:00+03:00", read_moment)
LOCAL_MOMENT = Cell("moment", "момент вида 2026-09-14T14:05:00+03:00; без смещения — время школы", read_local_moment)
FLAG = Cell("flag", "1 — да, 0 — нет", _read_flag, few=True, choices=("1", "0"))
ZONE = Cell("text", "часовой пояс IANA", _read_zone, few=True)
GRADES = Cell("text", "классы вида 1-9", _read_grades, few=True)
INN = Cell("text", "ИНН", _number("ИНН", state_numbers.inn))
KPP = Cell("text", "КПП", _number("КПП", state_numbers.kpp))
OGRN = Cell("text", "ОГРН", _number("ОГРН", state_numbers.ogrn))
OKTMO = Cell("text", "ОКТМО", _number("ОКТМО", state_numbers.oktmo))
SNILS = Cell("text", "СНИЛС, со знаками или без", _number("СНИЛС", state_numbers.snils))
