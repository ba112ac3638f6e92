-- «Ученики, которые заходят в портал»: distinct pupils (regulation, 3.5).
-- One row per school and week. Numerator: enrolled pupils who were in the portal or opened their diary in the week.
-- Denominator: enrolled pupils.
-- Source: control_pupil.
select
    base_school_week.school_id as school_id,
    base_school_week.week_start as week_start,
    (
        select count(distinct control_pupil.person_id) as found
        from control_pupil
        where
            control_pupil.school_id = base_school_week.school_id
            and control_pupil.week_start = base_school_week.week_start
            and control_pupil.takes_part = 1
    ) as numerator,
    (
        select count(distinct control_pupil.person_id) as found
        from control_pupil
        where
            control_pupil.school_id = base_school_week.school_id
            and control_pupil.week_start = base_school_week.week_start
    ) as denominator
from base_school_week
