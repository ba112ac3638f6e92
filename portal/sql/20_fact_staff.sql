-- Posts held as of a week's end: hired on or before Sunday, first day away after it.
-- One row per school, week and post; a person with two posts has two rows.
-- is_teaching, has_category, has_highest, is_activated, has_esia are 1 or 0; the last two as of the week's end.
-- «left join»: the row is always there, but a count that does not ask for it skips the look-up.
-- Source: staff_post, person.
select
    staff_post.school_id as school_id,
    week_border.week_start as week_start,
    staff_post.person_id as person_id,
    staff_post.post as post,
    case when staff_post.teaching then 1 else 0 end as is_teaching,
    case when staff_post.category in ('highest', 'first') then 1 else 0 end as has_category,
    case when staff_post.category = 'highest' then 1 else 0 end as has_highest,
    case when person.activated_at < week_border.ends_at then 1 else 0 end as is_activated,
    case when person.esia_at < week_border.ends_at then 1 else 0 end as has_esia
from staff_post
join school on school.id = staff_post.school_id
join week_border on week_border.timezone = school.timezone
left join person on person.id = staff_post.person_id
where
    (staff_post.hired_on is null or staff_post.hired_on <= week_border.sunday)
    and (staff_post.left_on is null or staff_post.left_on > week_border.sunday)
