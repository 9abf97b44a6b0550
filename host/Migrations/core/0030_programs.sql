-- Programs: principals beside people, which call the HTTP API with tokens (OAuth 2.0 client credentials).
create table core.programs (
    id                  uuid primary key,
    version             int not null default 1,
    name                text not null check (length(name) between 1 and 60),
    contact             text check (length(contact) between 1 and 200),  -- whom to call when it misbehaves
    scopes              text[] not null check (cardinality(scopes) > 0), -- permissions
    all_locations       boolean not null default true,
    locations           uuid[] not null default '{}' check (all_locations or cardinality(locations) > 0),
    requests_per_minute int not null check (requests_per_minute between 1 and 6000),
    generation          int not null default 1,                          -- tokens of an earlier one mean nothing
    created_at          timestamptz not null,
    created_by          text not null,
    revoked_at          timestamptz,
    revoked_by          text,
    last_used_at        timestamptz,
    check ((revoked_at is null) = (revoked_by is null))
);
create unique index programs_one_name on core.programs (lower(name)) where revoked_at is null;

-- What a program proves itself with, as digests of 256 random bits. Two are good at once while a program changes over.
create table core.program_secrets (
    id         uuid primary key,
    program_id uuid not null references core.programs,
    digest     bytea not null unique check (length(digest) = 32),
    made_at    timestamptz not null,
    ends_at    timestamptz                                               -- null: until another takes its place
);
create index on core.program_secrets (program_id);
create unique index program_secrets_one_lasting on core.program_secrets (program_id) where ends_at is null;

-- Keys that sign tokens (ES256). The private part is sealed for this practice; a copy elsewhere makes its own.
create table core.signing_keys (
    id          uuid primary key,
    public_key  bytea not null,                                          -- SubjectPublicKeyInfo
    private_key bytea not null,                                          -- sealed PKCS #8
    made_at     timestamptz not null,
    signs_from  timestamptz not null,                                    -- known to others before it signs
    ends_at     timestamptz not null check (ends_at >= signs_from)       -- from then its tokens mean nothing
);
create index on core.signing_keys (ends_at);

-- What a write of a program was answered, sealed, for a day: sent again it is answered alike and not done again.
create table core.idempotency_keys (
    program_id     uuid not null references core.programs on delete cascade,
    key            text not null check (length(key) between 1 and 200),
    request_digest bytea not null check (length(request_digest) = 32),
    answer         bytea not null,
    made_at        timestamptz not null,
    primary key (program_id, key)
);
create index on core.idempotency_keys (made_at);
