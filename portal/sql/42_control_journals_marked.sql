-- «Журналы с отметками»: teaching groups (regulation, 5.2: marks at least once a week in every journal).
-- One row per school and week. Numerator: groups with a mark at a lesson of the week.
-- Denominator: groups of grade 2 and above with lessons in the week.
-- Source: control_lesson.
select
    base_school_week.school_id as school_id,
    base_school_week.week_start as week_start,
    (
        select count(distinct control_lesson.group_id) as found
        from control_lesson
        where
            control_lesson.school_id = base_school_week.school_id
            and control_lesson.week_start = base_school_week.week_start
            and control_lesson.gets_marks = 1
            and control_lesson.marks > 0
    ) as numerator,
    (
        select count(distinct control_lesson.group_id) as found
        from control_lesson
        where
            control_lesson.school_id = base_school_week.school_id
            and control_lesson.week_start = base_school_week.week_start
            and control_lesson.gets_marks = 1
    ) as denominator
from base_school_week
