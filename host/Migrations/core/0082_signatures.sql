-- What somebody signed, exactly as it stood before them, and how. A row stays as it is: a merge moves it to the record that was kept, and only
-- retention erases it.
create table core.signatures (
    id           uuid primary key,
    permission   text not null,                      -- of the module, of whoever may see it
    subject_id   uuid not null,
    patient_id   uuid,
    location_id  uuid,
    title        text not null check (length(title) between 1 and 200),
    body         bytea not null check (length(body) between 1 and 1000000),
    sha256       bytea not null check (sha256 = sha256(body)),
    language     text not null check (language in ('en', 'es')),
    consent      text not null check (length(consent) > 0),
    signer       text not null check (length(signer) between 1 and 120),
    relationship text not null check (length(relationship) between 1 and 80),
    drawn        text check (length(drawn) <= 20000), -- null: the typed name is the signature
    how          text not null check (how in ('desk', 'tablet', 'link')),
    place        text not null,
    present_id   uuid,
    present_name text,                               -- who of the staff was there; null by link
    signed_at    timestamptz not null,
    digest       bytea not null check (length(digest) = 32),
    check ((how = 'link') = (present_name is null))
);
create index signatures_subject on core.signatures (subject_id);
create index signatures_patient on core.signatures (patient_id) where patient_id is not null;

create function core.keep_signature() returns trigger language plpgsql as $$
begin
    if to_jsonb(new) - 'patient_id' is distinct from to_jsonb(old) - 'patient_id' then
        raise exception 'Signature % was given', old.id using errcode = 'insufficient_privilege';
    end if;
    return new;
end $$;
create trigger stays before update on core.signatures for each row execute function core.keep_signature();

select core.patient_table('core', 'signatures', 'patient_id', 'move', 'record');

-- Somebody of the staff looked at a signature and says so, after proving who they are.
create table core.signature_sign_offs (
    signature_id uuid not null references core.signatures on delete cascade,
    person_id    uuid not null,
    person_name  text not null,
    signed_at    timestamptz not null,
    primary key (signature_id, person_id)
);

-- A link that is opened at once on a tablet in the office: who handed it over is there.
alter table core.public_links add column handed_over boolean not null default false;
