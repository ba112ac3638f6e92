"""Where each table of a dataset goes: its model, its key there, and how its columns become the model's."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Boolean, ColumnElement, DateTime, FromClause, case, cast, exists, false, func, literal, null

from portal.models.accounts import Account
from portal.models.activity import ActivityCriterion, ActivityProfile, DiaryView, IndicatorHistory, Visit
from portal.models.base import Base
from portal.models.journal import (
    Attendance,
    GroupMember,
    Homework,
    Lesson,
    Mark,
    PeriodMark,
    Subject,
    TeachingGroup,
    WorkType,
)
from portal.models.organisation import AcademicYear, Municipality, Period, Region, School, Vacation
from portal.models.people import Enrolment, Guardianship, OfficePost, Person, SchoolClass, StaffPost
from portal.operations.dataset.joins import Joins, model_table
from portal.operations.dataset.lesson_days import LESSON_DAY, STORED

Values = Mapping[str, ColumnElement[Any]]
Change = Callable[[FromClause, FromClause], Values]
PUPIL = {"person_id": "pupil_id"}


@dataclass(frozen=True, slots=True)
class Target:
    """``names``: dataset columns that are called otherwise in the model, «» for those ``more`` takes care of.

    ``more`` adds what is derived. ``follows``: model columns that come with a dataset column which may lack.
    ``changes`` says what an existing row becomes where that is not simply the new value;
    ``uncompared`` are columns that cannot tell whether a row differs.
    """

    model: type[Base]
    key: tuple[str, ...] = ("key",)
    names: Mapping[str, str] = field(default_factory=dict)
    more: Callable[[Joins], Values] | None = None
    follows: Mapping[str, str] = field(default_factory=dict)
    changes: Change | None = None
    uncompared: frozenset[str] = frozenset()

    def joins(self, joins: Joins) -> Joins:
        """Fill in the SELECT of the model's rows."""
        description = joins.stage.description
        for column in description.columns:
            own = "key" if column.key == description.own_key else column.key
            name = self.names.get(column.key, own)
            if name:
                joins.take(column, name)
        if self.more:
            joins.values.update(self.more(joins))
        return joins

    def absent(self, present: tuple[str, ...], all_columns: tuple[str, ...]) -> set[str]:
        """Model columns a dataset says nothing about, because its header lacks the column."""
        lacking = set(all_columns) - set(present)
        return {self.names.get(key, key) for key in lacking} | {
            name for name, key in self.follows.items() if key in lacking
        }  # fmt: skip


def _or(value: ColumnElement[Any], default: ColumnElement[Any]) -> ColumnElement[Any]:
    return func.coalesce(value, default)


def _people(joins: Joins) -> Values:
    return {name: joins.s[name] for name in ("sort_key", "snils_hash", "document_hash")}


def _changed_person(table: FromClause, source: FromClause) -> Values:
    """Encrypted numbers change with their hash. What somebody with an account here did stays done."""
    has_account = exists().where(model_table(Account).c.person_id == table.c.id)
    encrypted = {
        column: case((table.c[by].is_distinct_from(source.c[by]), source.c[column]), else_=table.c[column])
        for column, by in (("snils", "snils_hash"), ("document_number", "document_hash"))
    }
    since = {
        column: case((has_account, func.coalesce(source.c[column], table.c[column])), else_=source.c[column])
        for column in ("activated_at", "esia_at")
    }
    return encrypted | since


def _office(joins: Joins) -> Values:
    """A key that is a municipality's and a region's means the municipality."""
    municipality, region = joins.ref("unit_id", "municipalities"), joins.ref("unit_id", "regions")
    return {
        "municipality_id": municipality.c.id,
        "region_id": case((municipality.c.id.is_(None), region.c.id)),
    }


def _groups(joins: Joins) -> Values:
    return {"school_id": joins.ref("class_id").c.school_id}


def _lessons(joins: Joins) -> Values:
    group = joins.ref("group_id")
    school = joins.join(
        (schools := model_table(School).alias("lesson_school")), schools.c.id == group.c.school_id
    )  # fmt: skip
    day = joins.join(
        LESSON_DAY,
        (LESSON_DAY.c.date == joins.s.date)
        & (LESSON_DAY.c.timezone == school.c.timezone)
        & (LESSON_DAY.c.shifts == school.c.shifts),
    )
    return {
        "school_id": group.c.school_id,
        "class_id": group.c.class_id,
        "status": _or(joins.s.status, literal("planned")),
        "conducted": _or(joins.s.conducted, cast(false(), Boolean)),
        **{name: day.c[name] for name in STORED},
    }


