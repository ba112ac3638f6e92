-- Every indicator of a school's week but school_activity, which is made of these: a figure by its code.
-- One row per school, week and indicator; numerator and denominator as the indicator's own view gives them.
-- Each 30_indicator file has an arm here (a test tells which has none): who asks for one code computes one indicator.
-- Source: the views 30_indicator.
select
    given.school_id as school_id,
    given.week_start as week_start,
    given.indicator as indicator,
    given.numerator as numerator,
    given.denominator as denominator
from (
    select
        'accounts_activated' as indicator,
        indicator_accounts_activated.school_id as school_id,
        indicator_accounts_activated.week_start as week_start,
        indicator_accounts_activated.numerator as numerator,
        indicator_accounts_activated.denominator as denominator
    from indicator_accounts_activated
    union all
    select
        'guardian_engagement' as indicator,
        indicator_guardian_engagement.school_id as school_id,
        indicator_guardian_engagement.week_start as week_start,
        indicator_guardian_engagement.numerator as numerator,
        indicator_guardian_engagement.denominator as denominator
    from indicator_guardian_engagement
    union all
    select
        'guardians_activated' as indicator,
        indicator_guardians_activated.school_id as school_id,
        indicator_guardians_activated.week_start as week_start,
        indicator_guardians_activated.numerator as numerator,
        indicator_guardians_activated.denominator as denominator
    from indicator_guardians_activated
    union all
    select
        'homework_timely' as indicator,
        indicator_homework_timely.school_id as school_id,
        indicator_homework_timely.week_start as week_start,
        indicator_homework_timely.numerator as numerator,
        indicator_homework_timely.denominator as denominator
    from indicator_homework_timely
    union all
    select
        'journal_kept' as indicator,
        indicator_journal_kept.school_id as school_id,
        indicator_journal_kept.week_start as week_start,
        indicator_journal_kept.numerator as numerator,
        indicator_journal_kept.denominator as denominator
    from indicator_journal_kept
    union all
    select
        'lessons_planned' as indicator,
        indicator_lessons_planned.school_id as school_id,
        indicator_lessons_planned.week_start as week_start,
        indicator_lessons_planned.numerator as numerator,
        indicator_lessons_planned.denominator as denominator
    from indicator_lessons_planned
    union all
    select
        'marks_timely' as indicator,
        indicator_marks_timely.school_id as school_id,
        indicator_marks_timely.week_start as week_start,
        indicator_marks_timely.numerator as numerator,
        indicator_marks_timely.denominator as denominator
    from indicator_marks_timely
    union all
    select
        'pupils_activated' as indicator,
        indicator_pupils_activated.school_id as school_id,
        indicator_pupils_activated.week_start as week_start,
        indicator_pupils_activated.numerator as numerator,
        indicator_pupils_activated.denominator as denominator
    from indicator_pupils_activated
    union all
    select
        'teachers_activated' as indicator,
        indicator_teachers_activated.school_id as school_id,
        indicator_teachers_activated.week_start as week_start,
        indicator_teachers_activated.numerator as numerator,
        indicator_teachers_activated.denominator as denominator
    from indicator_teachers_activated
    union all
    select
        'teachers_category' as indicator,
        indicator_teachers_category.school_id as school_id,
        indicator_teachers_category.week_start as week_start,
        indicator_teachers_category.numerator as numerator,
        indicator_teachers_category.denominator as denominator
    from indicator_teachers_category
    union all
    select
        'teachers_esia' as indicator,
        indicator_teachers_esia.school_id as school_id,
        indicator_teachers_esia.week_start as week_start,
        indicator_teachers_esia.numerator as numerator,
        indicator_teachers_esia.denominator as denominator
    from indicator_teachers_esia
    union all
    select
        'timetable_filled' as indicator,
        indicator_timetable_filled.school_id as school_id,
        indicator_timetable_filled.week_start as week_start,
        indicator_timetable_filled.numerator as numerator,
        indicator_timetable_filled.denominator as denominator
    from indicator_timetable_filled
) as given
