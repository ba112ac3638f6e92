"""What another profile would have made of a week: schools' activity before and after, and who changes group."""

from __future__ import annotations

from dataclasses import dataclass

from portal.content.indicators import by_code
from portal.content.profiles import Profile
from portal.queries.indicator_rows import SchoolWeek, Spread, UnitWeek, group_of
from portal.values.percent import Percent
from portal.values.table import Cell, Column, State, Table

GROUPS: dict[str, tuple[str, State]] = {
    "full": ("100 %", "good"),
    "from_85": ("от 85 до 100 %", "warn"),
    "below_85": ("ниже 85 %", "bad"),
    "no_data": ("нет данных", "muted"),
}


@dataclass(frozen=True, slots=True)
class Preview:
    """``moved`` schools of ``schools`` change group; ``changed`` have another activity. Two tables tell how."""

    schools: int
    changed: int
    moved: int
    spread: Table
    rows: Table


def preview(region: UnitWeek, profile: Profile) -> Preview:
    """The region's week (frozen figures where it is frozen) judged by ``profile`` instead."""
    pairs = [(school, school.activity.percent, activity_by(school, profile)) for school in region.schools]
    changed = [pair for pair in pairs if pair[1].exact != pair[2].exact]
    moved = sum(group_of(before) != group_of(after) for _, before, after in pairs)
    changed.sort(key=lambda pair: (group_of(pair[1]) == group_of(pair[2]), (pair[2].exact or 0) - (pair[1].exact or 0)))
    return Preview(len(pairs), len(changed), moved, _spread(region, pairs), _rows(region, changed))


def activity_by(school: SchoolWeek, profile: Profile) -> Percent:
    """``school_activity`` by the criteria of ``profile``; codes the catalogue does not know are met by nobody."""
    counted = [each for each in profile.criteria if each.counted]
    met = sum(
        each.indicator in by_code() and school.figures[each.indicator].percent.meets(each.threshold) for each in counted
    )
    return Percent.of(met, len(counted))


Pairs = list[tuple[SchoolWeek, Percent, Percent]]


def _spread(region: UnitWeek, pairs: Pairs) -> Table:
    before, after = Spread.of(old for _, old, _ in pairs), Spread.of(new for _, _, new in pairs)
    return Table(
        title="Школы по активности",
        subtitle=f"{region.name}, {region.week}",
        columns=(
            Column("group", "Активность"),
            Column("before", "Сейчас, школ", "int"),
            Column("after", "Станет, школ", "int"),
        ),
        rows=tuple((title, getattr(before, key), getattr(after, key)) for key, (title, _) in GROUPS.items()),
    )


def _rows(region: UnitWeek, changed: Pairs) -> Table:
    units = {unit.unit_id: unit.name for unit in region.units}
    return Table(
        title="Школы, у которых активность изменится",
        subtitle=f"{region.name}, {region.week}",
        columns=(
            Column("school", "Школа", weight=3),
            Column("municipality", "Муниципалитет", weight=2),
            Column("before", "Сейчас, %", "percent", threshold=100),
            Column("after", "Станет, %", "percent", threshold=100),
            Column("group", "Группа"),
        ),
        rows=tuple(
            (school.name, units.get(school.municipality_id, ""), _cell(before), _cell(after), _moved(before, after))
            for school, before, after in changed
        ),
        row_keys=tuple(school.school_id for school, _, _ in changed),
    )


def _cell(activity: Percent) -> Cell:
    return Cell(activity, GROUPS[group_of(activity)][1])


def _moved(before: Percent, after: Percent) -> str:
    """«от 85 до 100 % → ниже 85 %»; a dash where the group stays."""
    groups = group_of(before), group_of(after)
    return "та же" if groups[0] == groups[1] else f"{GROUPS[groups[0]][0]} → {GROUPS[groups[1]][0]}"
