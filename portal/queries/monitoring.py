"""The figures of a unit's week in the words of pages: tiles, the spread, what a lesson lacks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from portal.content.indicators import Block, Indicator, of_block
from portal.queries.indicators import SchoolWeek, Spread, UnitFigure, UnitWeek
from portal.queries.shortfalls import LessonState
from portal.values.percent import Percent
from portal.values.plural import plural
from portal.values.table import State, signed
from portal.values.week import weekday_date

VACATION = "Каникулы"


@dataclass(frozen=True, slots=True)
class Tile:
    """A unit's figure as a tile shows it: the figure, what it is, how many are not, the change, met or not.

    ``note`` names the owner where it is not the school.
    """

    code: str
    title: str
    figure: str
    state: State
    sub: str
    change: str
    note: str = ""


def state_of(met: bool | None) -> State:
    """Met, not met, or not judged."""
    return "" if met is None else "good" if met else "bad"


def change_text(change: int | None, hidden: bool) -> str:
    """«+5», «−3», «0», «Каникулы»; empty where there is nothing to compare."""
    if hidden:
        return VACATION
    if change is None:
        return ""
    return signed(change)


def threshold_text(threshold: Decimal | None) -> str:
    """«50 %», «66,5 %»; empty where there is none."""
    return "" if threshold is None else f"{threshold.normalize():f} %".replace(".", ",")


def tiles(unit: UnitWeek, block: Block) -> list[Tile]:
    """The tiles of one block, in the catalogue's order."""
    return [_tile(unit, indicator) for indicator in of_block(block)]


def _tile(unit: UnitWeek, indicator: Indicator) -> Tile:
    figure = unit.figures[indicator.code]
    sub, met = "", figure.met
    if indicator.block == "journal":
        met = True if figure.threshold is not None and unit.schools and not figure.failing else None
        sub = f"порог не выполнен: {plural(len(figure.failing), 'школа', 'школы', 'школ')}"
    elif figure.lacking is not None:
        sub = f"{indicator.lacking}: {indicator.counted(figure.lacking)}"
    return Tile(
        code=indicator.code,
        title=indicator.name,
        figure=figure.percent.shown(figure.threshold),
        state=state_of(met) if figure.percent.exact is not None else "",
        sub=sub,
        change=_unit_change(unit, indicator, figure),
        note=indicator.owner_title if indicator.owner == "families" else "",
    )


def _unit_change(unit: UnitWeek, indicator: Indicator, figure: UnitFigure) -> str:
    """«за неделю: +5»; a unit all of whose schools are on vacation says so instead."""
    if unit.on_vacation:
        return VACATION
    before = _previous(unit.schools, indicator, figure).whole(figure.threshold)
    now = figure.percent.whole(figure.threshold)
    if before is None or now is None:
        return ""
    return f"за неделю: {change_text(now - before, False)}"


def _previous(schools: Iterable[SchoolWeek], indicator: Indicator, figure: UnitFigure) -> Percent:
    """Last week's figure of the unit, out of what its schools know of their last week."""
    before = [school.figures[indicator.code].previous for school in schools]
    if not any(percent.exact is not None for percent in before):
        return Percent.given(None)
    if indicator.block == "journal":
        meeting = sum(figure.threshold is not None and percent.meets(figure.threshold) for percent in before)
        return Percent.of(meeting, len(before))
    known = [(p.numerator, p.denominator) for p in before if p.numerator is not None and p.denominator is not None]
    return Percent.of(sum(numerator for numerator, _ in known), sum(denominator for _, denominator in known))


@dataclass(frozen=True, slots=True)
class SpreadPart:
    """A part of the spread: how many schools, and where it lies on a bar, in per cent of its width."""

    title: str
    count: int
    state: State
    sign: str
    start: float
    width: float


def spread_parts(spread: Spread) -> list[SpreadPart]:
    """The spread as parts of a bar, best first."""
    counts: list[tuple[str, int, State, str]] = [
        ("100 %", spread.full, "good", "✓"),
        ("от 85 до 100 %", spread.from_85, "warn", "!"),
        ("ниже 85 %", spread.below_85, "bad", "✕"),
        ("нет данных", spread.no_data, "muted", "?"),
    ]
    total = sum(count for _, count, _, _ in counts) or 1
    parts, start = [], 0.0
    for title, count, state, sign in counts:
        width = round(100 * count / total, 1)
        parts.append(SpreadPart(title, count, state, sign, round(start, 1), width))
        start += width
    return parts


def lesson_facts(lesson: LessonState) -> list[tuple[str, bool | None, str]]:
    """(indicator, met or not judged, what is recorded) for one lesson: no names, no marks."""
    topic = "тема записана" if lesson.has_topic else "темы нет"
    homework = f"заданий к уроку: {lesson.homework_due}" if lesson.homework_due else "задания к уроку нет"
    comment = "комментарий есть" if lesson.has_comment else "комментария нет"
    conducted = f"«Урок проведён» {'отмечено' if lesson.conducted else 'не отмечено'}"
    kept = f"отметок: {lesson.marks}; пропусков: {lesson.absences}; {comment}; {conducted}"
    marks_due = f"срок — до {_clock(lesson.marks_due_at, lesson.timezone)}"
    marks = (
        f"в срок {lesson.marks_timely} из {lesson.marks_in_week}" if lesson.marks_in_week else "отметок за неделю нет"
    )
    following = (
        f"следующий урок — {weekday_date(lesson.next_on)}; срок — до {_clock(lesson.homework_due_at, lesson.timezone)}"
        if lesson.next_on
        else "следующего урока в расписании нет"
    )
    return [
        ("Тема и задание", lesson.is_planned, f"{topic}; {homework}"),
        ("Ведение журнала", lesson.is_kept, kept),
        (
            "Отметки в срок",
            lesson.marks_timely == lesson.marks_in_week if lesson.marks_in_week else None,
            f"{marks}; {marks_due}",
        ),
        ("Задание на следующий урок в срок", lesson.is_homework_timely if lesson.next_on else None, following),
    ]


def _clock(moment: datetime, zone: str) -> str:
    """«14.09 21:00» on the school's clock."""
    return moment.astimezone(ZoneInfo(zone)).strftime("%d.%m %H:%M")
