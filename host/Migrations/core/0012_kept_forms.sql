-- A form that came while its person had to prove who they are: kept, encrypted, for the hours of a long lunch, and given back
-- to nobody else. It is never carried out; the person sees it filled and sends it again.
create table core.kept_forms (
    id         uuid primary key,
    person_id  uuid not null references core.people on delete cascade,
    content    bytea not null check (length(content) <= 400000),
    expires_at timestamptz not null
);
create index on core.kept_forms (expires_at);
create index on core.kept_forms (person_id);
