-- The criteria of the profile in force, and whether a school meets them in a week.
-- One row per school, week and row of the profile. The profile in force is the region's latest that has begun by the
-- week, else the product's own. threshold in hundredths of a per cent; is_counted: 0 is only shown.
-- is_met: the exact ratio reaches the threshold, in whole numbers; no value meets nothing. An imported value that
-- holds goes before the computed one. school_activity itself is never a criterion.
-- The limit changes nothing but makes both engines compute each indicator once.
-- Source: activity_profile, activity_criterion, fact_history, figure.
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
        (
            select
                case
                    when
                        given.denominator > 0
                        and 10000 * given.numerator >= activity_criterion.threshold * given.denominator
                        then 1
                    else 0
                end as is_met
            from (
                select
                    figure.numerator as numerator,
                    figure.denominator as denominator
                from figure
                where
                    figure.school_id = base_school_week.school_id
                    and figure.week_start = base_school_week.week_start
                    and figure.indicator = activity_criterion.indicator
                limit 1
            ) as given
        ),
        0
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
