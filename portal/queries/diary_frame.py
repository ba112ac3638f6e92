"""What a page of the diary stands in: the pupil, their classes, vacations, and when the viewer last looked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import Date, DateTime, Select, and_, bindparam, func, null, select
from sqlalchemy.sql import cast

from portal.extensions import session
from portal.models.activity import DiaryView
from portal.models.base import UtcMoment
from portal.models.organisation import School, Vacation
from portal.models.people import Enrolment, Person, SchoolClass
from portal.queries.schedule import Holiday
from portal.values.marks import UNMARKED_GRADE
from portal.values.names import class_name, full_name


@dataclass(frozen=True, slots=True)
class Frame:
    """A pupil in a span of days. ``last_view`` is the viewer's last opening before today, ``seen_today``
    whether they have opened the diary today already; both empty where the viewer is not of the family.
    """

    pupil_id: int
    name: str
    class_title: str
    grades: tuple[int, ...]
    holidays: tuple[Holiday, ...]
    last_view: datetime | None
    seen_today: bool

    @property
    def marked(self) -> bool:
        """First grades have no marks."""
        return any(grade > UNMARKED_GRADE for grade in self.grades)


def frame_of(pupil_id: int, first: date, last: date, viewer_id: int | None, day_starts_at: datetime) -> Frame:
    """The frame in one query: enrolments of the pupil × vacations of their schools in the span.

    A pupil between two schools, or one who left, is shown by the class they were in last.
    """
    asked: dict[str, Any] = {"pupil_id": pupil_id, "first": first, "last": last}
    if viewer_id is not None:
        asked |= {"viewer_id": viewer_id, "day_starts_at": day_starts_at}
    rows = session.execute(_query(viewer_id is not None), asked).all()
    here = [row for row in rows if row.enrolled_on <= last and (row.left_on is None or row.left_on > first)]
    here = here or [row for row in rows if row.class_id == rows[-1].class_id]
    return Frame(
        pupil_id=pupil_id,
        name=full_name(rows[0].last_name, rows[0].first_name),
        class_title=", ".join(dict.fromkeys(class_name(row.grade, row.letter) for row in here)),
        grades=tuple(dict.fromkeys(row.grade for row in here)),
        holidays=tuple(
            dict.fromkeys(Holiday(row.vacation, row.starts_on, row.ends_on) for row in here if row.vacation)
        ),
        last_view=rows[0].last_view,
        seen_today=rows[0].todays_view is not None,
    )


@cache
def _query(by_family: bool) -> Select[*tuple[Any, ...]]:
    """Built once: every page of a diary asks it."""
    first, last = bindparam("first", type_=Date), bindparam("last", type_=Date)
    return (
        select(
            Person.last_name, Person.first_name, SchoolClass.id.label("class_id"),
            SchoolClass.grade, SchoolClass.letter, Enrolment.enrolled_on, Enrolment.left_on,
            Vacation.name.label("vacation"), Vacation.starts_on, Vacation.ends_on,
            _viewed(before=True, by_family=by_family).label("last_view"),
            _viewed(before=False, by_family=by_family).label("todays_view"),
        )
        .join(Enrolment, Enrolment.person_id == Person.id)
        .join(SchoolClass, SchoolClass.id == Enrolment.class_id)
        .join(School, School.id == SchoolClass.school_id)
        .outerjoin(
            Vacation,
            and_(Vacation.school_id == School.id, Vacation.starts_on <= last, Vacation.ends_on >= first),
        )
        .where(Person.id == bindparam("pupil_id"))
        .order_by(Enrolment.enrolled_on, Enrolment.id, Vacation.starts_on, Vacation.name)
    )  # fmt: skip


def _viewed(*, before: bool, by_family: bool) -> Any:
    """The viewer's last opening before today, or today's; none where the viewer is not of the family."""
    if not by_family:
        return cast(null(), DateTime)
    moment = bindparam("day_starts_at", type_=UtcMoment)
    return (
        select(func.max(DiaryView.viewed_at))
        .where(
            DiaryView.pupil_id == bindparam("pupil_id"),
            DiaryView.viewer_id == bindparam("viewer_id"),
            DiaryView.viewed_at < moment if before else DiaryView.viewed_at >= moment,
        )
        .scalar_subquery()
    )
