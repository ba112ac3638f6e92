-- Guardians of a week as head and deputy control them: whether each looked into the portal.
-- One row per school, week, enrolment and guardianship; a guardian of two children has two rows.
-- takes_part: the guardian opened the diary of any own child in the week, or was in the portal. Who also works in the
-- school comes to the portal for work: only the diary counts.
-- «coalesce» changes nothing but which index is taken: the one by pupil and week, the one by person.
-- Source: fact_guardian, base_school_week, guardianship, diary_view, visit, staff_post.
select
    fact_guardian.school_id as school_id,
    fact_guardian.week_start as week_start,
    fact_guardian.class_id as class_id,
    fact_guardian.pupil_id as pupil_id,
    fact_guardian.person_id as person_id,
    case
        when exists (
            select 1 as found
            from guardianship as own_child
            join diary_view on diary_view.pupil_id = own_child.pupil_id
            where
                own_child.guardian_id = fact_guardian.person_id
                and diary_view.viewed_at >= base_school_week.starts_at
                and diary_view.viewed_at < base_school_week.ends_at
                and coalesce(diary_view.viewer_id, 0) = fact_guardian.person_id
        ) then 1
        when exists (
            select 1 as found
            from visit
            where
                visit.person_id = fact_guardian.person_id
                and visit.visited_at >= base_school_week.starts_at
                and visit.visited_at < base_school_week.ends_at
                and not exists (
                    select 1 as found
                    from staff_post as own_post
                    where
                        own_post.person_id = fact_guardian.person_id
                        and coalesce(own_post.school_id, 0) = fact_guardian.school_id
                )
        ) then 1
        else 0
    end as takes_part
from fact_guardian
join base_school_week
    on base_school_week.school_id = fact_guardian.school_id
    and base_school_week.week_start = fact_guardian.week_start
