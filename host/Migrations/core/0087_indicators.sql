-- What indicators of modules came to, day by day; and month by month, of the same days, so that three years are read as 36 rows a place.
create table core.indicator_values (
    indicator   text not null check (indicator ~ '^[a-z][a-z0-9-]*\.[a-z][a-z0-9-]*$'),
    grain       text not null check (grain in ('day', 'month')),
    starts      date not null check (grain = 'day' or extract(day from starts) = 1),
    location_id uuid,                              -- null: of the whole practice
    provider_id uuid,
    entity_id   uuid,                              -- as it was when the day was counted
    first_by    text check (length(first_by) <= 80),
    second_by   text check (length(second_by) <= 80),
    bucket      smallint,                          -- of a distribution, from 0
    value       numeric(18,6) not null,            -- the sum; the upper part of a ratio; the measurements of a bucket added
    base        numeric(18,6) not null             -- the lower part of a ratio; how many measurements the bucket has
);
-- A day that was counted has at least one row, so that "nothing" and "not counted" are told apart.
create unique index indicator_values_once
    on core.indicator_values (indicator, grain, starts, location_id, provider_id, entity_id, first_by, second_by, bucket) nulls not distinct;

-- Days that rows touched after they were over: counted again within the hour.
create table core.indicator_due (
    source      text not null,                     -- module.source
    location_id uuid,
    day         date not null
);
create unique index indicator_due_once on core.indicator_due (source, location_id, day) nulls not distinct;

create table core.indicator_targets (
    id          uuid primary key,
    version     int not null default 1,
    indicator   text not null,
    location_id uuid references core.locations,    -- null: of the practice, and of each place that has none of its own
    value       numeric(18,6) not null
);
create unique index indicator_targets_once on core.indicator_targets (indicator, location_id) nulls not distinct;

create table core.dashboards (
    id          uuid primary key,
    version     int not null default 1,
    name        text not null check (length(name) between 1 and 60),
    owner_id    uuid not null references core.people on delete cascade,
    owner       text not null,
    role        text,                              -- shared with everybody of this role preset
    keys        text[] not null check (cardinality(keys) between 1 and 12),
    period      text not null,
    location_id uuid references core.locations
);
create index dashboards_owner on core.dashboards (owner_id);
