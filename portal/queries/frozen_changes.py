"""«Было» and «стало» of a frozen week: what each version says, and what the journal says now."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from portal.content.indicators import Indicator, indicators
from portal.queries import frozen_figures, live_figures
from portal.queries.frozen_figures import Judged
from portal.queries.indicator_rows import SchoolWeek
from portal.queries.monitoring import state_of
from portal.queries.readings import Reading, Stamp
from portal.values.percent import Percent
from portal.values.plural import plural
from portal.values.table import Cell, Column, Row, Table, Value
from portal.values.week import Week

SHOWN_VERSIONS = 3
"""The latest versions that get columns; every version is told above the table."""
NOW = "Сейчас"


@dataclass(frozen=True, slots=True)
class Version:
    """One freezing: which version it made, when, by whom, of how many schools."""

    stamp: Stamp
    schools: int

    @property
    def text(self) -> str:
        """«Версия 1: 23.11.2026 в 09:12 (Районова Н.), 22 школы»."""
        return f"Версия {self.stamp.version}: {self.stamp.text}, {plural(self.schools, 'школа', 'школы', 'школ')}"


@dataclass(frozen=True, slots=True)
class Changes:
    """Every freezing of a week, and the figures that differ between the versions or from those of now."""

    versions: tuple[Version, ...]
    table: Table

    @property
    def paper(self) -> Table:
        """The table as it leaves the portal: it says itself what the versions are."""
        return replace(self.table, notes=(*(f"{version.text}." for version in self.versions), *self.table.notes))


def changes(name: str, schools: Mapping[int, str], week: Week) -> Changes:
    """Of some schools (id → name, in the order of the rows) together called ``name``. Computes the frozen ones anew."""
    stamps, figures = frozen_figures.versions(schools, week)
    frozen = {school_id for school_id, _ in stamps}
    now = live_figures.read(frozen, [week]) if frozen else None
    latest = max((stamp.version for _, stamp in stamps), default=0)
    shown = range(max(1, latest - SHOWN_VERSIONS + 1), latest + 1)
    rows, keys = [], []
    for school_id in (each for each in schools if each in frozen):
        for indicator in indicators():
            told = [figures.get((school_id, version, indicator.code)) for version in shown]
            series = [*told, _now(now, school_id, week, indicator)]
            if _differ(series):
                rows.append(_row(schools[school_id], indicator, series))
                keys.append(school_id)
    return Changes(_versions(stamps), _table(name, week, shown, rows, keys))


def changed_since(school: SchoolWeek, codes: Collection[str] | None = None) -> dict[str, Percent]:
    """Indicator (of ``codes`` where named) → its figure now, where a frozen week says another; else nothing."""
    if school.stamp is None:
        return {}
    now = live_figures.read([school.school_id], [school.week], codes)
    live = {code: now.value(school.school_id, school.week, code).percent for code in codes or school.figures}
    return {code: percent for code, percent in live.items() if percent != school.figures[code].percent}


def _now(reading: Reading | None, school_id: int, week: Week, indicator: Indicator) -> Judged | None:
    if reading is None:
        return None
    percent = reading.value(school_id, week, indicator.code).percent
    return Judged(percent, reading.threshold(school_id, week, indicator))


def _differ(series: Sequence[Judged | None]) -> bool:
    """Whether the figures (or, with the same figures, the verdicts) are not all the same."""
    return len({(each.percent, each.met) for each in series if each is not None}) > 1


def _row(school: str, indicator: Indicator, series: Sequence[Judged | None]) -> Row:
    return (school, indicator.name, *(cell for judged in series for cell in _cells(judged)))


def _cells(judged: Judged | None) -> tuple[Value | Cell, ...]:
    if judged is None:
        return (None, None, None)
    whole = judged.percent.whole(judged.threshold)
    shown = Percent(None if whole is None else Fraction(whole))  # thresholds differ from row to row
    return (Cell(shown, state_of(judged.met)), judged.percent.numerator, judged.percent.denominator)


def _table(name: str, week: Week, shown: Sequence[int], rows: Sequence[Row], keys: Sequence[int]) -> Table:
    groups = [*(f"Версия {version}" for version in shown), NOW]
    return Table(
        title="Что изменилось после фиксации",
        subtitle=f"{name}, {week}",
        columns=(
            Column("school", "Школа", weight=3),
            Column("indicator", "Показатель", weight=2),
            *(column for place, group in enumerate(groups) for column in _columns(place, group)),
        ),
        rows=tuple(rows),
        notes=(
            "«Сейчас» — показатель, посчитанный заново по журналу как он есть и по нынешнему профилю. "
            "Показаны только показатели, которые изменились.",
        ),
        row_keys=tuple(keys),
    )


def _columns(place: int, group: str) -> tuple[Column, ...]:
    return (
        Column(f"percent_{place}", "%", "percent", group=group),
        Column(f"numerator_{place}", "Есть", "int", group=group),
        Column(f"denominator_{place}", "Всего", "int", group=group),
    )


def _versions(stamps: Sequence[tuple[int, Stamp]]) -> tuple[Version, ...]:
    counts: dict[Stamp, int] = {}
    for _, stamp in stamps:
        counts[stamp] = counts.get(stamp, 0) + 1
    return tuple(Version(stamp, count) for stamp, count in counts.items())
