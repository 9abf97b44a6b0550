create extension if not exists btree_gist with schema public;
create extension if not exists pg_trgm with schema public;
create extension if not exists unaccent with schema public;

-- What was applied here; the fingerprint of a practice is the set of these.
create table if not exists core.migrations (
    module     text not null,
    name       text not null,
    checksum   text not null,
    applied_at timestamptz not null default now(),
    primary key (module, name)
);

-- Which tables hold a patient, so that merge, export, retention and erasure reach every one of them,
-- enabled or not, code present or not.
create table core.patient_tables (
    schema_name    text not null,
    table_name     text not null,
    patient_column text not null,
    on_merge       text not null check (on_merge in ('move', 'keep', 'drop-duplicate')),
    retention      text not null check (retention in ('record', 'audit', 'projection')),
    primary key (schema_name, table_name, patient_column)
);

create function core.patient_table(schema_name text, table_name text, patient_column text, on_merge text, retention text)
returns void language sql as $$
    insert into core.patient_tables values ($1, $2, $3, $4, $5)
    on conflict (schema_name, table_name, patient_column) do update set on_merge = excluded.on_merge, retention = excluded.retention
$$;

create table core.profile (
    id         uuid primary key,
    only_one   boolean not null default true unique check (only_one),
    version    int not null default 1,
    name       text not null check (length(name) between 1 and 120),
    zone       text not null,
    npi        text check (npi ~ '^[0-9]{10}$'),
    tax_id     text check (tax_id ~ '^[0-9]{9}$'),
    phone      text,
    address    text,
    city       text,
    state      text check (state ~ '^[A-Z]{2}$'),
    zip        text check (zip ~ '^[0-9]{5}([0-9]{4})?$'),
    currency   text not null default 'USD' check (currency ~ '^[A-Z]{3}$'),
    theme      text not null default 'default',
    logo_id    uuid
);

create table core.locations (
    id       uuid primary key,
    version  int not null default 1,
    name     text not null check (length(name) between 1 and 80),
    zone     text not null,
    phone    text,
    address  text,
    city     text,
    state    text check (state ~ '^[A-Z]{2}$'),
    zip      text check (zip ~ '^[0-9]{5}([0-9]{4})?$'),
    active   boolean not null default true,
    unique (name)
);

-- Opening hours by weekday (0 Sunday), wall time of the location; no row is closed.
create table core.opening_hours (
    id          uuid primary key,
    location_id uuid not null references core.locations,
    weekday     int not null check (weekday between 0 and 6),
    opens       time not null,
    closes      time not null check (closes > opens),
    unique (location_id, weekday, opens)
);

create table core.closures (
    id          uuid primary key,
    location_id uuid references core.locations,     -- null closes the practice
    from_date   date not null,
    to_date     date not null check (to_date >= from_date),
    reason      text not null check (length(reason) between 1 and 200)
);

create table core.rooms (
    id          uuid primary key,
    version     int not null default 1,
    location_id uuid not null references core.locations,
    name        text not null check (length(name) between 1 and 60),
    active      boolean not null default true,
    unique (location_id, name)
);

-- People who work here, whether or not they sign in.
create table core.staff_members (
    id          uuid primary key,
    version     int not null default 1,
    first_name  text not null default '',
    last_name   text not null check (length(last_name) between 1 and 80),
    credentials text not null default '',
    npi         text check (npi ~ '^[0-9]{10}$'),
    email       text,
    is_provider boolean not null default false,
    active      boolean not null default true
);

-- State of each module here. No row is off.
create table core.modules (
    module     text primary key,
    state      text not null check (state in ('subscribing', 'filling', 'on', 'off', 'failed')),
    fill_from  date,
    fill_state jsonb,
    reason     text,
    changed_at timestamptz not null default now()
);

create table core.settings (
    module      text not null,
    location_id uuid references core.locations,
    version     int not null default 1,
    body        jsonb not null,
    unique nulls not distinct (module, location_id)
);
