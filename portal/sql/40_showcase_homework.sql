-- Showcase, homework: the classes of the school year from grade 2 (grade 1 has none), and whether they have homework.
-- One row per school, week and class. is_present: homework is due at a lesson of the current period, or later.
-- Fresh: from the Monday of the current period on (fact_current_period).
-- Source: fact_current_period, school_class, lesson, homework.
select
    fact_current_period.school_id as school_id,
    fact_current_period.week_start as week_start,
    school_class.id as class_id,
    school_class.id as item_id,
    case
        when exists (
            select 1 as found
            from lesson
            join homework on homework.lesson_id = lesson.id
            where
                lesson.class_id = school_class.id
                and lesson.week_start >= fact_current_period.period_week
                and lesson.status <> 'cancelled'
                and homework.removed_at is null
                and homework.text <> ''
        ) then 1
        else 0
    end as is_present
from fact_current_period
join school_class
    on school_class.school_id = fact_current_period.school_id
    and school_class.year = fact_current_period.year
where school_class.grade > 1
