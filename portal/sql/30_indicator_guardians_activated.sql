-- «Родители: активация»: distinct people.
-- One row per school and week. Numerator: guardians of enrolled pupils activated before the week's end.
-- Denominator: guardians of enrolled pupils.
-- Source: fact_guardian.
select
    base_school_week.school_id as school_id,
    base_school_week.week_start as week_start,
    (
        select count(distinct fact_guardian.person_id) as people
        from fact_guardian
        where
            fact_guardian.school_id = base_school_week.school_id
            and fact_guardian.week_start = base_school_week.week_start
            and fact_guardian.is_activated = 1
    ) as numerator,
    (
        select count(distinct fact_guardian.person_id) as people
        from fact_guardian
        where
            fact_guardian.school_id = base_school_week.school_id
            and fact_guardian.week_start = base_school_week.week_start
    ) as denominator
from base_school_week
