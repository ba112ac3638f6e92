"""The region's rows as SQL for PostgreSQL: people and classes once, lessons and entries a day at a time.

A school has 19 classes of 25 pupils, 15 groups a class with two lessons a week each (570 lessons), 40 of staff, a guardian a
pupil and every second one two. Ids are counted, not drawn: class ``c`` (from 0) has pupils ``25 c … 25 c + 24``.
"""

from __future__ import annotations

PEOPLE = {
    "classes": 19, "pupils": 25, "groups": 15, "staff": 40, "per_municipality": 20,
    "pupil0": 10_000_000, "guardian0": 20_000_000, "staff0": 1_000,
}  # fmt: skip
"""Sizes, and where the ids of each kind of people begin."""

OFFICERS = {1: "region", 2: "district", 1_000: "head", 1_001: "teacher", 20_000_000: "parent"}
"""Who may sign in: person → login."""

SHAPE = (
    "insert into region (id, key, name) values (1, 'r1', 'Озёрная область')",
    """insert into municipality (id, key, region_id, name)
    select n + 1, 'm' || n, 1, 'Район № ' || (n + 1)
    from generate_series(0, ($schools$ - 1) / $per_municipality$) as n""",
    """insert into school (id, key, municipality_id, name, sort_key, kind, timezone, shifts, contingent_oo1)
    select n + 1, 's' || n, n / $per_municipality$ + 1, 'Школа № ' || (n + 1), 'школа № ' || lpad(n::text, 5, '0'), 'СОШ',
        'Europe/Moscow', 1, $classes$ * $pupils$
    from generate_series(0, $schools$ - 1) as n""",
    """insert into academic_year (school_id, year, starts_on, ends_on)
    select id, year, make_date(year, 9, 1), make_date(year + 1, 5, 31)
    from school cross join generate_series(2025, 2026) as year""",
    """insert into period (key, school_id, year, kind, number, starts_on, ends_on, grade_from, grade_to)
    select 'p' || school.id || '-' || q.number, school.id, 2026, 'quarter', q.number, q.first::date, q.last::date, 1, 11
    from school cross join (values (1, '2026-09-01', '2026-10-25'), (2, '2026-11-02', '2026-12-27'),
        (3, '2027-01-11', '2027-03-21'), (4, '2027-03-29', '2027-05-26')) as q (number, first, last)""",
    """insert into subject (id, key, name)
    select n + 1, 'u' || n, 'Предмет ' || (n + 1) from generate_series(0, $groups$ - 1) as n""",
    """insert into person (id, key, last_name, first_name, middle_name, sort_key)
    select id, 'o' || id, 'Специалистова', 'Анна', 'Ильинична', 'специалистова анна ильинична' from generate_series(1, 2) as id""",
    "insert into office_post (person_id, region_id, post) values (1, 1, 'Специалист')",
    "insert into office_post (person_id, municipality_id, post) values (2, 1, 'Специалист')",
    """insert into person (id, key, last_name, first_name, middle_name, sort_key, activated_at, esia_at)
    select $staff0$ + n, 't' || n, 'Учителева' || n % 997, 'Мария', 'Петровна', 'учителева' || n % 997 || ' мария петровна',
        case when n % 10 < 9 then timestamp '2026-09-02 08:00:00' end, case when n % 3 = 0 then timestamp '2026-09-03 08:00:00' end
    from generate_series(0, $schools$ * $staff$ - 1) as n""",
    """insert into staff_post (school_id, person_id, post, teaching, category, hired_on)
    select n / $staff$ + 1, $staff0$ + n, case n % $staff$ when 0 then 'Директор' when 39 then 'Секретарь' else 'Учитель' end,
        n % $staff$ between 1 and 37, (array['highest', 'first', 'none'])[n % 3 + 1], date '2020-09-01'
    from generate_series(0, $schools$ * $staff$ - 1) as n""",
    """insert into person (id, key, last_name, first_name, middle_name, sort_key, birth_date, activated_at)
    select $pupil0$ + n, 'p' || n, 'Озеров' || n % 997, 'Пётр', 'Ильич', 'озеров' || n % 997 || ' петр ильич', date '2012-05-06',
        case when n % 10 < 7 then timestamp '2026-09-05 08:00:00' + n % 60 * interval '1 day' end
    from generate_series(0, $schools$ * $classes$ * $pupils$ - 1) as n""",
    """insert into person (id, key, last_name, first_name, middle_name, sort_key, activated_at)
    select $guardian0$ + n, 'g' || n, 'Озерова' || n % 997, 'Вера', 'Павловна', 'озерова' || n % 997 || ' вера павловна',
        case when n % 10 < 6 then timestamp '2026-09-05 08:00:00' + n % 60 * interval '1 day' end
    from generate_series(0, $schools$ * $classes$ * $pupils$ - 1) as n""",
    """insert into school_class (id, key, school_id, year, grade, letter)
    select n + 1, 'c' || n, n / $classes$ + 1, 2026, 2 + n % $classes$ % 10, (array['А', 'Б'])[1 + n % $classes$ / 10]
    from generate_series(0, $schools$ * $classes$ - 1) as n""",
    """insert into enrolment (class_id, person_id, enrolled_on)
    select n / $pupils$ + 1, $pupil0$ + n, date '2026-09-01'
    from generate_series(0, $schools$ * $classes$ * $pupils$ - 1) as n""",
    """insert into guardianship (guardian_id, pupil_id, relation)
    select $guardian0$ + n - half, $pupil0$ + n, 'мать'
    from generate_series(0, $schools$ * $classes$ * $pupils$ - 1) as n cross join generate_series(0, 1) as half
    where half = 0 or n % 2 = 1""",
    """insert into teaching_group (id, key, school_id, class_id, subject_id, teacher_id)
    select n + 1, 'g' || n, n / $groups$ / $classes$ + 1, n / $groups$ + 1, n % $groups$ + 1,
        $staff0$ + n / $groups$ / $classes$ * $staff$ + 1 + n % 37
    from generate_series(0, $schools$ * $classes$ * $groups$ - 1) as n""",
)

