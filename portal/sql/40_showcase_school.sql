-- Showcase, school profile: its five fields, and whether each is filled in.
-- One row per school, week and field. item_id: 1 address, 2 type, 3 ОКТМО, 4 КПП, 5 ИНН.
-- Fresh: as it stands.
-- Source: base_school_week, school.
select
    base_school_week.school_id as school_id,
    base_school_week.week_start as week_start,
    field.number as item_id,
    case
        when field.number = 1 and school.address <> '' then 1
        when field.number = 2 and school.kind <> '' then 1
        when field.number = 3 and school.oktmo <> '' then 1
        when field.number = 4 and school.kpp <> '' then 1
        when field.number = 5 and school.inn <> '' then 1
        else 0
    end as is_present
from base_school_week
join school on school.id = base_school_week.school_id
cross join (
    select 1 as number
    union all
    select 2 as number
    union all
    select 3 as number
    union all
    select 4 as number
    union all
    select 5 as number
) as field
