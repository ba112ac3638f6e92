-- «Своевременное выставление оценок».
-- One row per school and week. Numerator: marks of the four work types set on the lesson's own day before the deadline.
-- Denominator: all marks set in the week for lessons of the week.
-- Source: fact_mark.
select
    base_school_week.school_id as school_id,
    base_school_week.week_start as week_start,
    (
        select count(*) as found
        from fact_mark
        where
            fact_mark.school_id = base_school_week.school_id
            and fact_mark.week_start = base_school_week.week_start
            and fact_mark.is_timely = 1
    ) as numerator,
    (
        select count(*) as found
        from fact_mark
        where
            fact_mark.school_id = base_school_week.school_id
            and fact_mark.week_start = base_school_week.week_start
    ) as denominator
from base_school_week
