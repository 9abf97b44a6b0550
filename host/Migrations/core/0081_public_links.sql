-- Single-use links for people without an account. The token itself is nowhere: its digest carries the practice, so that in a copy of this
-- database under another id it opens nothing.
create table core.public_links (
    id              uuid primary key,
    kind            text not null check (kind ~ '^[a-z][a-z0-9-]*\.[a-z][a-z0-9-]*$'),
    token_digest    bytea not null unique check (length(token_digest) = 32),
    subject_id      uuid not null,
    patient_id      uuid,
    location_id     uuid,
    recipient       text not null check (length(recipient) between 1 and 120),
    language        text not null check (language in ('en', 'es')),
    birth_digest    bytea check (length(birth_digest) = 32),
    tries           int not null default 0,
    made_at         timestamptz not null,
    made_by         uuid,
    made_by_name    text not null,
    expires_at      timestamptz not null check (expires_at > made_at),
    used_at         timestamptz,
    revoked_at      timestamptz,
    revoked_by_name text,
    check (used_at is null or revoked_at is null),
    check ((revoked_at is null) = (revoked_by_name is null))
);
create index public_links_subject on core.public_links (subject_id, made_at);
create index public_links_patient on core.public_links (patient_id) where patient_id is not null;

select core.patient_table('core', 'public_links', 'patient_id', 'move', 'record');
