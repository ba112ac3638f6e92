-- Showcase, weekly statistics by subject: the subjects taught from grade 2 in the last week that is over.
-- One row per school, week and lesson of that last week (a subject's lessons share item_id). is_present: a mark
-- stands in the lesson, so that there is something to tell of its subject. The figures themselves: subject_week.
-- Fresh: the last week with lessons before this one, if of the current period (fact_current_period).
-- Source: fact_current_period, lesson, teaching_group, school_class, mark.
select
    fact_current_period.school_id as school_id,
    fact_current_period.week_start as week_start,
    teaching_group.subject_id as item_id,
    case
        when exists (
            select 1 as found
            from mark
            where mark.lesson_id = lesson.id and mark.removed_at is null
        ) then 1
        else 0
    end as is_present
from fact_current_period
join lesson
    on lesson.school_id = fact_current_period.school_id
    and lesson.week_start = fact_current_period.taught_week
join teaching_group on teaching_group.id = lesson.group_id
join school_class on school_class.id = teaching_group.class_id
where
    fact_current_period.taught_week >= fact_current_period.period_week
    and lesson.status <> 'cancelled'
    and school_class.grade > 1
