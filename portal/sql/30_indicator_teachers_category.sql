-- «Учителя: наличие категории»: distinct people.
-- One row per school and week. Numerator: teaching staff with the highest or the first category in any of their posts.
-- Denominator: teaching staff: people with any teaching post.
-- Source: fact_staff.
select
    base_school_week.school_id as school_id,
    base_school_week.week_start as week_start,
    (
        select count(distinct fact_staff.person_id) as people
        from fact_staff
        where
            fact_staff.school_id = base_school_week.school_id
            and fact_staff.week_start = base_school_week.week_start
            and fact_staff.has_category = 1
            and exists (
                select 1 as found
                from fact_staff as teaching_post
                where
                    teaching_post.person_id = fact_staff.person_id
                    and teaching_post.school_id = base_school_week.school_id
                    and teaching_post.week_start = base_school_week.week_start
                    and teaching_post.is_teaching = 1
            )
    ) as numerator,
    (
        select count(distinct fact_staff.person_id) as people
        from fact_staff
        where
            fact_staff.school_id = base_school_week.school_id
            and fact_staff.week_start = base_school_week.week_start
            and fact_staff.is_teaching = 1
    ) as denominator
from base_school_week
