-- «Статистика недели по предметам»: lessons held and marks of a week by subject, without names.
-- One row per school, week and subject with lessons. marks: that stand in the week's lessons, whenever they were set;
-- fives to ones count whole marks (зачёт and the like are in marks only); pupils: distinct ones with a mark.
-- Source: lesson, teaching_group, mark.
select
    lesson.school_id as school_id,
    lesson.week_start as week_start,
    teaching_group.subject_id as subject_id,
    count(distinct lesson.id) as lessons,
    count(mark.id) as marks,
    count(distinct mark.pupil_id) as pupils,
    sum(case when mark.value = '5' then 1 else 0 end) as fives,
    sum(case when mark.value = '4' then 1 else 0 end) as fours,
    sum(case when mark.value = '3' then 1 else 0 end) as threes,
    sum(case when mark.value = '2' then 1 else 0 end) as twos,
    sum(case when mark.value = '1' then 1 else 0 end) as ones
from lesson
join teaching_group on teaching_group.id = lesson.group_id
left join mark on mark.lesson_id = lesson.id and mark.removed_at is null
where lesson.status <> 'cancelled'
group by lesson.school_id, lesson.week_start, teaching_group.subject_id
