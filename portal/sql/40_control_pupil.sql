-- Pupils of a week as head and deputy control them: whether each got a mark, was away, looked into the portal.
-- One row per school, week and enrolment; a pupil with two enrolments has two rows.
-- gets_marks: a class of grade 2 or above that had lessons in the week.
-- has_mark: a mark that stands at a lesson of the week, of the class or of a group the pupil is a member of.
-- absences: lessons of the class in the week missed by the pupil (late is not missed).
-- takes_part: the pupil was in the portal in the week, or opened the own diary.
-- «limit» and «coalesce» change nothing but the way: from the week's lessons to the pupil's marks, from the pupil and
-- the week to the diary. By pupil or viewer alone a whole history would be read.
-- Source: fact_pupil, base_school_week, school_class, lesson, mark, attendance, group_member, diary_view, visit.
select
    fact_pupil.school_id as school_id,
    fact_pupil.week_start as week_start,
    fact_pupil.class_id as class_id,
    fact_pupil.person_id as person_id,
    case
        when school_class.grade > 1 and exists (
            select 1 as found
            from lesson
            where
                lesson.class_id = fact_pupil.class_id
                and lesson.week_start = fact_pupil.week_start
                and lesson.status <> 'cancelled'
        ) then 1
        else 0
    end as gets_marks,
    case
        when exists (
            select 1 as found
            from lesson
            where
                lesson.class_id = fact_pupil.class_id
                and lesson.week_start = fact_pupil.week_start
                and lesson.status <> 'cancelled'
                and (
                    select mark.id as found
                    from mark
                    where
                        mark.lesson_id = lesson.id
                        and mark.pupil_id = fact_pupil.person_id
                        and mark.removed_at is null
                    limit 1
                ) is not null
        ) then 1
        when exists (
            select 1 as found
            from group_member
            join lesson on lesson.group_id = group_member.group_id
            where
                group_member.person_id = fact_pupil.person_id
                and lesson.date >= base_school_week.week_start
                and lesson.date <= base_school_week.sunday
                and lesson.status <> 'cancelled'
                and (
                    select mark.id as found
                    from mark
                    where
                        mark.lesson_id = lesson.id
                        and mark.pupil_id = fact_pupil.person_id
                        and mark.removed_at is null
                    limit 1
                ) is not null
        ) then 1
        else 0
    end as has_mark,
    (
        select count(*) as found
        from lesson
        where
            lesson.class_id = fact_pupil.class_id
            and lesson.week_start = fact_pupil.week_start
            and lesson.status <> 'cancelled'
            and (
                select attendance.id as found
                from attendance
                where
                    attendance.lesson_id = lesson.id
                    and attendance.pupil_id = fact_pupil.person_id
                    and attendance.removed_at is null
                    and attendance.code in ('Н', 'Б', 'У')
                limit 1
            ) is not null
    ) as absences,
    case
        when exists (
            select 1 as found
            from visit
            where
                visit.person_id = fact_pupil.person_id
                and visit.visited_at >= base_school_week.starts_at
                and visit.visited_at < base_school_week.ends_at
        ) then 1
        when exists (
            select 1 as found
            from diary_view
            where
                diary_view.pupil_id = fact_pupil.person_id
                and diary_view.viewed_at >= base_school_week.starts_at
                and diary_view.viewed_at < base_school_week.ends_at
                and coalesce(diary_view.viewer_id, 0) = fact_pupil.person_id
        ) then 1
        else 0
    end as takes_part
from fact_pupil
join base_school_week
    on base_school_week.school_id = fact_pupil.school_id and base_school_week.week_start = fact_pupil.week_start
join school_class on school_class.id = fact_pupil.class_id
