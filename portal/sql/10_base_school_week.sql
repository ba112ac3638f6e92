-- Every school in every reporting week, with the week's borders.
-- One row per school and week. UTC borders: starts_at is in the week, ends_at is the first moment after it.
-- Source: school, week_border (weeks of the school's time zone).
select
    school.id as school_id,
    week_border.week_start as week_start,
    school.municipality_id as municipality_id,
    week_border.sunday as sunday,
    week_border.previous_week_start as previous_week_start,
    week_border.next_week_start as next_week_start,
    week_border.starts_at as starts_at,
    week_border.ends_at as ends_at
from school
join week_border on week_border.timezone = school.timezone
