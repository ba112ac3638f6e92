-- Pupils enrolled as of a week's end and what is recorded of them.
-- One row per school, week and enrolment; a pupil with two enrolments has two rows.
-- has_document: a passport or a birth certificate with its number, or a СНИЛС, as it stands.
-- is_activated and has_esia as of the week's end; has_guardian as it stands.
-- is_restricted: at the week's end the pupil's data may not be processed.
-- «left join»: the row is always there, but a count that does not ask for it skips the look-up.
-- Source: enrolment, school_class, person, guardianship, data_restriction.
select
    school_class.school_id as school_id,
    week_border.week_start as week_start,
    school_class.id as class_id,
    enrolment.person_id as person_id,
    case
        when person.snils is not null then 1
        when person.document is not null and person.document_number is not null then 1
        else 0
    end as has_document,
    case when person.activated_at < week_border.ends_at then 1 else 0 end as is_activated,
    case when person.esia_at < week_border.ends_at then 1 else 0 end as has_esia,
    case
        when exists (
            select 1 as found
            from guardianship
            where guardianship.pupil_id = enrolment.person_id
        ) then 1
        else 0
    end as has_guardian,
    case
        when exists (
            select 1 as found
            from data_restriction
            where
                data_restriction.person_id = enrolment.person_id
                and data_restriction.set_at < week_border.ends_at
                and (data_restriction.lifted_at is null or data_restriction.lifted_at >= week_border.ends_at)
        ) then 1
        else 0
    end as is_restricted
from school
join week_border on week_border.timezone = school.timezone
join school_class on school_class.school_id = school.id
join enrolment on enrolment.class_id = school_class.id
left join person on person.id = enrolment.person_id
where
    enrolment.enrolled_on <= week_border.sunday
    and (enrolment.left_on is null or enrolment.left_on > week_border.sunday)
