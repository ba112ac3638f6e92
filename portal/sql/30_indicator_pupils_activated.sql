-- «Ученики: активация»: distinct people.
-- One row per school and week. Numerator: enrolled pupils activated before the week's end.
-- Denominator: enrolled pupils.
-- Source: fact_pupil.
select
    base_school_week.school_id as school_id,
    base_school_week.week_start as week_start,
    (
        select count(distinct fact_pupil.person_id) as people
        from fact_pupil
        where
            fact_pupil.school_id = base_school_week.school_id
            and fact_pupil.week_start = base_school_week.week_start
            and fact_pupil.is_activated = 1
    ) as numerator,
    (
        select count(distinct fact_pupil.person_id) as people
        from fact_pupil
        where
            fact_pupil.school_id = base_school_week.school_id
            and fact_pupil.week_start = base_school_week.week_start
    ) as denominator
from base_school_week
