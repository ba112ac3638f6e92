-- «Цифровой профиль»: distinct pupils over the reported contingent.
-- One row per school and week. Numerator: enrolled pupils with an activated account and an identity document.
-- Denominator: the contingent of the form ОО-1; none where the school reported none.
-- Pupils whose data may not be processed are left out of both; the count of a year ago may be exceeded.
-- Source: fact_profile, school.
select
    base_school_week.school_id as school_id,
    base_school_week.week_start as week_start,
    (
        select count(distinct fact_profile.person_id) as people
        from fact_profile
        where
            fact_profile.school_id = base_school_week.school_id
            and fact_profile.week_start = base_school_week.week_start
            and fact_profile.has_document = 1
            and fact_profile.is_activated = 1
            and fact_profile.is_restricted = 0
    ) as numerator,
    (
        select school.contingent_oo1 - count(distinct fact_profile.person_id) as people
        from fact_profile
        where
            fact_profile.school_id = base_school_week.school_id
            and fact_profile.week_start = base_school_week.week_start
            and fact_profile.is_restricted = 1
    ) as denominator
from base_school_week
join school on school.id = base_school_week.school_id
