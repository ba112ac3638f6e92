-- What «the current period» is for a school in a week (the showcase's freshness is told by it).
-- One row per school and week. year: the school year that has begun last. period_week: the Monday of the period
-- that had begun last before this week (a period's first week still belongs to the one before: nothing can be
-- there on its first morning). taught_week: the last week before this one with lessons.
-- Source: academic_year, period, calendar_day, lesson.
select
    base_school_week.school_id as school_id,
    base_school_week.week_start as week_start,
    (
        select max(academic_year.year) as year
        from academic_year
        where
            academic_year.school_id = base_school_week.school_id
            and academic_year.starts_on <= base_school_week.sunday
    ) as year,
    (
        select calendar_day.week_start as period_week
        from calendar_day
        where
            calendar_day.day = (
                select max(period.starts_on) as starts_on
                from period
                where
                    period.school_id = base_school_week.school_id
                    and period.starts_on < base_school_week.week_start
            )
    ) as period_week,
    (
        select lesson.week_start as taught_week
        from lesson
        where
            lesson.school_id = base_school_week.school_id
            and lesson.week_start < base_school_week.week_start
            and lesson.status <> 'cancelled'
        order by lesson.week_start desc
        limit 1
    ) as taught_week
from base_school_week
