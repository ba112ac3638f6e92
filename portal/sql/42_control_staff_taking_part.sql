-- «Учителя, которые ведут журнал»: distinct teachers (regulation, 3.5).
-- One row per school and week. Numerator: teachers who held lessons and made an entry at one of them at least: a topic,
-- homework, a mark, an absence, a comment, «Урок проведён». Denominator: teachers who held lessons.
-- Source: control_lesson.
select
    base_school_week.school_id as school_id,
    base_school_week.week_start as week_start,
    (
        select count(distinct control_lesson.teacher_id) as found
        from control_lesson
        where
            control_lesson.school_id = base_school_week.school_id
            and control_lesson.week_start = base_school_week.week_start
            and control_lesson.has_entry = 1
    ) as numerator,
    (
        select count(distinct control_lesson.teacher_id) as found
        from control_lesson
        where
            control_lesson.school_id = base_school_week.school_id
            and control_lesson.week_start = base_school_week.week_start
    ) as denominator
from base_school_week