def _homework(joins: Joins) -> Values:
    """Homework without text is no homework: it is kept as taken back."""
    s = joins.s
    return {
        "group_id": joins.ref("lesson_id").c.group_id,
        "text": _or(s.text, literal("")),
        "removed_at": case((s.text.is_(None), s.issued_at)),
    }


def _work_type(joins: Joins) -> ColumnElement[Any]:
    """The product's work type of that name, else the school's own."""
    product = joins.join(
        (types := model_table(WorkType).alias("product_type")),
        types.c.school_id.is_(None) & (types.c.name == joins.s.work_type),
    )
    own = joins.join(
        (types := model_table(WorkType).alias("own_type")),
        (types.c.school_id == joins.ref("lesson_id").c.school_id) & (types.c.name == joins.s.work_type),
    )
    return func.coalesce(product.c.id, own.c.id)


def _standing(joins: Joins) -> Values:
    """What a dataset holds stands, also where it was taken back here."""
    return {"removed_at": cast(null(), DateTime)}


def _marks(joins: Joins) -> Values:
    return {"work_type_id": _work_type(joins), **_standing(joins)}


def _period_marks(joins: Joins) -> Values:
    period = joins.ref("period_id")
    return {
        "period_id": case((joins.s.year.is_(None), period.c.id)),
        "year": joins.s.year,
        **_standing(joins),
    }


def _criteria(joins: Joins) -> Values:
    region = joins.ref("region_id")
    profile = joins.join(
        (profiles := model_table(ActivityProfile).alias("profile")),
        (profiles.c.region_id == region.c.id) & (profiles.c.from_week == joins.s.from_week),
    )
    return {"profile_id": profile.c.id}


PROFILES = Target(
    ActivityProfile, ("region_id", "from_week"), names=dict.fromkeys(("indicator", "threshold", "counted"), "")
)
"""The first half of ``activity_profiles``: the profile itself, named as its first row says."""

TARGETS: dict[str, Target] = {
    "regions": Target(Region),
    "municipalities": Target(Municipality),
    "schools": Target(School, more=lambda joins: {"sort_key": joins.s.sort_key}),
    "academic_years": Target(AcademicYear, ("school_id", "year")),
    "periods": Target(
        Period,
        more=lambda joins: {"grade_from": joins.s.grade_from, "grade_to": joins.s.grade_to},
        follows={"grade_from": "grades", "grade_to": "grades"},
    ),
    "vacations": Target(Vacation, ("school_id", "starts_on", "name")),
    "people": Target(
        Person,
        more=_people,
        follows={"snils_hash": "snils", "document_hash": "document_number"},
        changes=_changed_person,
        uncompared=frozenset({"snils", "document_number"}),
    ),
    "staff": Target(StaffPost, ("school_id", "person_id", "post", "hired_on")),
    "office_staff": Target(
        OfficePost, ("municipality_id", "region_id", "person_id", "post"), names={"unit_id": ""}, more=_office
    ),
    "classes": Target(SchoolClass, more=lambda joins: {"letter": _or(joins.s.letter, literal(""))}),
    "enrolments": Target(Enrolment, ("class_id", "person_id", "enrolled_on")),
    "guardians": Target(Guardianship, ("guardian_id", "pupil_id")),
    "subjects": Target(Subject),
    "groups": Target(TeachingGroup, more=_groups),
    "group_members": Target(GroupMember, ("group_id", "person_id")),
    "lessons": Target(Lesson, more=_lessons),
    "homework": Target(Homework, more=_homework),
    "marks": Target(Mark, names={**PUPIL, "work_type": ""}, more=_marks),
    "attendance": Target(Attendance, ("lesson_id", "pupil_id"), names=PUPIL, more=_standing),
    "period_marks": Target(
        PeriodMark, ("group_id", "pupil_id", "period_id", "year"),
        names={**PUPIL, "period_id": ""}, more=_period_marks,
    ),
    "diary_views": Target(DiaryView, ("pupil_id", "viewed_at", "viewer_id")),
    "visits": Target(Visit, ("person_id", "visited_at")),
    "activity_profiles": Target(
        ActivityCriterion, ("profile_id", "indicator"),
        names=dict.fromkeys(("region_id", "name", "from_week"), ""), more=_criteria,
    ),
    "indicator_history": Target(IndicatorHistory, ("school_id", "week_start", "indicator")),
}  # fmt: skip
