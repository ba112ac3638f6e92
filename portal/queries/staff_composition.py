"""The report «Состав педагогических работников»: people by post, categories and activation, as of a week's end."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import select

from portal.extensions import session
from portal.models import views
from portal.queries.unit_rows import BELOW, Numbers, summed
from portal.queries.units import Unit
from portal.values.percent import Percent
from portal.values.table import Column, Row, Table
from portal.values.week import Week

POSTS = "По должностям"
CATEGORIES = "Категория"
ACTIVATED = "Активированы"

COLUMNS = (
    Column("teaching_staff", "Педагогов всего", "int"),
    Column("heads", "директора", "int", group=POSTS),
    Column("deputies", "заместители", "int", group=POSTS),
    Column("heads_of_studies", "завучи", "int", group=POSTS),
    Column("teachers", "учителя", "int", group=POSTS),
    Column("others", "другие", "int", group=POSTS),
    Column("highest_category", "высшая", "int", group=CATEGORIES),
    Column("first_category", "первая", "int", group=CATEGORIES),
    Column("no_category", "нет", "int", group=CATEGORIES),
    Column("activated", "человек", "int", group=ACTIVATED),
    Column("activated_percent", "%", "percent", group=ACTIVATED),
)
NOTES = (
    "Кто занимает несколько должностей, стоит в столбце каждой, а среди педагогов считается один раз: поэтому сумма "
    "должностей бывает больше числа педагогов. «Другие» — педагогические должности, кроме четырёх названных.",
    "Категория и активация — у педагогов. Должности и активация — на конец недели, категория — какая записана сейчас.",
)


def composition(unit: Unit, week: Week) -> Table:
    """A row a school (in a region: a municipality), and the whole. Somebody in two schools counts in each."""
    rows, whole = summed(unit, _counts(unit.school_ids, week), len(views.STAFF_COUNTS))
    return Table(
        title="Состав педагогических работников",
        subtitle=unit.as_of(week.sunday),
        columns=(Column("unit", BELOW[unit.level], weight=3), *COLUMNS),
        rows=tuple(_row(part.name, numbers) for part, numbers in rows),
        totals=_row("Итого", whole) if rows else None,
        notes=NOTES,
        row_keys=tuple(part.unit_id for part, _ in rows),
    )


def _counts(school_ids: Collection[int], week: Week) -> dict[int, Numbers]:
    """School → the view's numbers, in their order."""
    view = views.staff_composition.c
    query = select(view.school_id, *(view[name] for name in views.STAFF_COUNTS))
    rows = session.execute(query.where(view.school_id.in_(list(school_ids)), view.week_start == week.start))
    return {row[0]: tuple(row[1:]) for row in rows}


def _row(name: str, numbers: Numbers) -> Row:
    staff, *posts, highest, any_category, activated = numbers
    categories = (highest, any_category - highest, staff - any_category)
    return (name, staff, *posts, *categories, activated, Percent.of(activated, staff))
