-- Whether a school is on vacation in a week: all seven days lie in the union of its vacations.
-- One row per school and week. What came with imported history for a week without lessons goes before the calendar.
-- Source: calendar_day, vacation, indicator_history.
select
    base_school_week.school_id as school_id,
    base_school_week.week_start as week_start,
    coalesce(
        (
            select max(case when indicator_history.on_vacation then 1 else 0 end) as is_on_vacation
            from indicator_history
            where
                indicator_history.school_id = base_school_week.school_id
                and indicator_history.week_start = base_school_week.week_start
                and indicator_history.on_vacation is not null
                and not exists (
                    select 1 as found
                    from lesson
                    where
                        lesson.school_id = base_school_week.school_id
                        and lesson.week_start = base_school_week.week_start
                        and lesson.status <> 'cancelled'
                )
        ),
        case
            when exists (
                select 1 as found
                from calendar_day
                where
                    calendar_day.week_start = base_school_week.week_start
                    and not exists (
                        select 1 as found
                        from vacation
                        where
                            vacation.school_id = base_school_week.school_id
                            and vacation.starts_on <= calendar_day.day
                            and vacation.ends_on >= calendar_day.day
                    )
            ) then 0
            else 1
        end
    ) as is_on_vacation
from base_school_week
