-- Own copies of what others own, fed by their messages; version guards against late ones.
create table patients (
    id            uuid primary key,
    version       int not null,
    record_number text not null,
    name          text not null,              -- "Last, First (Preferred)"
    birth_date    date not null,
    sex           text not null,
    phone         text,
    restricted    boolean not null default false,
    active        boolean not null default true,
    -- What find-as-you-type matches: names without accents, digits of the phone, record number; each word after a space.
    find          text not null
);
create index patients_find on patients using gin (find public.gin_trgm_ops);

create table rooms (
    id          uuid primary key,
    version     int not null,
    location_id uuid not null,
    name        text not null,
    active      boolean not null
);
create index rooms_location on rooms (location_id) where active;

create table providers (
    id      uuid primary key,
    version int not null,
    name    text not null,
    active  boolean not null            -- works here and sees patients
);

-- Where a provider can be booked.
create table bookability (
    id          uuid primary key,
    version     int not null default 1,
    provider_id uuid not null references providers,
    location_id uuid not null,
    active      boolean not null default true,
    unique (provider_id, location_id)
);
create index bookability_location on bookability (location_id) where active;

create table appointment_types (
    id               uuid primary key,
    version          int not null default 1,
    name             text not null check (length(name) between 1 and 60),
    minutes          int not null check (minutes between 5 and 720),
    -- Before and after the visit the room is held, the provider is not.
    prep_minutes     int not null default 0 check (prep_minutes between 0 and 120),
    clean_up_minutes int not null default 0 check (clean_up_minutes between 0 and 120),
    kind             text not null default 'visit' check (kind in ('visit', 'new', 'proc', 'tele', 'well', 'nurse')),
    needs_room       boolean not null default false,
    booked_by_roles  text[] not null default '{}',      -- empty: everybody who may book
    patient_overlap  text not null default 'warn' check (patient_overlap in ('warn', 'refuse', 'allow')),
    active           boolean not null default true
);
create unique index appointment_types_name on appointment_types (lower(name)) where active;

-- Wall time of the location, by weekday (0 Sunday), from and to a date inclusive.
create table templates (
    id          uuid primary key,
    version     int not null default 1,
    provider_id uuid not null references providers,
    location_id uuid not null,
    weekday     int not null check (weekday between 0 and 6),
    opens       time not null,
    closes      time not null check (closes > opens),
    valid_from  date not null,
    valid_to    date check (valid_to >= valid_from),
    -- Nobody is at two places, or twice at one, at the same hour.
    constraint templates_overlap exclude using gist (
        provider_id with =, weekday with =,
        int4range((extract(epoch from opens) / 60)::int, (extract(epoch from closes) / 60)::int) with &&,
        daterange(valid_from, valid_to, '[]') with &&)
);

create table schedule_exceptions (
    id          uuid primary key,
    version     int not null default 1,
    kind        text not null check (kind in ('leave', 'closure', 'extra-hours', 'blocked')),
    provider_id uuid references providers,
    location_id uuid,
    from_date   date not null,
    to_date     date not null check (to_date >= from_date),
    opens       time,                          -- null: the whole day
    closes      time check (closes > opens),
    reason      text not null check (length(reason) between 1 and 200),
    check ((opens is null) = (closes is null)),
    check (kind <> 'closure' or (location_id is not null and provider_id is null)),
    check (kind = 'closure' or provider_id is not null),
    check (kind <> 'extra-hours' or (location_id is not null and opens is not null)),
    check (kind <> 'blocked' or opens is not null)
);
create index schedule_exceptions_dates on schedule_exceptions (to_date, from_date);

create table visits (
    id              uuid primary key,
    version         int not null default 1,
    patient_id      uuid not null,
    provider_id     uuid not null references providers,
    room_id         uuid references rooms,
    location_id     uuid not null,
    type_id         uuid not null references appointment_types,
    -- Shown on every list, so that a day is one table. Patient and provider follow their owner's changes; the type stays as booked.
    patient_name    text not null,
    provider_name   text not null,
    type_name       text not null,
    kind            text not null,
    zone            text not null,              -- the location's
    starts_at       timestamptz not null,
    ends_at         timestamptz not null check (ends_at > starts_at),
    held_from       timestamptz not null check (held_from <= starts_at),
    held_to         timestamptz not null check (held_to >= ends_at),
    during          tstzrange not null generated always as (tstzrange(starts_at, ends_at, '[)')) stored,
    room_during     tstzrange not null generated always as (tstzrange(held_from, held_to, '[)')) stored,
    status          text not null default 'booked' check (status in ('booked', 'arrived', 'checked-out', 'canceled', 'no-show')),
    reason          text,                       -- of a cancellation or no-show
    note            text check (length(note) <= 500),
    overbooked      boolean not null default false,
    overbook_reason text,
    left_open       boolean not null default false,
    booking_key     uuid not null unique,
    booked_at       timestamptz not null,
    booked_by       text not null,
    arrived_at      timestamptz,
    arrived_by      text,
    checked_out_at  timestamptz check (checked_out_at >= arrived_at),
    checked_out_by  text,
    ended_at        timestamptz,                -- canceled or did not come
    ended_by        text,
    check (overbooked = (overbook_reason is not null)),
    check (status <> 'canceled' or length(reason) > 0),
    check ((status in ('arrived', 'checked-out')) = (arrived_at is not null)),
    check ((status = 'checked-out') = (checked_out_at is not null)),
    check ((status in ('canceled', 'no-show')) = (ended_at is not null)),
    -- Canceling frees the time; a no-show does not. Two visits overlap only where a person said so and why.
    constraint visits_provider_overlap exclude using gist (provider_id with =, during with &&)
        where (status <> 'canceled' and not overbooked),
    constraint visits_room_overlap exclude using gist (room_id with =, room_during with &&)
        where (status <> 'canceled' and not overbooked and room_id is not null)
);
create index visits_day on visits (location_id, starts_at);
create index visits_provider on visits (provider_id, starts_at);
create index visits_room on visits (room_id, starts_at) where room_id is not null;
create index visits_patient on visits (patient_id, starts_at);
create index visits_open on visits (ends_at) where status in ('booked', 'arrived') and not left_open;

select core.patient_table('scheduling', 'patients', 'id', 'keep', 'projection');
select core.patient_table('scheduling', 'visits', 'patient_id', 'move', 'record');
