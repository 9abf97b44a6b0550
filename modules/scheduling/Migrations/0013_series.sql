-- What repeats: wall time and zone. Each occurrence is a visit of its own; what differs from the rule is kept with the visit.
create table series (
    id          uuid primary key,
    version     int not null default 1,
    patient_id  uuid not null,
    provider_id uuid not null references providers,
    location_id uuid not null,
    type_id     uuid not null references appointment_types,
    zone        text not null,
    wall_time   time not null,
    starts_on   date not null,
    every       int not null check (every between 1 and 52),
    unit        text not null check (unit in ('day', 'week', 'month')),
    times       int not null check (times between 2 and 104),
    note        text check (length(note) <= 500),
    made_at     timestamptz not null,
    made_by     text not null
);
create index series_patient on series (patient_id);
alter table visits
    add column series_id uuid references series,
    -- The date the rule gives, whatever day the visit was moved to; a date is booked once.
    add column series_on date,
    add constraint visits_series check ((series_id is null) = (series_on is null));
create unique index visits_series_on on visits (series_id, series_on) where series_id is not null;

select core.patient_table('scheduling', 'series', 'patient_id', 'move', 'record');
