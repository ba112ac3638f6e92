-- «Активность школ».
-- One row per school and week. Numerator: counted criteria of the profile in force that the school meets.
-- Denominator: counted criteria of the profile in force.
-- Source: criterion.
select
    base_school_week.school_id as school_id,
    base_school_week.week_start as week_start,
    (
        select count(*) as found
        from criterion
        where
            criterion.school_id = base_school_week.school_id
            and criterion.week_start = base_school_week.week_start
            and criterion.is_counted = 1
            and criterion.is_met = 1
    ) as numerator,
    (
        select count(*) as found
        from criterion
        where
            criterion.school_id = base_school_week.school_id
            and criterion.week_start = base_school_week.week_start
            and criterion.is_counted = 1
    ) as denominator
from base_school_week
