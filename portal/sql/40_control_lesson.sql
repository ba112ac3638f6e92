-- Lessons of a week as head and deputy control them: who held each, and what the journal has of it as it stands.
-- One row per lesson that is not cancelled. teacher_id: the substitute where there is one, else the group's teacher.
-- gets_marks: grade 2 and above; first grades have neither marks nor homework. marks: those that stand.
-- has_homework: homework given at the lesson, or due at the group's next one.
-- has_entry: a topic, homework, or what makes the journal kept (a mark, an absence, a comment, «Урок проведён»).
-- is_journal_marked: some lesson of the group in this week has a mark.
-- Source: fact_lesson, lesson, teaching_group, school_class, week_border, homework, mark.
select
    lesson.school_id as school_id,
    lesson.week_start as week_start,
    lesson.class_id as class_id,
    lesson.group_id as group_id,
    lesson.id as lesson_id,
    lesson.date as date,
    lesson.number as number,
    coalesce(lesson.substitute_id, teaching_group.teacher_id) as teacher_id,
    case when lesson.substitute_id is null then 0 else 1 end as is_substituted,
    case when school_class.grade > 1 then 1 else 0 end as gets_marks,
    (
        select fact_lesson.is_kept as is_kept
        from fact_lesson
        where fact_lesson.lesson_id = lesson.id
    ) as is_kept,
    case when lesson.topic <> '' then 1 else 0 end as has_topic,
    case
        when exists (
            select 1 as found
            from homework
            where homework.given_at_id = lesson.id and homework.removed_at is null and homework.text <> ''
        ) then 1
        when exists (
            select 1 as found
            from homework
            where
                homework.lesson_id = (
                    select fact_lesson.next_lesson_id as next_lesson_id
                    from fact_lesson
                    where fact_lesson.lesson_id = lesson.id
                )
                and homework.removed_at is null
                and homework.text <> ''
        ) then 1
        else 0
    end as has_homework,
    (
        select count(*) as found
        from mark
        where mark.lesson_id = lesson.id and mark.removed_at is null
    ) as marks,
    case
        when lesson.topic <> '' then 1
        when (
            select fact_lesson.is_kept as is_kept
            from fact_lesson
            where fact_lesson.lesson_id = lesson.id
        ) = 1 then 1
        when exists (
            select 1 as found
            from homework
            where homework.given_at_id = lesson.id and homework.removed_at is null and homework.text <> ''
        ) then 1
        when exists (
            select 1 as found
            from homework
            where
                homework.lesson_id = (
                    select fact_lesson.next_lesson_id as next_lesson_id
                    from fact_lesson
                    where fact_lesson.lesson_id = lesson.id
                )
                and homework.removed_at is null
                and homework.text <> ''
        ) then 1
        else 0
    end as has_entry,
    case
        when exists (
            select 1 as found
            from lesson as beside
            join mark on mark.lesson_id = beside.id
            where
                beside.group_id = lesson.group_id
                and beside.date >= lesson.week_start
                and beside.date <= week_border.sunday
                and beside.status <> 'cancelled'
                and mark.removed_at is null
        ) then 1
        else 0
    end as is_journal_marked
from lesson
join school on school.id = lesson.school_id
join week_border on week_border.timezone = school.timezone and week_border.week_start = lesson.week_start
join teaching_group on teaching_group.id = lesson.group_id
join school_class on school_class.id = lesson.class_id and school_class.school_id = lesson.school_id
where lesson.status <> 'cancelled'
