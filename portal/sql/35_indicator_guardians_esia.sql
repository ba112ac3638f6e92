-- «Родители: авторизация через ЕСИА»: distinct people.
-- One row per school and week. Numerator: guardians of enrolled pupils who signed in through ESIA before its end.
-- Denominator: guardians of enrolled pupils.
-- Source: fact_guardian, person.
select
    base_school_week.school_id as school_id,
    base_school_week.week_start as week_start,
    (
        select count(distinct fact_guardian.person_id) as people
        from fact_guardian
        join person as signed on signed.id = fact_guardian.person_id
        where
            fact_guardian.school_id = base_school_week.school_id
            and fact_guardian.week_start = base_school_week.week_start
            and signed.esia_at < base_school_week.ends_at
    ) as numerator,
    (
        select count(distinct fact_guardian.person_id) as people
        from fact_guardian
        where
            fact_guardian.school_id = base_school_week.school_id
            and fact_guardian.week_start = base_school_week.week_start
    ) as denominator
from base_school_week
