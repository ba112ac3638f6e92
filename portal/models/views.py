"""The SQL views (portal/sql) as read-only tables: the one door to them."""

from __future__ import annotations

from functools import cache

from sqlalchemy import BigInteger, Column, Date, Integer, MetaData, String, Table

from portal.models.base import UtcMoment

VIEWS = MetaData()
"""Apart from the tables' metadata: migrations make no views."""


@cache
def indicator_view(code: str) -> Table:
    """``indicator_<code>``: numerator and denominator of a school's week."""
    return Table(
        f"indicator_{code}",
        VIEWS,
        Column("school_id", Integer),
        Column("week_start", Date),
        Column("numerator", Integer),
        Column("denominator", Integer),
    )


@cache
def showcase_view(kind: str) -> Table:
    """``showcase_<kind>``: what there should be of a kind of the showcase, item by item, and whether it is there.

    Views about classes, journals and pupils also have ``class_id``.
    """
    return _view(
        f"showcase_{kind}",
        *SCHOOL_WEEK,
        ("class_id", Integer),
        ("item_id", Integer),
        ("is_present", Integer),
    )


def _view(name: str, *columns: tuple[str, type]) -> Table:
    return Table(name, VIEWS, *(Column(key, kind) for key, kind in columns))


SCHOOL_WEEK = (("school_id", Integer), ("week_start", Date))
FRACTION = (("numerator", Integer), ("denominator", Integer))

school_week = _view(
    "base_school_week",
    *SCHOOL_WEEK,
    ("municipality_id", Integer),
    ("sunday", Date),
    ("previous_week_start", Date),
    ("next_week_start", Date),
    ("ends_at", UtcMoment),
)
staff = _view(
    "fact_staff",
    *SCHOOL_WEEK,
    ("person_id", Integer),
    ("post", String),
    ("is_teaching", Integer),
    ("has_category", Integer),
    ("has_highest", Integer),
    ("is_activated", Integer),
    ("has_esia", Integer),
)
STAFF_COUNTS = (
    "teaching_staff", "heads", "deputies", "heads_of_studies", "teachers", "others", "highest_category", "any_category",
    "activated",
)  # fmt: skip
staff_composition = _view("staff_composition", *SCHOOL_WEEK, *((name, Integer) for name in STAFF_COUNTS))
pupil = _view(
    "fact_pupil",
    *SCHOOL_WEEK,
    ("class_id", Integer),
    ("person_id", Integer),
    ("is_activated", Integer),
    ("is_viewed", Integer),
)
guardian = _view(
    "fact_guardian",
    *SCHOOL_WEEK,
    ("class_id", Integer),
    ("pupil_id", Integer),
    ("person_id", Integer),
    ("is_activated", Integer),
)
class_week = _view("fact_class", *SCHOOL_WEEK, ("class_id", Integer), ("slots", Integer))
lesson = _view(
    "fact_lesson",
    *SCHOOL_WEEK,
    ("class_id", Integer),
    ("group_id", Integer),
    ("lesson_id", Integer),
    ("date", Date),
    ("number", Integer),
    ("is_planned", Integer),
    ("is_kept", Integer),
    ("next_lesson_id", Integer),
    ("is_homework_timely", Integer),
)
mark = _view(
    "fact_mark",
    *SCHOOL_WEEK,
    ("class_id", Integer),
    ("lesson_id", Integer),
    ("mark_id", Integer),
    ("pupil_id", Integer),
    ("is_counted_type", Integer),
    ("is_timely", Integer),
)
vacation = _view("fact_vacation", *SCHOOL_WEEK, ("is_on_vacation", Integer))
history = _view(
    "fact_history",
    *SCHOOL_WEEK,
    ("indicator", String),
    ("numerator", BigInteger),
    ("denominator", BigInteger),
    ("value", BigInteger),
)
figure = _view("figure", *SCHOOL_WEEK, ("indicator", String), *FRACTION)
criterion = _view(
    "criterion",
    *SCHOOL_WEEK,
    ("indicator", String),
    ("threshold", Integer),
    ("is_counted", Integer),
    ("is_met", Integer),
)
profile = _view(
    "fact_profile",
    *SCHOOL_WEEK,
    ("class_id", Integer),
    ("person_id", Integer),
    ("has_document", Integer),
    ("is_activated", Integer),
    ("has_esia", Integer),
    ("has_guardian", Integer),
    ("is_restricted", Integer),
)
not_moved_up = _view("fact_not_moved_up", *SCHOOL_WEEK, ("class_id", Integer), ("person_id", Integer))
current_period = _view(
    "fact_current_period", *SCHOOL_WEEK, ("year", Integer), ("period_week", Date), ("taught_week", Date)
)
subject_week = _view(
    "subject_week",
    *SCHOOL_WEEK,
    ("subject_id", Integer),
    *((name, Integer) for name in ("lessons", "marks", "pupils", "fives", "fours", "threes", "twos", "ones")),
)

counted_now = _view("counted_now", *SCHOOL_WEEK, ("what", String), ("day", Date), ("number", Integer))

control_lesson = _view(
    "control_lesson",
    *SCHOOL_WEEK,
    *((name, Integer) for name in ("class_id", "group_id", "lesson_id", "teacher_id")),
    ("date", Date),
    ("number", Integer),
    *((name, Integer) for name in ("is_substituted", "gets_marks", "is_kept", "has_topic", "has_homework")),
    *((name, Integer) for name in ("marks", "has_entry", "is_journal_marked")),
)
control_pupil = _view(
    "control_pupil",
    *SCHOOL_WEEK,
    ("class_id", Integer),
    ("person_id", Integer),
    *((name, Integer) for name in ("gets_marks", "has_mark", "absences", "takes_part")),
)
control_guardian = _view(
    "control_guardian",
    *SCHOOL_WEEK,
    *((name, Integer) for name in ("class_id", "pupil_id", "person_id", "takes_part")),
)
control_period_mark = _view(
    "control_period_mark",
    *SCHOOL_WEEK,
    *((name, Integer) for name in ("class_id", "group_id", "teacher_id", "period_id")),
    ("ends_on", Date),
    ("due_on", Date),
    ("pupils", Integer),
    ("marked", Integer),
    ("is_complete", Integer),
    ("last_set_at", UtcMoment),
)


@cache
def control_view(code: str) -> Table:
    """``control_<code>``: numerator and denominator of a share of the weekly control."""
    return Table(f"control_{code}", VIEWS, *(Column(key, kind) for key, kind in (*SCHOOL_WEEK, *FRACTION)))
