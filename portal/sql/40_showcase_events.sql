-- Showcase, school events: those of the current period, held or still to come.
-- One row per school, week and event; is_present is always 1 (how many there should be, nobody can say: one at least).
-- Fresh: from the Monday of the current period on (fact_current_period).
-- Source: fact_current_period, school_event.
select
    fact_current_period.school_id as school_id,
    fact_current_period.week_start as week_start,
    school_event.id as item_id,
    1 as is_present
from fact_current_period
join school_event on school_event.school_id = fact_current_period.school_id
where
    school_event.held_on >= fact_current_period.period_week
    and school_event.removed_at is null
