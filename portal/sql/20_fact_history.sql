-- Imported values that hold: those of a school-week without lessons (cancelled ones are no lessons).
-- One row per school, week and indicator. value in ten-thousandths of a per cent, as given.
-- Source: indicator_history, lesson.
select
    indicator_history.school_id as school_id,
    indicator_history.week_start as week_start,
    indicator_history.indicator as indicator,
    indicator_history.numerator as numerator,
    indicator_history.denominator as denominator,
    indicator_history.value as value
from indicator_history
where
    not exists (
        select 1 as found
        from lesson
        where
            lesson.school_id = indicator_history.school_id
            and lesson.week_start = indicator_history.week_start
            and lesson.status <> 'cancelled'
    )
