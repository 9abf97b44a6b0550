-- Programs that act for a person: kinds of program, what a person allowed, and the tokens that were given for it.
-- A token that a program gets for itself has no row: it lasts ten minutes and ends with the program's generation.
alter table core.programs
    add column kind text not null default 'server' check (kind in ('server', 'browser', 'native')),
    add column redirect_uris text[] not null default '{}',
    add check (kind = 'server' or cardinality(redirect_uris) > 0);

-- One row each time somebody lets a program in; the names of the columns are OpenIddict's.
create table core.program_authorizations (
    id                uuid primary key,
    application_id    uuid not null references core.programs,
    subject           text not null,                      -- the person, 32 hex digits
    scopes            text,                               -- JSON
    type              text not null,
    status            text not null,
    properties        text,
    creation_date     timestamptz not null,
    concurrency_token text not null
);
create index on core.program_authorizations (subject, application_id);
create index on core.program_authorizations (application_id);

-- Codes, refresh tokens and access tokens that a person stands behind. What is in them is in them alone, sealed or signed.
create table core.program_tokens (
    id                uuid primary key,
    application_id    uuid not null references core.programs,
    authorization_id  uuid references core.program_authorizations,
    subject           text not null,
    type              text not null,
    status            text not null,
    reference_id      text unique,
    payload           text,
    properties        text,
    creation_date     timestamptz not null,
    expiration_date   timestamptz,
    redemption_date   timestamptz,
    concurrency_token text not null
);
create index on core.program_tokens (authorization_id);
create index on core.program_tokens (application_id);
create index on core.program_tokens (creation_date);

-- A key of a program that acts for a person is kept with the person before it.
alter table core.idempotency_keys drop constraint idempotency_keys_key_check, add check (length(key) between 1 and 240);

-- What a program did for a person is logged as both: the person as who acted, the program as what they acted through.
alter table audit.entries add column program_id uuid;
create index entries_program on audit.entries (program_id, at) where program_id is not null;
