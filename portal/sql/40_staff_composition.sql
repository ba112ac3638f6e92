-- «Состав педагогических работников»: distinct people by post as of a week's end.
-- One row per school and week. Somebody with several posts counts in the column of each; «others» are people with a
-- teaching post that is none of the four named. Teaching staff: people with any teaching post, each once; categories
-- (in any of their posts) and activation are told of them.
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
            and fact_staff.is_teaching = 1
    ) as teaching_staff,
    (
        select count(distinct fact_staff.person_id) as people
        from fact_staff
        where
            fact_staff.school_id = base_school_week.school_id
            and fact_staff.week_start = base_school_week.week_start
            and fact_staff.post = 'Директор'
    ) as heads,
    (
        select count(distinct fact_staff.person_id) as people
        from fact_staff
        where
            fact_staff.school_id = base_school_week.school_id
            and fact_staff.week_start = base_school_week.week_start
            and fact_staff.post = 'Заместитель директора'
    ) as deputies,
    (
        select count(distinct fact_staff.person_id) as people
        from fact_staff
        where
            fact_staff.school_id = base_school_week.school_id
            and fact_staff.week_start = base_school_week.week_start
            and fact_staff.post = 'Завуч'
    ) as heads_of_studies,
    (
        select count(distinct fact_staff.person_id) as people
        from fact_staff
        where
            fact_staff.school_id = base_school_week.school_id
            and fact_staff.week_start = base_school_week.week_start
            and fact_staff.post = 'Учитель'
    ) as teachers,
    (
        select count(distinct fact_staff.person_id) as people
        from fact_staff
        where
            fact_staff.school_id = base_school_week.school_id
            and fact_staff.week_start = base_school_week.week_start
            and fact_staff.is_teaching = 1
            and fact_staff.post not in ('Директор', 'Заместитель директора', 'Завуч', 'Учитель')
    ) as others,
    (
        select count(distinct fact_staff.person_id) as people
        from fact_staff
        where
            fact_staff.school_id = base_school_week.school_id
            and fact_staff.week_start = base_school_week.week_start
            and fact_staff.has_highest = 1
            and exists (
                select 1 as found
                from fact_staff as teaching_post
                where
                    teaching_post.person_id = fact_staff.person_id
                    and teaching_post.school_id = base_school_week.school_id
                    and teaching_post.week_start = base_school_week.week_start
                    and teaching_post.is_teaching = 1
            )
    ) as highest_category,
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
    ) as any_category,
    (
        select count(distinct fact_staff.person_id) as people
        from fact_staff
        where
            fact_staff.school_id = base_school_week.school_id
            and fact_staff.week_start = base_school_week.week_start
            and fact_staff.is_teaching = 1
            and fact_staff.is_activated = 1
    ) as activated
from base_school_week
