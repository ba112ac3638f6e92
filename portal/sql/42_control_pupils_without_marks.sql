-- «Ученики без отметок»: distinct pupils (regulation, 3.5). The fewer the better.
-- One row per school and week. Numerator: pupils without a mark at any lesson of the week: all but those with one.
-- Denominator: pupils of the classes of grade 2 and above that had lessons in the week.
-- Source: control_pupil.
select
    base_school_week.school_id as school_id,
    base_school_week.week_start as week_start,
    (
        (
            select count(distinct control_pupil.person_id) as found
            from control_pupil
            where
                control_pupil.school_id = base_school_week.school_id
                and control_pupil.week_start = base_school_week.week_start
                and control_pupil.gets_marks = 1
        )
        - (
            select count(distinct control_pupil.person_id) as found
            from control_pupil
            where
                control_pupil.school_id = base_school_week.school_id
                and control_pupil.week_start = base_school_week.week_start
                and control_pupil.gets_marks = 1
                and control_pupil.has_mark = 1
        )
    ) as numerator,
    (
        select count(distinct control_pupil.person_id) as found
        from control_pupil
        where
            control_pupil.school_id = base_school_week.school_id
            and control_pupil.week_start = base_school_week.week_start
            and control_pupil.gets_marks = 1
    ) as denominator
from base_school_week
