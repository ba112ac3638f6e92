-- «Своевременная выдача ДЗ».
-- One row per school and week. Numerator: lessons of the week for whose next lesson homework was issued or updated in
-- time, cut to the denominator. Denominator: lessons of the next week.
-- Source: fact_lesson.
select
    counted.school_id as school_id,
    counted.week_start as week_start,
    case when counted.timely > counted.lessons then counted.lessons else counted.timely end as numerator,
    counted.lessons as denominator
from (
    select
        base_school_week.school_id as school_id,
        base_school_week.week_start as week_start,
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
    from base_school_week
) as counted
