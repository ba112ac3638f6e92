-- Journals that should have the marks of the last period due, with how many they have as it stands.
-- One row per school, week and teaching group of grade 2 or above that had lessons in the period.
-- pupils: those of the group who were enrolled at the period's end. marked: of them, with a mark for the period.
-- is_complete: none of them lacks it. last_set_at: when the last of the group's marks was set.
-- Source: control_period, school_class, teaching_group, lesson, enrolment, group_member, period_mark.
select
    control_period.school_id as school_id,
    control_period.week_start as week_start,
    school_class.id as class_id,
    teaching_group.id as group_id,
    teaching_group.teacher_id as teacher_id,
    control_period.period_id as period_id,
    control_period.ends_on as ends_on,
    control_period.due_on as due_on,
    (
        select count(distinct enrolment.person_id) as found
        from enrolment
        where
            enrolment.class_id = school_class.id
            and enrolment.enrolled_on <= control_period.ends_on
            and (enrolment.left_on is null or enrolment.left_on > control_period.ends_on)
            and (
                not exists (select 1 as found from group_member where group_member.group_id = teaching_group.id)
                or exists (
                    select 1 as found
                    from group_member
                    where
                        group_member.group_id = teaching_group.id
                        and group_member.person_id = enrolment.person_id
                )
            )
    ) as pupils,
    (
        select count(distinct enrolment.person_id) as found
        from enrolment
        join period_mark
            on period_mark.group_id = teaching_group.id
            and period_mark.pupil_id = enrolment.person_id
            and period_mark.period_id = control_period.period_id
        where
            enrolment.class_id = school_class.id
            and enrolment.enrolled_on <= control_period.ends_on
            and (enrolment.left_on is null or enrolment.left_on > control_period.ends_on)
            and period_mark.removed_at is null
            and (
                not exists (select 1 as found from group_member where group_member.group_id = teaching_group.id)
                or exists (
                    select 1 as found
                    from group_member
                    where
                        group_member.group_id = teaching_group.id
                        and group_member.person_id = enrolment.person_id
                )
            )
    ) as marked,
    case
        when exists (
            select 1 as found
            from enrolment
            where
                enrolment.class_id = school_class.id
                and enrolment.enrolled_on <= control_period.ends_on
                and (enrolment.left_on is null or enrolment.left_on > control_period.ends_on)
                and (
                    select period_mark.id as found
                    from period_mark
                    where
                        period_mark.group_id = teaching_group.id
                        and period_mark.pupil_id = enrolment.person_id
                        and period_mark.period_id = control_period.period_id
                        and period_mark.removed_at is null
                    limit 1
                ) is null
                and (
                    not exists (select 1 as found from group_member where group_member.group_id = teaching_group.id)
                    or exists (
                        select 1 as found
                        from group_member
                        where
                            group_member.group_id = teaching_group.id
                            and group_member.person_id = enrolment.person_id
                    )
                )
        ) then 0
        else 1
    end as is_complete,
    (
        select max(period_mark.set_at) as last_set_at
        from period_mark
        where
            period_mark.group_id = teaching_group.id
            and period_mark.period_id = control_period.period_id
            and period_mark.removed_at is null
    ) as last_set_at
from control_period
join school_class
    on school_class.school_id = control_period.school_id
    and school_class.year = control_period.year
    and school_class.grade >= control_period.grade_from
    and school_class.grade <= control_period.grade_to
join teaching_group on teaching_group.class_id = school_class.id
where
    school_class.grade > 1
    and not exists (
        select 1 as found
        from control_period as later_period
        where
            later_period.school_id = control_period.school_id
            and later_period.week_start = control_period.week_start
            and later_period.year = control_period.year
            and later_period.starts_on > control_period.starts_on
            and later_period.grade_from <= school_class.grade
            and later_period.grade_to >= school_class.grade
    )
    and (
        select lesson.id as found
        from lesson
        where
            lesson.group_id = teaching_group.id
            and lesson.date >= control_period.starts_on
            and lesson.date <= control_period.ends_on
            and lesson.status <> 'cancelled'
        order by lesson.date, lesson.number, lesson.key
        limit 1
    ) is not null
