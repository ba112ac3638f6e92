"""The report «Активность всех пользователей»: people, users and visits of a unit's schools, as of now."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime
from itertools import chain
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Integer, Subquery, and_, case, func, literal, or_, select, union_all

from portal.extensions import session
from portal.models.activity import Visit
from portal.models.organisation import School
from portal.models.people import Enrolment, Guardianship, Person, SchoolClass, StaffPost
from portal.queries.last_days import MONTH, WEEK, days_back
from portal.queries.unit_rows import BELOW, summed
from portal.queries.units import Unit
from portal.values.deadlines import local_day
from portal.values.percent import Percent
from portal.values.table import Column, Row, Table, Value
from portal.values.week import long_date

WHO = (("all", "Все"), ("staff", "Персонал"), ("pupils", "Ученики"), ("guardians", "Родители"))
SPANS = ((1, "день"), (WEEK, "неделя"), (MONTH, "месяц"))
"""Days up to and with today (domain/indicators.md, counters)."""

NOTES = (
    "Людей — кто сейчас числится в школе; активны — пользователи: из них с активированной учётной записью. "
    "Человек с двумя ролями среди всех считается один раз, по ролям — в каждой.",
    "Процент показан без дробной части: 26,58 % — это 26.",
    "Посещения: один человек в один день — одно посещение. День, неделя, месяц — последние 1, 7 и 30 дней "
    "вместе с сегодняшним.",
)  # fmt: skip

COLUMNS = (
    *chain.from_iterable(
        (
            Column(f"{key}_people", "людей", "int", group=title),
            Column(f"{key}_users", "активны", "int", group=title),
            Column(f"{key}_percent", "%", "percent", group=title, truncate=True),
        )
        for key, title in WHO
    ),
    *(Column(f"visits_{days}", title, "int", group="Посещения") for days, title in SPANS),
)


def activity(unit: Unit, at: datetime) -> Table:
    """One row a school (in a region: a municipality), by name, and the totals.

    Somebody in two schools counts in each and twice in the totals.
    """
    here = unit.school_ids
    zones = Counter(session.scalars(select(School.timezone).where(School.id.in_(here))))
    members = _members(here, {zone: local_day(at, zone) for zone in zones}) if here else None
    people = _people(members, at) if members is not None else {}
    visits = _visits(members, list(zones), at) if members is not None else {}
    counts = {school: people.get(school, [0] * 8) + visits.get(school, [0] * 3) for school in here}
    rows, sums = summed(unit, counts, 11)
    return Table(
        title="Активность всех пользователей",
        subtitle=f"{unit.name}, {_moment(at, zones)}",
        columns=(Column("unit", BELOW[unit.level], weight=3), *COLUMNS),
        rows=tuple(_row(part.name, numbers) for part, numbers in rows),
        totals=_row("Итого", sums) if rows else None,
        notes=NOTES,
        row_keys=tuple(part.unit_id for part, _ in rows),
    )


def _row(name: str, numbers: Sequence[int]) -> Row:
    """A name, then people, users and per cent of all and of each role, then visits."""
    cells: list[Value] = [name]
    for people, users in zip(numbers[0:8:2], numbers[1:8:2], strict=True):
        cells += [people, users, Percent.of(users, people)]
    return (*cells, *numbers[8:])


def _moment(at: datetime, zones: Counter[str]) -> str:
    """«на 16 сентября 2026, 12:00» on the clock most schools have."""
    local = at.astimezone(ZoneInfo(zones.most_common(1)[0][0])) if zones else at
    return f"на {long_date(local.date())} {local.year}, {local:%H:%M}"


def _members(here: Any, todays: dict[str, date]) -> Subquery:
    """(school, person, staff, pupil, guardian): who has which role at which school today, 1 or 0 each."""
    today = case(todays, value=School.timezone)
    enrolled = and_(Enrolment.enrolled_on <= today, or_(Enrolment.left_on.is_(None), Enrolment.left_on > today))

    def role(person: Any, *flags: int) -> Any:
        names = ("staff", "pupil", "guardian")
        marked = (literal(flag, Integer).label(name) for name, flag in zip(names, flags, strict=True))
        return select(School.id.label("school_id"), person.label("person_id"), *marked).where(School.id.in_(here))

    ties = union_all(
        role(StaffPost.person_id, 1, 0, 0)
        .join(StaffPost, StaffPost.school_id == School.id)
        .where(
            or_(StaffPost.hired_on.is_(None), StaffPost.hired_on <= today),
            or_(StaffPost.left_on.is_(None), StaffPost.left_on > today),
        ),
        role(Enrolment.person_id, 0, 1, 0)
        .join(SchoolClass, SchoolClass.school_id == School.id)
        .join(Enrolment, and_(Enrolment.class_id == SchoolClass.id, enrolled)),
        role(Guardianship.guardian_id, 0, 0, 1)
        .join(SchoolClass, SchoolClass.school_id == School.id)
        .join(Enrolment, and_(Enrolment.class_id == SchoolClass.id, enrolled))
        .join(Guardianship, Guardianship.pupil_id == Enrolment.person_id),
    ).subquery()
    flags = (func.max(ties.c[name]).label(name) for name in ("staff", "pupil", "guardian"))
    return select(ties.c.school_id, ties.c.person_id, *flags).group_by(ties.c.school_id, ties.c.person_id).subquery()


def _people(members: Subquery, at: datetime) -> dict[int, list[int]]:
    """School → people and users: all, staff, pupils, guardians."""
    activated = case((Person.activated_at <= at, 1), else_=0)
    counts = [func.count(), func.sum(activated)]
    for name in ("staff", "pupil", "guardian"):
        counts += [func.sum(members.c[name]), func.sum(members.c[name] * activated)]
    query = select(members.c.school_id, *counts).join(Person, Person.id == members.c.person_id)
    return {row[0]: [int(n) for n in row[1:]] for row in session.execute(query.group_by(members.c.school_id))}


def _visits(members: Subquery, zones: list[str], at: datetime) -> dict[int, list[int]]:
    """School → visits of its people in the last 1, 7, 30 days of its own zone."""
    back, first = days_back(Visit.visited_at, School.timezone, zones, at, SPANS[-1][0])
    seen = (
        select(members.c.school_id, members.c.person_id, back.label("back"))
        .distinct()
        .join(School, School.id == members.c.school_id)
        .join(Visit, and_(Visit.person_id == members.c.person_id, Visit.visited_at >= first))
        .subquery()
    )
    counts = (func.sum(case((seen.c.back < span, 1), else_=0)) for span, _ in SPANS)
    query = select(seen.c.school_id, *counts).group_by(seen.c.school_id)
    return {row[0]: [int(n) for n in row[1:]] for row in session.execute(query)}
