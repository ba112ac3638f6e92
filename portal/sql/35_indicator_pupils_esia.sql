-- «Ученики: авторизация через ЕСИА»: distinct people.
-- One row per school and week. Numerator: enrolled pupils who signed in through ESIA before the week's end.
-- Denominator: enrolled pupils.
-- Source: fact_profile.
select
    base_school_week.school_id as school_id,
    base_school_week.week_start as week_start,
    (
        select count(distinct fact_profile.person_id) as people
        from fact_profile
        where
            fact_profile.school_id = base_school_week.school_id
            and fact_profile.week_start = base_school_week.week_start
            and fact_profile.has_esia = 1
    ) as numerator,
    (
        select count(distinct fact_profile.person_id) as people
        from fact_profile
        where
            fact_profile.school_id = base_school_week.school_id
            and fact_profile.week_start = base_school_week.week_start
    ) as denominator
from base_school_week
