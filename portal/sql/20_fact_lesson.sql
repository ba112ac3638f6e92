-- Lessons that are not cancelled, and what the journal holds of them as it stands.
-- One row per lesson, each subgroup's for itself; a moved lesson stands on its new date.
-- is_planned: a topic, or homework due at it. is_kept: a mark, an absence (late is none), a comment, or the
-- tick «Урок проведён». next_lesson_id: the group's next lesson that is not cancelled, at any distance.
-- is_homework_timely: homework due at that next lesson was issued or updated within this lesson's window.
-- Source: lesson, homework, mark, attendance.
select
    lesson.school_id as school_id,
    lesson.week_start as week_start,
    lesson.class_id as class_id,
    lesson.group_id as group_id,
    lesson.id as lesson_id,
    lesson.date as date,
    lesson.number as number,
    case
        when lesson.topic <> '' then 1
        when exists (
            select 1 as found
            from homework
            where homework.lesson_id = lesson.id and homework.removed_at is null and homework.text <> ''
        ) then 1
        else 0
    end as is_planned,
    case
        when lesson.conducted or lesson.comment <> '' then 1
        when exists (
            select 1 as found
            from mark
            where mark.lesson_id = lesson.id and mark.removed_at is null
        ) then 1
        when exists (
            select 1 as found
            from attendance
            where
                attendance.lesson_id = lesson.id
                and attendance.removed_at is null
                and attendance.code in ('Н', 'Б', 'У')
        ) then 1
        else 0
    end as is_kept,
    (
        select later.id as next_lesson_id
        from lesson as later
        where
            later.group_id = lesson.group_id
            and later.status <> 'cancelled'
            and (later.date, later.number, later.key) > (lesson.date, lesson.number, lesson.key)
        order by later.date, later.number, later.key
        limit 1
    ) as next_lesson_id,
    case
        when exists (
            select 1 as found
            from homework
            where
                homework.lesson_id = (
                    select later.id as next_lesson_id
                    from lesson as later
                    where
                        later.group_id = lesson.group_id
                        and later.status <> 'cancelled'
                        and (later.date, later.number, later.key) > (lesson.date, lesson.number, lesson.key)
                    order by later.date, later.number, later.key
                    limit 1
                )
                and homework.removed_at is null
                and homework.text <> ''
                and (
                    (homework.issued_at >= lesson.homework_from_at and homework.issued_at < lesson.homework_due_at)
                    or (
                        homework.updated_at >= lesson.homework_from_at
                        and homework.updated_at < lesson.homework_due_at
                    )
                )
        ) then 1
        else 0
    end as is_homework_timely
from lesson
where lesson.status <> 'cancelled'
