-- Showcase, reporting periods: the classes of the school year, and whether their grade has periods in it.
-- One row per school, week and class. is_present: a period of the year covers the class's grade.
-- Fresh: of the school year that has begun last.
-- Source: fact_current_period, school_class, period.
select
    fact_current_period.school_id as school_id,
    fact_current_period.week_start as week_start,
    school_class.id as class_id,
    school_class.id as item_id,
    case
        when exists (
            select 1 as found
            from period
            where
                period.school_id = fact_current_period.school_id
                and period.year = school_class.year
                and period.grade_from <= school_class.grade
                and period.grade_to >= school_class.grade
        ) then 1
        else 0
    end as is_present
from fact_current_period
join school_class
    on school_class.school_id = fact_current_period.school_id
    and school_class.year = fact_current_period.year
