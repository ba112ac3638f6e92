"""The reports of municipalities and regions: each is one row here, and is a page and files at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from portal.queries import indicators, units
from portal.queries.counters_table import counters_table
from portal.queries.fallen import fallen_table
from portal.queries.indicators import UnitWeek
from portal.queries.staff_composition import composition
from portal.queries.units import Unit
from portal.queries.user_activity import activity
from portal.queries.week_sheet import week_sheet
from portal.values.paper import Paper
from portal.values.table import Table
from portal.values.week import Week

Level = Literal["municipality", "region"]


@dataclass(frozen=True, slots=True)
class Report:
    """``code`` stands in its address. ``weekly``: of a reporting week; others tell how things stand now.

    ``paper``: several tables on one signed paper; a CSV holds one table only, so it has none. A row's key is the unit
    it is about, or «school/indicator».
    """

    code: str
    title: str
    about: str
    weekly: bool
    make: Callable[[Level, int, Week, datetime], Table | Paper]
    paper: bool = False


def _of_figures(make: Callable[[UnitWeek], Table | Paper]) -> Callable[[Level, int, Week, datetime], Table | Paper]:
    """A report made of a unit's figures of the week."""
    finders = {"municipality": indicators.municipality_week, "region": indicators.region_week}
    return lambda level, unit_id, week, at: make(finders[level](unit_id, week))


def _of_unit(make: Callable[[Unit, Week, datetime], Table]) -> Callable[[Level, int, Week, datetime], Table | Paper]:
    """A report that counts for itself."""
    finders = {"municipality": units.municipality, "region": units.region}
    return lambda level, unit_id, week, at: make(finders[level](unit_id), week, at)


REPORTS = (
    Report(
        "week-sheet", "Лист недели",
        "Одна бумага на понедельник: плитки, распределение школ, что упало, места школ, пороги, место для подписи.",
        weekly=True, make=_of_figures(week_sheet), paper=True,
    ),
    Report(
        "fallen", "Что упало за неделю",
        "Показатели школ, которые стали ниже, чем неделей раньше; сначала те, что упали больше всего.",
        weekly=True, make=_of_figures(fallen_table),
    ),
    Report(
        "counters", "Счётчики",
        "Сколько поставлено отметок, заполнено уроков и оказано услуг: за всё время, за учебный год, за 30 дней.",
        weekly=False, make=_of_unit(lambda unit, week, at: counters_table(unit, at)),
    ),
    Report(
        "users", "Активность всех пользователей",
        "Люди и пользователи по ролям, посещения за день, неделю и месяц.",
        weekly=False, make=_of_unit(lambda unit, week, at: activity(unit, at)),
    ),
    Report(
        "staff", "Состав педагогических работников",
        "Педагоги по должностям и категориям, сколько из них активировали учётную запись.",
        weekly=True, make=_of_unit(lambda unit, week, at: composition(unit, week)),
    ),
)  # fmt: skip

BY_CODE = {report.code: report for report in REPORTS}
