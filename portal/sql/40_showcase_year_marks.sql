-- Showcase, year marks: the journals from grade 2 of the last school year that is over, those that had lessons.
-- One row per school, week and teaching group. is_present: a year mark stands.
-- Fresh: the school year that ended last before this week; none ended: nothing is due, no rows.
-- Source: base_school_week, school_class, academic_year, teaching_group, lesson, period_mark.
select
    base_school_week.school_id as school_id,
    base_school_week.week_start as week_start,
    school_class.id as class_id,
    teaching_group.id as item_id,
    case
        when exists (
            select 1 as found
            from period_mark
            where
                period_mark.group_id = teaching_group.id
                and period_mark.year = school_class.year
                and period_mark.removed_at is null
        ) then 1
        else 0
    end as is_present
from base_school_week
join academic_year
    on academic_year.school_id = base_school_week.school_id
    and academic_year.year = (
        select max(ended.year) as year
        from academic_year as ended
        where
            ended.school_id = base_school_week.school_id
            and ended.ends_on < base_school_week.week_start
    )
join school_class on school_class.school_id = academic_year.school_id and school_class.year = academic_year.year
join teaching_group on teaching_group.class_id = school_class.id
where
    school_class.grade > 1
    and exists (
        select 1 as found
        from lesson
        where
            lesson.group_id = teaching_group.id
            and lesson.date >= academic_year.starts_on
            and lesson.status <> 'cancelled'
    )
