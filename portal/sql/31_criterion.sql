-- The criteria of the profile in force, and whether a school meets them in a week.
-- One row per school, week and row of the profile. The profile in force is the region's latest that has begun by the
-- week, else the product's own. threshold in hundredths of a per cent; is_counted: 0 is only shown.
-- is_met: the exact ratio reaches the threshold, in whole numbers; no value meets nothing. An imported value that
-- holds goes before the computed one. school_activity itself is never a criterion.
-- The limits change nothing but make both engines compute each indicator once.
-- Source: activity_profile, activity_criterion, fact_history, the indicators.
select
    base_school_week.school_id as school_id,
    base_school_week.week_start as week_start,
    activity_criterion.indicator as indicator,
    activity_criterion.threshold as threshold,
    case when activity_criterion.counted and activity_criterion.indicator <> 'school_activity' then 1 else 0 end
        as is_counted,
    coalesce(
        (
            select
                case
                    when fact_history.value >= 100 * activity_criterion.threshold then 1
                    when fact_history.value is not null then 0
                    when
                        fact_history.denominator > 0
                        and 10000 * fact_history.numerator >= activity_criterion.threshold * fact_history.denominator
                        then 1
                    else 0
                end as is_met
            from fact_history
            where
                fact_history.school_id = base_school_week.school_id
                and fact_history.week_start = base_school_week.week_start
                and fact_history.indicator = activity_criterion.indicator
        ),
        case activity_criterion.indicator
            when 'accounts_activated' then (
                select
                    case
                        when given.denominator > 0
                            and 10000 * given.numerator >= activity_criterion.threshold * given.denominator then 1
                        else 0
                    end as is_met
                from (
                    select
                        indicator_accounts_activated.numerator as numerator,
                        indicator_accounts_activated.denominator as denominator
                    from indicator_accounts_activated
                    where
                        indicator_accounts_activated.school_id = base_school_week.school_id
                        and indicator_accounts_activated.week_start = base_school_week.week_start
                    limit 1
                ) as given
            )
            when 'guardian_engagement' then (
                select
                    case
                        when given.denominator > 0
                            and 10000 * given.numerator >= activity_criterion.threshold * given.denominator then 1
                        else 0
                    end as is_met
                from (
                    select
                        indicator_guardian_engagement.numerator as numerator,
                        indicator_guardian_engagement.denominator as denominator
                    from indicator_guardian_engagement
                    where
                        indicator_guardian_engagement.school_id = base_school_week.school_id
                        and indicator_guardian_engagement.week_start = base_school_week.week_start
                    limit 1
                ) as given
            )
            when 'guardians_activated' then (
                select
                    case
                        when given.denominator > 0
                            and 10000 * given.numerator >= activity_criterion.threshold * given.denominator then 1
                        else 0
                    end as is_met
                from (
                    select
                        indicator_guardians_activated.numerator as numerator,
                        indicator_guardians_activated.denominator as denominator
                    from indicator_guardians_activated
                    where
                        indicator_guardians_activated.school_id = base_school_week.school_id
                        and indicator_guardians_activated.week_start = base_school_week.week_start
                    limit 1
                ) as given
            )
            when 'homework_timely' then (
                select
                    case
                        when given.denominator > 0
                            and 10000 * given.numerator >= activity_criterion.threshold * given.denominator then 1
                        else 0
                    end as is_met
                from (
                    select
                        indicator_homework_timely.numerator as numerator,
                        indicator_homework_timely.denominator as denominator
                    from indicator_homework_timely
                    where
                        indicator_homework_timely.school_id = base_school_week.school_id
                        and indicator_homework_timely.week_start = base_school_week.week_start
                    limit 1
                ) as given
            )
            when 'journal_kept' then (
                select
                    case
                        when given.denominator > 0
                            and 10000 * given.numerator >= activity_criterion.threshold * given.denominator then 1
                        else 0
                    end as is_met
                from (
                    select
                        indicator_journal_kept.numerator as numerator,
                        indicator_journal_kept.denominator as denominator
                    from indicator_journal_kept
                    where
                        indicator_journal_kept.school_id = base_school_week.school_id
                        and indicator_journal_kept.week_start = base_school_week.week_start
                    limit 1
                ) as given
            )
            when 'lessons_planned' then (
                select
                    case
                        when given.denominator > 0
                            and 10000 * given.numerator >= activity_criterion.threshold * given.denominator then 1
                        else 0
                    end as is_met
                from (
                    select
                        indicator_lessons_planned.numerator as numerator,
                        indicator_lessons_planned.denominator as denominator
                    from indicator_lessons_planned
                    where
                        indicator_lessons_planned.school_id = base_school_week.school_id
                        and indicator_lessons_planned.week_start = base_school_week.week_start
                    limit 1
                ) as given
            )
            when 'marks_timely' then (
                select
                    case
                        when given.denominator > 0
                            and 10000 * given.numerator >= activity_criterion.threshold * given.denominator then 1
                        else 0
                    end as is_met
                from (
                    select
                        indicator_marks_timely.numerator as numerator,
                        indicator_marks_timely.denominator as denominator
                    from indicator_marks_timely
                    where
                        indicator_marks_timely.school_id = base_school_week.school_id
                        and indicator_marks_timely.week_start = base_school_week.week_start
                    limit 1
                ) as given
            )
            when 'pupils_activated' then (
                select
                    case
                        when given.denominator > 0
                            and 10000 * given.numerator >= activity_criterion.threshold * given.denominator then 1
                        else 0
                    end as is_met
                from (
                    select
                        indicator_pupils_activated.numerator as numerator,
                        indicator_pupils_activated.denominator as denominator
                    from indicator_pupils_activated
                    where
                        indicator_pupils_activated.school_id = base_school_week.school_id
                        and indicator_pupils_activated.week_start = base_school_week.week_start
                    limit 1
                ) as given
            )
            when 'teachers_activated' then (
                select
                    case
                        when given.denominator > 0
                            and 10000 * given.numerator >= activity_criterion.threshold * given.denominator then 1
                        else 0
                    end as is_met
                from (
                    select
                        indicator_teachers_activated.numerator as numerator,
                        indicator_teachers_activated.denominator as denominator
                    from indicator_teachers_activated
                    where
                        indicator_teachers_activated.school_id = base_school_week.school_id
                        and indicator_teachers_activated.week_start = base_school_week.week_start
                    limit 1
                ) as given
            )
            when 'teachers_category' then (
                select
                    case
                        when given.denominator > 0
                            and 10000 * given.numerator >= activity_criterion.threshold * given.denominator then 1
                        else 0
                    end as is_met
                from (
                    select
                        indicator_teachers_category.numerator as numerator,
                        indicator_teachers_category.denominator as denominator
                    from indicator_teachers_category
                    where
                        indicator_teachers_category.school_id = base_school_week.school_id
                        and indicator_teachers_category.week_start = base_school_week.week_start
                    limit 1
                ) as given
            )
            when 'teachers_esia' then (
                select
                    case
                        when given.denominator > 0
                            and 10000 * given.numerator >= activity_criterion.threshold * given.denominator then 1
                        else 0
                    end as is_met
                from (
                    select
                        indicator_teachers_esia.numerator as numerator,
                        indicator_teachers_esia.denominator as denominator
                    from indicator_teachers_esia
                    where
                        indicator_teachers_esia.school_id = base_school_week.school_id
                        and indicator_teachers_esia.week_start = base_school_week.week_start
                    limit 1
                ) as given
            )
            when 'timetable_filled' then (
                select
                    case
                        when given.denominator > 0
                            and 10000 * given.numerator >= activity_criterion.threshold * given.denominator then 1
                        else 0
                    end as is_met
                from (
                    select
                        indicator_timetable_filled.numerator as numerator,
                        indicator_timetable_filled.denominator as denominator
                    from indicator_timetable_filled
                    where
                        indicator_timetable_filled.school_id = base_school_week.school_id
                        and indicator_timetable_filled.week_start = base_school_week.week_start
                    limit 1
                ) as given
            )
            else 0
        end
    ) as is_met
from base_school_week
join municipality on municipality.id = base_school_week.municipality_id
join activity_profile
    on activity_profile.id = coalesce(
        (
            select own.id as profile_id
            from activity_profile as own
            where own.region_id = municipality.region_id and own.from_week <= base_school_week.sunday
            order by own.from_week desc
            limit 1
        ),
        (
            select product.id as profile_id
            from activity_profile as product
            where product.region_id is null and product.from_week <= base_school_week.sunday
            order by product.from_week desc
            limit 1
        )
    )
join activity_criterion on activity_criterion.profile_id = activity_profile.id
