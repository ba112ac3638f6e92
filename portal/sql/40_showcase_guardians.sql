-- Showcase, guardians: the pupils, and whether a guardian is recorded.
-- One row per school, week and enrolment. Those whose data may not be processed are left out.
-- is_present: the pupil has a guardian. Fresh: as it stands in the week.
-- Source: fact_profile.
select
    fact_profile.school_id as school_id,
    fact_profile.week_start as week_start,
    fact_profile.class_id as class_id,
    fact_profile.person_id as item_id,
    fact_profile.has_guardian as is_present
from fact_profile
where fact_profile.is_restricted = 0
