-- «Непереведённые»: pupils still in a class of a past school year as of a week's end.
-- One row per school, week and enrolment. A school year is past once the school has begun a later one; or once it is
-- over and another school of the municipality has: a school that has not opened the new year at all is caught too.
-- Source: enrolment, school_class, academic_year, school.
select
    school_class.school_id as school_id,
    week_border.week_start as week_start,
    school_class.id as class_id,
    enrolment.person_id as person_id
from school
join week_border on week_border.timezone = school.timezone
join school_class on school_class.school_id = school.id
join enrolment on enrolment.class_id = school_class.id
where
    enrolment.enrolled_on <= week_border.sunday
    and (enrolment.left_on is null or enrolment.left_on > week_border.sunday)
    and (
        school_class.year < (
            select max(academic_year.year) as year
            from academic_year
            where
                academic_year.school_id = school.id
                and academic_year.starts_on <= week_border.sunday
        )
        or (
            not exists (
                select 1 as found
                from academic_year
                where
                    academic_year.school_id = school.id
                    and academic_year.year = school_class.year
                    and academic_year.ends_on >= week_border.week_start
            )
            and exists (
                select 1 as found
                from school as neighbour
                join academic_year on academic_year.school_id = neighbour.id
                where
                    neighbour.municipality_id = school.municipality_id
                    and academic_year.year > school_class.year
                    and academic_year.starts_on <= week_border.sunday
            )
        )
    )
