-- Classes whose school year overlaps a week, with the lesson slots they have in it.
-- One row per school, week and class. slots: distinct (date, number) of lessons that are not cancelled;
-- subgroups side by side are one slot.
-- Source: school_class, academic_year, lesson.
select
    school_class.school_id as school_id,
    week_border.week_start as week_start,
    school_class.id as class_id,
    (
        select count(*) as slots
        from (
            select distinct
                lesson.date as slot_date,
                lesson.number as slot_number
            from lesson
            where
                lesson.class_id = school_class.id
                and lesson.week_start = week_border.week_start
                and lesson.status <> 'cancelled'
        ) as slot
    ) as slots
from school
join week_border on week_border.timezone = school.timezone
join school_class on school_class.school_id = school.id
join academic_year on academic_year.school_id = school_class.school_id and academic_year.year = school_class.year
where
    academic_year.starts_on <= week_border.sunday
    and academic_year.ends_on >= week_border.week_start
