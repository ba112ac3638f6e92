"""«Статистика недели по предметам»: lessons and marks of a week by subject, without names."""

from __future__ import annotations

from fractions import Fraction

from sqlalchemy import select

from portal.extensions import session
from portal.models import views
from portal.models.journal import Subject
from portal.queries.units import Unit
from portal.values.table import Column, Table
from portal.values.week import Week

MARKS = ("fives", "fours", "threes", "twos", "ones")
"""The columns of whole marks, from 5 down to 1."""


def statistics_table(unit: Unit, week: Week) -> Table:
    """A school's subjects with lessons in the last week with lessons before ``week``, by name.

    The average is over marks 1–5 without weights; none where there is no such mark.
    """
    counted, current, subject = views.subject_week.c, views.current_period.c, Subject
    taught = select(current.taught_week).where(current.school_id == unit.unit_id, current.week_start == week.start)
    rows = session.execute(
        select(
            counted.week_start, subject.name, counted.lessons, counted.pupils, counted.marks,
            *(counted[name] for name in MARKS),
        )
        .select_from(views.subject_week)
        .join(subject, subject.id == counted.subject_id)
        .where(counted.school_id == unit.unit_id, counted.week_start == taught.scalar_subquery())
        .order_by(subject.name, subject.id)
    ).all()  # fmt: skip
    shown = Week(rows[0].week_start) if rows else week.previous
    return Table(
        title="Статистика недели по предметам",
        subtitle=f"{unit.name}, {shown}",
        columns=(
            Column("subject", "Предмет", weight=2),
            Column("lessons", "Уроков", "int"),
            Column("pupils", "Учеников с отметками", "int"),
            Column("marks", "Отметок", "int"),
            *(Column(name, f"«{5 - place}»", "int") for place, name in enumerate(MARKS)),
            Column("average", "Средний балл", "number"),
        ),
        rows=tuple((*row[1:5], *row[5:], _average(row[5:])) for row in rows),
        notes=("Средний балл — по отметкам 1–5 без весов. «Отметок» считает и «зачёт», «н/а», «осв».",),
    )


def _average(counts: tuple[int, ...]) -> float | None:
    total = sum(counts)
    return float(Fraction(sum((5 - place) * count for place, count in enumerate(counts)), total)) if total else None
