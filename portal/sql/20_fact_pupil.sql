-- Pupils enrolled as of a week's end, in a class of any year: one not moved up still counts.
-- One row per school, week and enrolment; a pupil with two enrolments has two rows.
-- is_activated as of the week's end; is_viewed: the diary was opened in the week by the pupil or a guardian.
-- «left join»: the row is always there, but a count that does not ask for it skips the look-up.
-- Source: enrolment, school_class, person, diary_view, guardianship.
select
    school_class.school_id as school_id,
    week_border.week_start as week_start,
    school_class.id as class_id,
    enrolment.person_id as person_id,
    case when person.activated_at < week_border.ends_at then 1 else 0 end as is_activated,
    case
        when exists (
            select 1 as found
            from diary_view
            where
                diary_view.pupil_id = enrolment.person_id
                and diary_view.viewed_at >= week_border.starts_at
                and diary_view.viewed_at < week_border.ends_at
                and (
                    diary_view.viewer_id = enrolment.person_id
                    or exists (
                        select 1 as found
                        from guardianship
                        where
                            guardianship.pupil_id = enrolment.person_id
                            and guardianship.guardian_id = diary_view.viewer_id
                    )
                )
        ) then 1
        else 0
    end as is_viewed
from school
join week_border on week_border.timezone = school.timezone
join school_class on school_class.school_id = school.id
join enrolment on enrolment.class_id = school_class.id
left join person on person.id = enrolment.person_id
where
    enrolment.enrolled_on <= week_border.sunday
    and (enrolment.left_on is null or enrolment.left_on > week_border.sunday)
