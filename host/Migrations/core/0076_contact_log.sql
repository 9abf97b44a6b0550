-- Whom the practice called or wrote to about what, and who called or wrote; by hand, or told by a row of a module that has its own page.
create table core.contact_notes (
    id        uuid primary key,
    version   int not null default 1,
    at        timestamptz not null,
    incoming  boolean not null,
    way       text not null check (way in ('phone', 'email', 'fax', 'mail', 'portal', 'text', 'in-person')),
    whom      text not null check (length(whom) between 1 and 120),
    about     text not null check (length(about) between 1 and 200),
    reference text check (length(reference) between 1 and 60),
    outcome   text not null check (outcome in ('reached', 'left-message', 'no-answer', 'sent', 'received', 'promised', 'refused', 'settled')),
    said      text check (length(said) between 1 and 2000),
    by        text not null,
    by_id     uuid,
    next_on   date,
    next      text check (length(next) between 1 and 200),
    owner_id  uuid,                           -- who follows up; null: anybody
    owner     text,
    done_at   timestamptz,
    done_by   text,
    source    text,                           -- module.log of a row that tells of itself; null: written here
    source_id uuid,
    link      text,                           -- the row's own page, where it is changed
    check ((done_at is null) = (done_by is null)),
    check ((source is null) = (source_id is null) and (source is null) = (link is null)),
    check (next_on is not null or next is null)
);
create unique index contact_notes_source on core.contact_notes (source_id, source) where source is not null;
create index contact_notes_next on core.contact_notes (next_on) where next_on is not null and done_at is null;
create index contact_notes_at on core.contact_notes (at desc);

-- The records that a note is about. The name is as it was: the record may be gone.
create table core.contact_subjects (
    id          uuid primary key,
    note_id     uuid not null references core.contact_notes on delete cascade,
    kind        text not null check (kind ~ '^[a-z][a-z0-9-]*\.[a-z][a-z0-9-]*$'),
    row_id      uuid not null,
    name        text not null check (length(name) between 1 and 200),
    patient_id  uuid,
    location_id uuid,
    constraint contact_subjects_once unique (note_id, kind, row_id)
);
create index contact_subjects_row on core.contact_subjects (row_id, kind);
create index contact_subjects_patient on core.contact_subjects (patient_id) where patient_id is not null;
select core.patient_table('core', 'contact_subjects', 'patient_id', 'drop-duplicate', 'record');
create trigger record_follows_patient before update of patient_id on core.contact_subjects for each row execute function core.record_follows_patient();

-- A note about nobody any more, because whom it was about was erased, goes with them. A merge drops only what another line stands for.
create function core.drop_empty_notes() returns trigger language plpgsql as $$
begin
    delete from core.contact_notes n where n.id in (select note_id from gone) and not exists (select from core.contact_subjects s where s.note_id = n.id);
    return null;
end $$;
create trigger drop_empty_notes after delete on core.contact_subjects referencing old table as gone
    for each statement execute function core.drop_empty_notes();

-- What is handed out of a patient has the notes themselves, which the lines about the patient hang on.
alter function core.patient_record(uuid) rename to patient_rows;
create function core.patient_record(patient uuid) returns table (schema_name text, table_name text, body jsonb) language sql stable as $$
    select * from core.patient_rows(patient)
    union all
    select 'core', 'contact_notes', to_jsonb(n) from core.contact_notes n where exists (
        select from core.contact_subjects s where s.note_id = n.id and s.patient_id = patient)
$$;

-- What a row of a module says of a contact, in the transaction that saves the row.
create function core.put_contact(told jsonb, about jsonb) returns void language plpgsql as $$
declare
    note core.contact_notes := jsonb_populate_record(null::core.contact_notes, told);
    kept uuid;
begin
    insert into core.contact_notes select note.*
    on conflict (source_id, source) where source is not null do update set
        version = core.contact_notes.version + 1, at = excluded.at, incoming = excluded.incoming, way = excluded.way, whom = excluded.whom,
        about = excluded.about, reference = excluded.reference, outcome = excluded.outcome, said = excluded.said, by = excluded.by,
        next_on = excluded.next_on, next = excluded.next, owner_id = excluded.owner_id, owner = excluded.owner,
        done_at = excluded.done_at, done_by = excluded.done_by, link = excluded.link
    returning id into kept;
    insert into core.contact_subjects (id, note_id, kind, row_id, name, patient_id, location_id)
        select gen_random_uuid(), kept, s.kind, s.row_id, s.name, s.patient_id, s.location_id from jsonb_populate_recordset(null::core.contact_subjects, about) s
    on conflict (note_id, kind, row_id) do update set name = excluded.name, patient_id = excluded.patient_id, location_id = excluded.location_id;
    delete from core.contact_subjects s where s.note_id = kept
        and not exists (select from jsonb_populate_recordset(null::core.contact_subjects, about) a where a.kind = s.kind and a.row_id = s.row_id);
end $$;
