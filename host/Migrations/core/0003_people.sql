-- People who sign in: who they are, what they may do, which sessions they have open.
create table core.people (
    id                     uuid primary key,
    version                int not null default 1,
    name                   text not null check (length(name) between 1 and 120),
    staff_member_id        uuid unique references core.staff_members,
    user_name              text not null check (length(user_name) between 1 and 254),
    normalized_user_name   text not null unique,
    email                  text,
    normalized_email       text unique,
    email_confirmed        boolean not null default false,
    password_hash          text,                          -- null until the invitation is taken up
    security_stamp         text,
    concurrency_stamp      text,
    phone_number           text,
    phone_number_confirmed boolean not null default false,
    two_factor_enabled     boolean not null default false,
    lockout_end            timestamptz,
    lockout_enabled        boolean not null default true,
    access_failed_count    int not null default 0,
    active                 boolean not null default true,
    all_locations          boolean not null default true,
    created_at             timestamptz not null
);

-- Authenticator key and recovery codes; the values are encrypted.
create table core.person_tokens (
    user_id        uuid not null references core.people on delete cascade,
    login_provider text not null,
    name           text not null,
    value          text,
    primary key (user_id, login_provider, name)
);

create table core.person_passkeys (
    credential_id bytea primary key check (length(credential_id) <= 1023),
    user_id       uuid not null references core.people on delete cascade,
    data          jsonb not null
);
create index on core.person_passkeys (user_id);

-- A role of the practice's own making. The presets are code: they follow what the modules declare.
create table core.roles (
    id      uuid primary key,
    version int not null default 1,
    name    text not null check (length(name) between 1 and 60)
);
create unique index on core.roles (lower(name));

-- A row per permission that somebody decided on; a permission without a row is new to the role and not granted.
create table core.role_grants (
    id         uuid primary key,
    role_id    uuid not null references core.roles on delete cascade,
    permission text not null check (permission ~ '^[a-z][a-z0-9-]*\.[a-z0-9-]+\.[a-z0-9-]+$'),
    granted    boolean not null,
    unique (role_id, permission)
);

create table core.person_roles (
    id        uuid primary key,
    person_id uuid not null references core.people on delete cascade,
    preset    text,
    role_id   uuid references core.roles,
    check (num_nonnulls(preset, role_id) = 1),
    unique nulls not distinct (person_id, preset, role_id)
);

create table core.person_locations (
    id          uuid primary key,
    person_id   uuid not null references core.people on delete cascade,
    location_id uuid not null references core.locations,
    unique (person_id, location_id)
);

-- One row per sign-in. Every request asks here (through a cache of seconds), so that ending a row ends the session on every host.
create table core.sessions (
    id             uuid primary key,
    person_id      uuid not null references core.people on delete cascade,
    security_stamp text not null,                         -- as it was at sign-in; a new password or second factor ends the others
    method         text not null,
    created_at     timestamptz not null,
    last_seen_at   timestamptz not null,
    confirmed_at   timestamptz not null,                  -- when the person last proved who they are
    locked_at      timestamptz,
    ended_at       timestamptz,
    end_reason     text,
    ip             text not null,
    device         text not null
);
create index on core.sessions (person_id) where ended_at is null;

-- Wrong passwords by name, known here or not: what a stranger sees must not tell whether the name exists.
create table core.sign_in_failures (
    name_digest  text primary key,
    failures     int not null,
    first_at     timestamptz not null,
    locked_until timestamptz
);

-- Links that let somebody set a password: single use, expiring, kept as digests.
create table core.invitations (
    id           uuid primary key,
    version      int not null default 1,
    person_id    uuid not null references core.people on delete cascade,
    token_digest text not null unique,
    purpose      text not null check (purpose in ('invitation', 'reset')),
    created_at   timestamptz not null,
    created_by   text not null,
    expires_at   timestamptz not null,
    used_at      timestamptz
);

-- The first-run page opens once, for whoever holds the token printed on the console.
create table core.first_run (
    only_one     boolean primary key default true check (only_one),
    token_digest text not null,
    expires_at   timestamptz not null,
    used_at      timestamptz
);
