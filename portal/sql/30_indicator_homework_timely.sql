-- «Своевременная выдача ДЗ».
-- One row per school and week. Numerator: lessons of the week for whose next lesson homework was issued or updated in
-- time, cut to the denominator. Denominator: lessons of the next week.
-- The limit changes nothing but makes both engines count once.
-- Source: fact_lesson.
select
    base_school_week.school_id as school_id,
    base_school_week.week_start as week_start,
    (
        select case when counted.timely > counted.lessons then counted.lessons else counted.timely end as found
        from (
            select
                (
                    select count(*) as found
                    from fact_lesson
                    where
                        fact_lesson.school_id = base_school_week.school_id
                        and fact_lesson.week_start = base_school_week.week_start
                        and fact_lesson.is_homework_timely = 1
                ) as timely,
                (
                    select count(*) as found
                    from fact_lesson
                    where
                        fact_lesson.school_id = base_school_week.school_id
                        and fact_lesson.week_start = base_school_week.next_week_start
                ) as lessons
            limit 1
        ) as counted
    ) as numerator,
    (
        select count(*) as found
        from fact_lesson
        where
            fact_lesson.school_id = base_school_week.school_id
            and fact_lesson.week_start = base_school_week.next_week_start
    ) as denominator
from base_school_week