WEEKLY = (
    # slot i of a class's 30: group i mod 15, on day i mod 5, its second lesson a day later
    """insert into lesson (id, key, group_id, school_id, class_id, date, number, starts_at, ends_at, status, topic, conducted,
        week_start, day_starts_at, marks_due_at, homework_from_at, homework_due_at)
    select $number$ * 1000000 + c * 30 + i, 'l' || $number$ * 1000000 + c * 30 + i, c * 15 + i % 15 + 1, c / $classes$ + 1, c + 1,
        date '$day$', 1 + i / 5, time '08:30' + i / 5 * interval '55 minutes', time '09:15' + i / 5 * interval '55 minutes',
        case when (c + i) % 97 = 0 then 'cancelled' else 'planned' end,
        case when (c + i) % 5 > 0 then 'Тема ' || (c + i) % 500 end, $held$ and (c + i) % 3 = 0,
        '$week$', '$day_starts_at$', '$marks_due_at$', '$homework_from_at$', '$homework_due_at$'
    from generate_series(0, $schools$ * $classes$ - 1) as c cross join generate_series(0, 29) as i
    where (i + i / 15) % 5 = $weekday$""",
    """insert into homework (key, group_id, lesson_id, text, issued_at)
    select 'h' || lesson.id, lesson.group_id, lesson.id, '§ ' || lesson.id % 90, lesson.day_starts_at - interval '15 hours'
    from lesson where lesson.date = '$day$' and lesson.week_start = '$week$' and lesson.id % 10 < 7
        and lesson.id between $number$ * 1000000 and $number$ * 1000000 + 999999""",
    """insert into mark (key, lesson_id, pupil_id, value, work_type_id, set_at)
    select 'm' || lesson.id || '-' || k, lesson.id,
        $pupil0$ + (lesson.class_id - 1) * $pupils$ + (lesson.id + k * 7) % $pupils$, (2 + (lesson.id + k) % 4)::text,
        1 + (lesson.id + k) % 7, lesson.day_starts_at + (8 + (lesson.id + k) % 16) * interval '1 hour'
    from lesson cross join generate_series(0, 2) as k
    where $held$ and lesson.status = 'planned' and lesson.id % 10 < 9 and lesson.date = '$day$'
        and lesson.id between $number$ * 1000000 and $number$ * 1000000 + 999999""",
    """insert into attendance (lesson_id, pupil_id, code, set_at)
    select lesson.id, $pupil0$ + (lesson.class_id - 1) * $pupils$ + (lesson.id + 3) % $pupils$,
        (array['Н', 'Б', 'У', 'О'])[1 + lesson.id % 4], lesson.day_starts_at + interval '9 hours'
    from lesson
    where $held$ and lesson.id % 3 = 0 and lesson.date = '$day$'
        and lesson.id between $number$ * 1000000 and $number$ * 1000000 + 999999""",
    """insert into diary_view (pupil_id, viewer_id, viewed_at)
    select $pupil0$ + n, case when n % 3 = 0 then $pupil0$ + n else $guardian0$ + n end,
        timestamp '$day_starts_at$' + (12 + n % 8) * interval '1 hour'
    from generate_series(0, $schools$ * $classes$ * $pupils$ - 1) as n
    where $held$ and (n + $number$) % 8 = $weekday$""",
)
