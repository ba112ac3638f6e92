-- Marks set in the week of their lesson; removed marks and cancelled lessons are left out.
-- One row per mark. is_counted_type: its work type is one of the four of marks_timely.
-- is_timely: such a type, and set from the lesson's own day on, strictly before the lesson's deadline.
-- «left join»: the row is always there, but a count that does not ask for it skips the look-up.
-- The coalesce changes nothing but keeps planners from finding marks by their moment: those of every school.
-- Source: lesson, mark, work_type, week_border.
select
    lesson.school_id as school_id,
    lesson.week_start as week_start,
    lesson.class_id as class_id,
    lesson.id as lesson_id,
    mark.id as mark_id,
    mark.pupil_id as pupil_id,
    case when work_type.timely then 1 else 0 end as is_counted_type,
    case
        when work_type.timely and mark.set_at >= lesson.day_starts_at and mark.set_at < lesson.marks_due_at then 1
        else 0
    end as is_timely
from lesson
join school on school.id = lesson.school_id
join week_border on week_border.timezone = school.timezone and week_border.week_start = lesson.week_start
join mark on mark.lesson_id = lesson.id
left join work_type on work_type.id = mark.work_type_id
where
    lesson.status <> 'cancelled'
    and mark.removed_at is null
    and coalesce(mark.set_at, mark.set_at) >= week_border.starts_at
    and coalesce(mark.set_at, mark.set_at) < week_border.ends_at
