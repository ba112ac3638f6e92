-- «Планирование уроков».
-- One row per school and week. Numerator: lessons with a topic, or with homework due at them.
-- Denominator: lessons.
-- Source: fact_lesson.
select
    base_school_week.school_id as school_id,
    base_school_week.week_start as week_start,
    (
        select count(*) as found
        from fact_lesson
        where
            fact_lesson.school_id = base_school_week.school_id
            and fact_lesson.week_start = base_school_week.week_start
            and fact_lesson.is_planned = 1
    ) as numerator,
    (
        select count(*) as found
        from fact_lesson
        where
            fact_lesson.school_id = base_school_week.school_id
            and fact_lesson.week_start = base_school_week.week_start
    ) as denominator
from base_school_week
