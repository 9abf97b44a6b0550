-- The one small database that every host process shares.
create table practices (
    id            uuid primary key,
    slug          text not null unique check (slug ~ '^[a-z][a-z0-9-]{1,39}$'),
    name          text not null check (length(name) between 1 and 120),
    hosts         text[] not null default '{}',          -- host names that lead here, lower case
    base_url      text not null default '',
    database_name text not null unique,
    server        text,                                   -- connection string of another server; null is the catalogue's own
    status        text not null default 'active' check (status in ('active', 'suspended')),
    outbound_held boolean not null default false,         -- a restored copy speaks to nobody until released
    demo          boolean not null default false,
    gate_version  int not null default 1,                 -- grows with every change that all hosts must take up: modules, profile, roles
    next_due      timestamptz,                            -- hint: the earliest scheduled message; a slow sweep repairs it
    created_at    timestamptz not null default now()
);

create table nodes (
    id           int generated always as identity primary key,   -- 0 is nobody
    machine      text not null,
    process_id   int not null,
    started_at   timestamptz not null default now(),
    heartbeat_at timestamptz not null default now()
);

create table node_gates (
    node_id      int not null references nodes on delete cascade,
    practice_id  uuid not null references practices on delete cascade,
    gate_version int not null,
    primary key (node_id, practice_id)
);

create table data_protection_keys (
    id            int generated always as identity primary key,
    friendly_name text not null unique,
    xml           text not null
);
