-- The practice's own identity provider (OpenID Connect), if it has one. Its client secret is among the secrets.
create table core.sign_in_provider (
    id        uuid primary key,
    only_one  boolean not null default true unique check (only_one),
    version   int not null default 1,
    issuer    text not null check (length(issuer) between 1 and 500),
    client_id text not null check (length(client_id) between 1 and 200),
    button    text not null check (length(button) between 1 and 40),
    active    boolean not null
);

-- Which account of the provider is which person, from the first sign-in on: an address may pass to somebody else there, a subject never does.
create table core.person_accounts (
    id        uuid primary key,
    person_id uuid not null references core.people on delete cascade,
    issuer    text not null,
    subject   text not null check (length(subject) between 1 and 300),
    linked_at timestamptz not null,
    unique (issuer, subject),
    unique (person_id, issuer)
);
