-- Showcase, classes: the classes of the school year, and whether anybody learns in them.
-- One row per school, week and class. is_present: a pupil is enrolled as of the week's end.
-- Fresh: of the school year that has begun last.
-- Source: fact_current_period, school_class, enrolment, base_school_week.
select
    base_school_week.school_id as school_id,
    base_school_week.week_start as week_start,
    school_class.id as class_id,
    school_class.id as item_id,
    case
        when exists (
            select 1 as found
            from enrolment
            where
                enrolment.class_id = school_class.id
                and enrolment.enrolled_on <= base_school_week.sunday
                and (enrolment.left_on is null or enrolment.left_on > base_school_week.sunday)
        ) then 1
        else 0
    end as is_present
from base_school_week
join fact_current_period
    on fact_current_period.school_id = base_school_week.school_id
    and fact_current_period.week_start = base_school_week.week_start
join school_class
    on school_class.school_id = base_school_week.school_id
    and school_class.year = fact_current_period.year
