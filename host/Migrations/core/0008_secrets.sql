-- Passwords and keys of services outside, sealed with a key that is not in the database. Apart from settings, which are shown and exported.
create table core.secrets (
    id         text primary key check (id ~ '^[a-z][a-z0-9-]*\.[a-z0-9-]+$'),
    sealed     bytea not null,
    changed_at timestamptz not null,
    changed_by text not null
);
