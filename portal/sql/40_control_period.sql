-- Periods whose marks are due: three days after the end are over by the week's Sunday (regulation, 5.3).
-- One row per school, week and period of the school year that runs, or ended last. due_on: the last day in time.
-- Source: base_school_week, academic_year, period, calendar_day.
select
    base_school_week.school_id as school_id,
    base_school_week.week_start as week_start,
    period.id as period_id,
    period.year as year,
    period.grade_from as grade_from,
    period.grade_to as grade_to,
    period.starts_on as starts_on,
    period.ends_on as ends_on,
    (
        select calendar_day.day as due_on
        from calendar_day
        where calendar_day.day > period.ends_on
        order by calendar_day.day
        limit 1 offset 2
    ) as due_on
from base_school_week
join period on period.school_id = base_school_week.school_id
where
    (
        select calendar_day.day as due_on
        from calendar_day
        where calendar_day.day > period.ends_on
        order by calendar_day.day
        limit 1 offset 2
    ) <= base_school_week.sunday
    and not exists (
        select 1 as found
        from academic_year
        where
            academic_year.school_id = base_school_week.school_id
            and academic_year.year > period.year
            and academic_year.starts_on <= base_school_week.sunday
    )
