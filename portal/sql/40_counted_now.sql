-- Days counted ahead (table counted_day) with their numbers as they stand: a stale day is counted anew.
-- One row per school, what is counted (marks, lessons) and day. Marks: standing marks by the moment they were set.
-- Lessons: not cancelled, with a topic or homework due at them, by their date.
-- «+ 0»: a day's marks are found by their moment, not by going through all lessons of the school.
-- Source: counted_day, mark, lesson, calendar_day, fact_lesson.
select
    counted_day.school_id as school_id,
    calendar_day.week_start as week_start,
    counted_day.what as what,
    counted_day.day as day,
    case
        when counted_day.stale and counted_day.what = 'marks' then (
            select count(*) as found
            from mark
            join lesson on lesson.id = mark.lesson_id
            where
                mark.set_at >= counted_day.starts_at
                and mark.set_at < counted_day.ends_at
                and mark.removed_at is null
                and lesson.school_id + 0 = counted_day.school_id
        )
        when counted_day.stale then (
            select count(*) as found
            from fact_lesson
            where
                fact_lesson.school_id = counted_day.school_id
                and fact_lesson.week_start = calendar_day.week_start
                and fact_lesson.date = counted_day.day
                and fact_lesson.is_planned = 1
        )
        else counted_day.number
    end as number
from counted_day
left join calendar_day on calendar_day.day = counted_day.day
