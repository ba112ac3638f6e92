"""All indicators of one week, written by hand for speed alone: a set at a time, one pass a figure.

The same text runs on SQLite, PostgreSQL and DuckDB. It knows neither profiles nor imported history nor scopes, and takes
the borders of one time zone as given: what a programmer would write who needs just these numbers once.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from portal.values.deadlines import MIDNIGHT, local_moment
from portal.values.week import Week

Counts = dict[tuple[int, str], tuple[int, int]]
"""(school, indicator) → numerator, denominator; only where the denominator is above nought."""

_STAFF = """
    select school_id,
        count(distinct case when {has} then person_id end),
        count(distinct person_id)
    from (
        select staff_post.school_id, staff_post.person_id, person.activated_at, person.esia_at,
            (select count(*) from staff_post as other where other.school_id = staff_post.school_id
                and other.person_id = staff_post.person_id and other.category in ('highest', 'first')) as categories
        from staff_post join person on person.id = staff_post.person_id
        where staff_post.teaching and (hired_on is null or hired_on <= {sunday}) and (left_on is null or left_on > {sunday})
    ) as staff
    group by school_id"""

_ENROLLED = """
        from enrolment join school_class on school_class.id = enrolment.class_id
        {more}
        where enrolled_on <= {sunday} and (left_on is null or left_on > {sunday})"""

STATEMENTS = {
    "teachers_activated": _STAFF.replace("{has}", "activated_at < {ends}"),
    "teachers_esia": _STAFF.replace("{has}", "esia_at < {ends}"),
    "teachers_category": _STAFF.replace("{has}", "categories > 0"),
    "pupils_activated": """
    select school_id, count(distinct case when activated_at < {ends} then person_id end), count(distinct person_id)
    from (select school_class.school_id, enrolment.person_id, person.activated_at """
    + _ENROLLED.replace("{more}", "join person on person.id = enrolment.person_id")
    + ") as pupil group by school_id",
    "guardians_activated": """
    select school_id, count(distinct case when activated_at < {ends} then guardian_id end), count(distinct guardian_id)
    from (select school_class.school_id, guardianship.guardian_id, person.activated_at """
    + _ENROLLED.replace(
        "{more}",
        "join guardianship on guardianship.pupil_id = enrolment.person_id"
        " join person on person.id = guardianship.guardian_id",
    )
    + ") as guardian group by school_id",
    "accounts_activated": """
    select school_id, count(case when activated_at < {ends} then 1 end), count(*)
    from (
        select school_id, person_id from staff_post
        where (hired_on is null or hired_on <= {sunday}) and (left_on is null or left_on > {sunday})
        union
        select school_class.school_id, enrolment.person_id """
    + _ENROLLED.replace("{more}", "")
    + """
        union
        select school_class.school_id, guardianship.guardian_id """
    + _ENROLLED.replace("{more}", "join guardianship on guardianship.pupil_id = enrolment.person_id")
    + """
    ) as people join person on person.id = people.person_id group by school_id""",
    "guardian_engagement": """
    select school_id, count(distinct case when viewed.pupil_id is not null then person_id end), count(distinct person_id)
    from (select school_class.school_id, enrolment.person_id """
    + _ENROLLED.replace("{more}", "")
    + """) as pupil
    left join (
        select distinct diary_view.pupil_id
        from diary_view
        left join guardianship on guardianship.pupil_id = diary_view.pupil_id
            and guardianship.guardian_id = diary_view.viewer_id
        where viewed_at >= {starts} and viewed_at < {ends}
            and (viewer_id = diary_view.pupil_id or guardianship.guardian_id is not null)
    ) as viewed on viewed.pupil_id = pupil.person_id
    group by school_id""",
    "timetable_filled": """
    select school_class.school_id, count(case when slots >= 8 then 1 end), count(*)
    from school_class
    join academic_year on academic_year.school_id = school_class.school_id and academic_year.year = school_class.year
    left join (
        select class_id, count(*) as slots
        from (select distinct class_id, date, number from lesson where week_start = {week} and status <> 'cancelled') as slot
        group by class_id
    ) as filled on filled.class_id = school_class.id
    where academic_year.starts_on <= {sunday} and academic_year.ends_on >= {week}
    group by school_class.school_id""",
    "lessons_planned": """
    select school_id, count(case when topic <> '' or planned.lesson_id is not null then 1 end), count(*)
    from lesson
    left join (select distinct lesson_id from homework where removed_at is null and text <> '') as planned
        on planned.lesson_id = lesson.id
    where week_start = {week} and status <> 'cancelled'
    group by school_id""",
    "journal_kept": """
    select school_id, count(case when conducted or comment <> '' or kept.lesson_id is not null then 1 end), count(*)
    from lesson
    left join (
        select mark.lesson_id from mark join lesson on lesson.id = mark.lesson_id
        where week_start = {week} and removed_at is null
        union
        select attendance.lesson_id from attendance join lesson on lesson.id = attendance.lesson_id
        where week_start = {week} and removed_at is null and code in ('Н', 'Б', 'У')
    ) as kept on kept.lesson_id = lesson.id
    where week_start = {week} and status <> 'cancelled'
    group by school_id""",
    "marks_timely": """
    select lesson.school_id,
        count(case when work_type.timely and set_at >= day_starts_at and set_at < marks_due_at then 1 end), count(*)
    from lesson join mark on mark.lesson_id = lesson.id join work_type on work_type.id = mark.work_type_id
    where week_start = {week} and status <> 'cancelled' and removed_at is null and set_at >= {starts} and set_at < {ends}
    group by lesson.school_id""",
    "homework_timely": """
    select school_id, case when timely > lessons then lessons else timely end, lessons
    from (
        select school_id,
            count(distinct case when week_start = {week} and homework.id is not null then taught.id end) as timely,
            count(distinct case when week_start = {next} then taught.id end) as lessons
        from (
            select id, school_id, week_start, homework_from_at, homework_due_at,
                lead(id) over (partition by group_id order by date, number, key) as next_id
            from lesson where week_start >= {week} and status <> 'cancelled'
        ) as taught
        left join homework on homework.lesson_id = taught.next_id and homework.removed_at is null and homework.text <> ''
            and ((issued_at >= homework_from_at and issued_at < homework_due_at)
                or (updated_at >= homework_from_at and updated_at < homework_due_at))
        where week_start in ({week}, {next})
        group by school_id
    ) as counted""",
}


def bare_week(ask: Callable[[str], list[Any]], week: Week, zone: str = "Europe/Moscow") -> Counts:
    """Every indicator of a week of all schools; ``ask`` runs a statement and returns its rows."""
    facts = {
        "week": f"'{week.start}'", "next": f"'{week.next.start}'", "sunday": f"'{week.sunday}'",
        "starts": _moment(local_moment(week.start, MIDNIGHT, zone)),
        "ends": _moment(local_moment(week.next.start, MIDNIGHT, zone)),
    }  # fmt: skip
    found: Counts = {}
    for code, statement in STATEMENTS.items():
        for name, value in facts.items():
            statement = statement.replace(f"{{{name}}}", value)
        found |= {(row[0], code): (row[1], row[2]) for row in ask(statement) if row[2]}
    return found


def _moment(moment: datetime) -> str:
    return f"'{moment:%Y-%m-%d %H:%M:%S}.000000'"
