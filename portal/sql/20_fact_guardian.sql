-- Guardians of the pupils enrolled as of a week's end.
-- One row per school, week, enrolment and guardianship; a guardian of two children has two rows.
-- is_activated as of the week's end.
-- «left join»: the row is always there, but a count that does not ask for it skips the look-up.
-- Source: enrolment, school_class, guardianship, person (the guardian).
select
    school_class.school_id as school_id,
    week_border.week_start as week_start,
    school_class.id as class_id,
    enrolment.person_id as pupil_id,
    guardianship.guardian_id as person_id,
    case when person.activated_at < week_border.ends_at then 1 else 0 end as is_activated
from school
join week_border on week_border.timezone = school.timezone
join school_class on school_class.school_id = school.id
join enrolment on enrolment.class_id = school_class.id
join guardianship on guardianship.pupil_id = enrolment.person_id
left join person on person.id = guardianship.guardian_id
where
    enrolment.enrolled_on <= week_border.sunday
    and (enrolment.left_on is null or enrolment.left_on > week_border.sunday)
