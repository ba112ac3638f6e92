-- «Учителя: активация»: distinct people.
-- One row per school and week. Numerator: teaching staff activated before the week's end.
-- Denominator: teaching staff: people with any teaching post.
-- Source: fact_staff.
select
    base_school_week.school_id as school_id,
    base_school_week.week_start as week_start,
    (
        select count(distinct fact_staff.person_id) as people
        from fact_staff
        where
            fact_staff.school_id = base_school_week.school_id
            and fact_staff.week_start = base_school_week.week_start
            and fact_staff.is_teaching = 1
            and fact_staff.is_activated = 1
    ) as numerator,
    (
        select count(distinct fact_staff.person_id) as people
        from fact_staff
        where
            fact_staff.school_id = base_school_week.school_id
            and fact_staff.week_start = base_school_week.week_start
            and fact_staff.is_teaching = 1
    ) as denominator
from base_school_week
