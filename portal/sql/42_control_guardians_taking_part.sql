-- «Родители, которые заходят в портал»: distinct guardians (regulation, 3.5).
-- One row per school and week. Numerator: guardians of enrolled pupils who were in the portal or opened a child's diary
-- in the week. Denominator: guardians of enrolled pupils.
-- Source: control_guardian.
select
    base_school_week.school_id as school_id,
    base_school_week.week_start as week_start,
    (
        select count(distinct control_guardian.person_id) as found
        from control_guardian
        where
            control_guardian.school_id = base_school_week.school_id
            and control_guardian.week_start = base_school_week.week_start
            and control_guardian.takes_part = 1
    ) as numerator,
    (
        select count(distinct control_guardian.person_id) as found
        from control_guardian
        where
            control_guardian.school_id = base_school_week.school_id
            and control_guardian.week_start = base_school_week.week_start
    ) as denominator
from base_school_week
