-- Showcase, current marks: the journals of the school year from grade 2 with lessons in the current period.
-- One row per school, week and teaching group. is_present: a mark stands in a lesson of the current period.
-- Fresh: from the Monday of the current period to the end of the week (fact_current_period).
-- Source: fact_current_period, base_school_week, school_class, teaching_group, lesson, mark.
select
    base_school_week.school_id as school_id,
    base_school_week.week_start as week_start,
    school_class.id as class_id,
    teaching_group.id as item_id,
    case
        when exists (
            select 1 as found
            from lesson
            join mark on mark.lesson_id = lesson.id
            where
                lesson.group_id = teaching_group.id
                and lesson.date >= fact_current_period.period_week
                and lesson.date <= base_school_week.sunday
                and lesson.status <> 'cancelled'
                and mark.removed_at is null
        ) then 1
        else 0
    end as is_present
from base_school_week
join fact_current_period
    on fact_current_period.school_id = base_school_week.school_id
    and fact_current_period.week_start = base_school_week.week_start
join school_class
    on school_class.school_id = base_school_week.school_id
    and school_class.year = fact_current_period.year
join teaching_group on teaching_group.class_id = school_class.id
where
    school_class.grade > 1
    and exists (
        select 1 as found
        from lesson
        where
            lesson.group_id = teaching_group.id
            and lesson.date >= fact_current_period.period_week
            and lesson.date <= base_school_week.sunday
            and lesson.status <> 'cancelled'
    )
