"""The figures of a unit's week in the words of pages: tiles, the spread, what a lesson lacks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from portal.content.indicators import Block, Indicator, of_block
from portal.queries.indicators import SchoolWeek, UnitWeek
from portal.queries.shortfalls import LessonState
from portal.values.percent import Percent
from portal.values.plural import plural
from portal.values.table import Cell, Column, State, Table, signed
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
    return Tile(
        code=indicator.code,
        title=indicator.name,
        figure=figure.percent.shown(figure.threshold),
        state=tile_state(unit, indicator),
        sub=tile_sub(unit, indicator),
        change=_change_line(unit_change(unit, indicator)),
        note=indicator.owner_title if indicator.owner == "families" else "",
    )


def tile_state(unit: UnitWeek, indicator: Indicator) -> State:
    """Block «Пользователи»: whether the pooled ratio meets the threshold; «Электронный журнал»: every school does."""
    figure = unit.figures[indicator.code]
    met = figure.met
    if indicator.block == "journal":
        met = True if figure.threshold is not None and unit.schools and not figure.failing else None
    return state_of(met) if figure.percent.exact is not None else ""


def tile_sub(unit: UnitWeek, indicator: Indicator) -> str:
    """How many are not: «порог не выполнен: 4 школы», «не активировано: 1 педагог»."""
    figure = unit.figures[indicator.code]
    if indicator.block == "journal":
        return f"порог не выполнен: {plural(len(figure.failing), 'школа', 'школы', 'школ')}"
    return "" if figure.lacking is None else f"{indicator.lacking}: {indicator.counted(figure.lacking)}"


def unit_change(unit: UnitWeek, indicator: Indicator) -> int | str | None:
    """Points since last week; «Каникулы» where all schools are on vacation; ``None``: nothing to compare."""
    if unit.on_vacation:
        return VACATION
    figure = unit.figures[indicator.code]
    before = _previous(unit.schools, indicator).whole(figure.threshold)
    now = figure.percent.whole(figure.threshold)
    return None if before is None or now is None else now - before


def _change_line(change: int | str | None) -> str:
    """«за неделю: +5», «Каникулы»."""
    return f"за неделю: {signed(change)}" if isinstance(change, int) else change or ""


def _previous(schools: Iterable[SchoolWeek], indicator: Indicator) -> Percent:
    """Last week's figure of the unit, out of what its schools know of their last week and its thresholds."""
    figures = [school.figures[indicator.code] for school in schools]
    before = [figure.previous for figure in figures]
    if not any(percent.exact is not None for percent in before):
        return Percent.given(None)
    if indicator.block == "journal":
        meeting = sum(f.previous_threshold is not None and f.previous.meets(f.previous_threshold) for f in figures)
        return Percent.of(meeting, len(before))
    known = [(p.numerator, p.denominator) for p in before if p.numerator is not None and p.denominator is not None]
    return Percent.of(sum(numerator for numerator, _ in known), sum(denominator for _, denominator in known))


def frozen_text(unit: UnitWeek) -> str:
    """«Неделя зафиксирована 23.11.2026 в 09:12 (Районова Н.).», and how many of the schools where not all are."""
    if not unit.stamps:
        return "Неделя не зафиксирована: показатели меняются вместе с журналом."
    latest = unit.stamps[-1]
    version = f", версия {latest.version}" if latest.version > 1 else ""
    if len(unit.stamps) == len(unit.schools):
        return f"Неделя зафиксирована {latest.text}{version}."
    frozen = f"{len(unit.stamps)} из {len(unit.schools)}"
    return f"Неделя зафиксирована не у всех школ: {frozen}, последний раз {latest.text}{version}."


def now_text(percent: Percent, threshold: Decimal | None) -> str:
    """«сейчас 27 % (3 из 11)»: what a frozen figure would be by the journal as it is."""
    counts = "" if percent.denominator is None else f" ({percent.numerator} из {percent.denominator})"
    return f"сейчас {percent.shown(threshold)}{counts}"


def spread_table(unit: UnitWeek) -> Table:
    """How the unit's schools spread by activity, best first; drawn as a bar."""
    spread = unit.spread
    counts: list[tuple[str, int, State]] = [
        ("100 %", spread.full, "good"),
        ("от 85 до 100 %", spread.from_85, "warn"),
        ("ниже 85 %", spread.below_85, "bad"),
        ("нет данных", spread.no_data, "muted"),
    ]
    return Table(
        title="Школы по активности",
        subtitle=f"{unit.name}, {unit.week}",
        columns=(Column("part", "Активность школы"), Column("schools", "Школ", "int")),
        rows=tuple((title, Cell(count, state)) for title, count, state in counts),
        look="bar",
    )


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
