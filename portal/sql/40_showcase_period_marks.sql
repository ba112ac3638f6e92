-- Showcase, period marks: the journals of the school year from grade 2 with lessons in the last period that is over.
-- One row per school, week and teaching group. is_present: a mark for that period stands.
-- Fresh: the class's last period that ended before this week; none ended: nothing is due, no rows. The deadline of
-- three days after the period's end (regulation 5.3) falls into the week.
-- Source: fact_current_period, school_class, period, teaching_group, lesson, period_mark.
select
    fact_current_period.school_id as school_id,
    fact_current_period.week_start as week_start,
    school_class.id as class_id,
    teaching_group.id as item_id,
    case
        when exists (
            select 1 as found
            from period_mark
            where
                period_mark.group_id = teaching_group.id
                and period_mark.period_id = period.id
                and period_mark.removed_at is null
        ) then 1
        else 0
    end as is_present
from fact_current_period
join school_class
    on school_class.school_id = fact_current_period.school_id
    and school_class.year = fact_current_period.year
join period on period.id = (
    select ended.id as id
    from period as ended
    where
        ended.school_id = school_class.school_id
        and ended.year = school_class.year
        and ended.grade_from <= school_class.grade
        and ended.grade_to >= school_class.grade
        and ended.ends_on < fact_current_period.week_start
    order by ended.ends_on desc, ended.id desc
    limit 1
)
join teaching_group on teaching_group.class_id = school_class.id
where
    school_class.grade > 1
    and exists (
        select 1 as found
        from lesson
        where
            lesson.group_id = teaching_group.id
            and lesson.date >= period.starts_on
            and lesson.date <= period.ends_on
            and lesson.status <> 'cancelled'
    )
