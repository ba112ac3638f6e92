-- «Активация всех аккаунтов»: distinct people, whatever roles they hold.
-- One row per school and week. Numerator: people with any role at the school activated before the week's end.
-- Denominator: people with any role at the school: staff, pupils, guardians.
-- Source: fact_staff, fact_pupil, fact_guardian.
select
    base_school_week.school_id as school_id,
    base_school_week.week_start as week_start,
    (
        select count(*) as people
        from (
            select fact_staff.person_id as person_id
            from fact_staff
            where
                fact_staff.school_id = base_school_week.school_id
                and fact_staff.week_start = base_school_week.week_start
                and fact_staff.is_activated = 1
            union
            select fact_pupil.person_id as person_id
            from fact_pupil
            where
                fact_pupil.school_id = base_school_week.school_id
                and fact_pupil.week_start = base_school_week.week_start
                and fact_pupil.is_activated = 1
            union
            select fact_guardian.person_id as person_id
            from fact_guardian
            where
                fact_guardian.school_id = base_school_week.school_id
                and fact_guardian.week_start = base_school_week.week_start
                and fact_guardian.is_activated = 1
        ) as people
    ) as numerator,
    (
        select count(*) as people
        from (
            select fact_staff.person_id as person_id
            from fact_staff
            where
                fact_staff.school_id = base_school_week.school_id
                and fact_staff.week_start = base_school_week.week_start
            union
            select fact_pupil.person_id as person_id
            from fact_pupil
            where
                fact_pupil.school_id = base_school_week.school_id
                and fact_pupil.week_start = base_school_week.week_start
            union
            select fact_guardian.person_id as person_id
            from fact_guardian
            where
                fact_guardian.school_id = base_school_week.school_id
                and fact_guardian.week_start = base_school_week.week_start
        ) as people
    ) as denominator
from base_school_week
