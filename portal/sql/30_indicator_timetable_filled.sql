-- «Наполненность расписания».
-- One row per school and week. Numerator: classes with at least 8 distinct lesson slots in the week.
-- Denominator: classes whose school year overlaps the week.
-- Source: fact_class.
select
    base_school_week.school_id as school_id,
    base_school_week.week_start as week_start,
    (
        select count(*) as found
        from fact_class
        where
            fact_class.school_id = base_school_week.school_id
            and fact_class.week_start = base_school_week.week_start
            and fact_class.slots >= 8
    ) as numerator,
    (
        select count(*) as found
        from fact_class
        where
            fact_class.school_id = base_school_week.school_id
            and fact_class.week_start = base_school_week.week_start
    ) as denominator
from base_school_week
