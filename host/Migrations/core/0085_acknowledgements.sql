-- What people of the practice have to read and sign: documents in versions, who reads them, and who did.
create table core.reading_documents (
    id            uuid primary key,
    version       int not null default 1,
    kind          text not null check (kind ~ '^[a-z][a-z0-9-]*\.[a-z][a-z0-9-]*$'), -- module.noun, declared by the module
    key           text not null check (length(key) between 1 and 200),               -- what it is for the module
    name          text not null check (length(name) between 1 and 120),
    everybody     boolean not null,
    roles         text[] not null default '{}',        -- presets, and ids of the practice's own roles
    location_ids  uuid[] not null default '{}',        -- none: at any location
    person_ids    uuid[] not null default '{}',        -- by name, wherever they work
    days          int not null check (days between 1 and 365),
    current       int not null default 0,              -- number of the newest version; 0 while there is none
    asking        int not null default 0 check (asking <= current), -- of the newest that everybody has to sign
    withdrawn_at  timestamptz,
    withdrawn_by  text,
    withdrawn_why text check (length(withdrawn_why) between 3 and 300),
    check (num_nonnulls(withdrawn_at, withdrawn_by, withdrawn_why) in (0, 3)),
    constraint reading_documents_key unique (kind, key)
);

-- A version stays as it was published: people signed for it.
create table core.reading_versions (
    id           uuid primary key,
    document_id  uuid not null references core.reading_documents,
    number       int not null check (number > 0),
    body         text check (length(body) between 1 and 200000),
    file_id      uuid references core.files,
    file_name    text,
    sha256       text not null check (sha256 ~ '^[0-9a-f]{64}$'),
    small        boolean not null,                     -- a correction that nobody signs again for
    change       text check (length(change) between 3 and 300),
    published_at timestamptz not null,
    published_by text not null,
    check (num_nonnulls(body, file_id) = 1),
    check ((file_id is null) = (file_name is null)),
    check (not small or change is not null),
    check (not small or number > 1),
    constraint reading_versions_number unique (document_id, number)
);
create function core.keep_reading_version() returns trigger language plpgsql as $$
begin
    raise exception 'Version % of a document to read was published', old.number using errcode = 'insufficient_privilege';
end $$;
create trigger stays before update or delete on core.reading_versions for each row execute function core.keep_reading_version();

-- One person, one version that asks.
create table core.acknowledgements (
    id            uuid primary key,
    version       int not null default 1,
    document_id   uuid not null references core.reading_documents,
    number        int not null,
    name          text not null,
    person_id     uuid not null references core.people on delete cascade,
    person        text not null,
    asked_on      date not null,
    due_on        date not null check (due_on >= asked_on),
    overdue       boolean not null default false,
    state         text not null check (state in ('waiting', 'signed', 'replaced', 'released')),
    signed_at     timestamptz,
    signed_number int,                                 -- what was on the screen: the same version, or a small correction of it
    signature_id  uuid,
    check ((state = 'signed') = (signed_at is not null)),
    check (num_nonnulls(signed_at, signed_number, signature_id) in (0, 3)),
    check (signed_number >= number),
    constraint acknowledgements_once unique (document_id, number, person_id)
);
create index acknowledgements_person on core.acknowledgements (person_id, state);

-- Who signs for themselves always sees the certificate, and does not sign it off.
alter table core.signatures add column signer_id uuid;
