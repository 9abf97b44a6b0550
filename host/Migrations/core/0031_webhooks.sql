-- Addresses of programs that are told of messages as they happen.
create table core.webhooks (
    id            uuid primary key,
    version       int not null default 1,
    program_id    uuid not null references core.programs,
    url           text not null check (length(url) between 1 and 500),
    aliases       text[] not null check (cardinality(aliases) > 0),
    secret        bytea not null,                 -- sealed; it signs what is sent
    made_at       timestamptz not null,
    made_by       text not null,
    ended_at      timestamptz,                    -- from then on nothing is sent
    ended_why     text,
    ended_by      text,                           -- null: the host, after days of failure
    delivered_at  timestamptz,
    failing_since timestamptz,                    -- the first failure since the last delivery
    failure       text,
    check ((ended_at is null) = (ended_why is null)),
    check (ended_by is null or ended_at is not null)
);
create index on core.webhooks (program_id);
