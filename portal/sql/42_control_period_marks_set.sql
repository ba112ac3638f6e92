-- «Отметки за период выставлены»: teaching groups (regulation, 5.3: three days after the period's end).
-- One row per school and week. Numerator: groups where every pupil has the mark of the last period due.
-- Denominator: groups of grade 2 and above with pupils, that had lessons in that period.
-- Source: control_period_mark.
select
    base_school_week.school_id as school_id,
    base_school_week.week_start as week_start,
    (
        select count(*) as found
        from control_period_mark
        where
            control_period_mark.school_id = base_school_week.school_id
            and control_period_mark.week_start = base_school_week.week_start
            and control_period_mark.pupils > 0
            and control_period_mark.is_complete = 1
    ) as numerator,
    (
        select count(*) as found
        from control_period_mark
        where
            control_period_mark.school_id = base_school_week.school_id
            and control_period_mark.week_start = base_school_week.week_start
            and control_period_mark.pupils > 0
    ) as denominator
from base_school_week
