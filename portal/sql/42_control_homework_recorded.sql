-- «Домашнее задание записано»: lessons (regulation, 3.5).
-- One row per school and week. Numerator: lessons at which homework was given, or with homework due at the group's
-- next one. Denominator: lessons of grade 2 and above.
-- Source: control_lesson.
select
    base_school_week.school_id as school_id,
    base_school_week.week_start as week_start,
    (
        select count(*) as found
        from control_lesson
        where
            control_lesson.school_id = base_school_week.school_id
            and control_lesson.week_start = base_school_week.week_start
            and control_lesson.gets_marks = 1
            and control_lesson.has_homework = 1
    ) as numerator,
    (
        select count(*) as found
        from control_lesson
        where
            control_lesson.school_id = base_school_week.school_id
            and control_lesson.week_start = base_school_week.week_start
            and control_lesson.gets_marks = 1
    ) as denominator
from base_school_week
