"""The three reports of the section: readiness, digital profile, «непереведённые»; of any unit, as tables."""

from __future__ import annotations

from datetime import date
from typing import Literal

from portal.queries import digital_profile_tables, not_moved_up, showcase_tables
from portal.queries.digital_profile import profiles
from portal.queries.showcase import readiness
from portal.queries.units import Unit
from portal.values.table import Table
from portal.values.week import Week

Report = Literal["readiness", "profile", "not-moved"]

TITLES: dict[Report, str] = {
    "readiness": "Витрина «Моё образование»",
    "profile": "Цифровой профиль",
    "not-moved": "Непереведённые",
}
"""Word in addresses → title of its tab."""


def report(unit: Unit, name: Report, day: date, *, with_names: bool = False) -> Table:
    """A region's by municipalities, a municipality's by schools, a school's own.

    A school's pupils are named only ``with_names``; offices get numbers by class.
    """
    if unit.level == "school":
        return _of_school(unit, name, day, with_names)
    week = Week.of(day)
    if name == "readiness":
        table = showcase_tables.region_table if unit.level == "region" else showcase_tables.municipality_table
        return table(unit, readiness(unit.school_ids, week), day)
    if name == "profile":
        return digital_profile_tables.units_table(unit, profiles(unit.school_ids, week), day)
    return not_moved_up.units_table(unit, not_moved_up.counts(unit.school_ids, week), day)


def _of_school(unit: Unit, name: Report, day: date, with_names: bool) -> Table:
    if name == "readiness":
        return showcase_tables.school_table(unit, readiness([unit.unit_id], Week.of(day)), day)
    if name == "profile":
        lists = digital_profile_tables
        return lists.pupils_table(unit, day) if with_names else lists.classes_table(unit, day)
    return not_moved_up.pupils_table(unit, day) if with_names else not_moved_up.classes_table(unit, day)
