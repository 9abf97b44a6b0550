-- A file that is opened by a page of its owner alone, which judges the record it belongs to: at /files/{id} it is not there.
alter table core.file_owners add own_page_only boolean not null default false;

-- Files that people put to a record of any module. Whoever may see the record, as its module finds it, sees them.
create table core.attachments (
    id         uuid primary key,
    version    int not null default 1,
    kind       text not null check (kind ~ '^[a-z][a-z0-9-]*\.[a-z][a-z0-9-]*$'),    -- as the module declared it
    row_id     uuid not null,
    patient_id uuid,                          -- whom the record is about; follows the record
    title      text not null check (length(title) between 1 and 120),
    added_at   timestamptz not null,
    added_by   text not null,
    removed_at timestamptz,
    removed_by text,
    check ((removed_at is null) = (removed_by is null))
);
create index attachments_row on core.attachments (row_id, kind);
create index attachments_patient on core.attachments (patient_id) where patient_id is not null;
create index attachments_removed on core.attachments (removed_at) where removed_at is not null;
select core.patient_table('core', 'attachments', 'patient_id', 'move', 'record');

-- Where the record is the patient itself, it goes where the patient goes.
create function core.record_follows_patient() returns trigger language plpgsql as $$
begin
    if new.row_id = old.patient_id and new.patient_id is not null then
        new.row_id := new.patient_id;
    end if;
    return new;
end $$;
create trigger record_follows_patient before update of patient_id on core.attachments for each row execute function core.record_follows_patient();

-- What was put there first, and what took its place since; the highest number is the one that counts.
create table core.attachment_versions (
    id            uuid primary key,
    attachment_id uuid not null references core.attachments on delete cascade,
    number        int not null check (number > 0),
    file_id       uuid not null,
    name          text not null,
    type          text not null,
    length        bigint not null,
    added_at      timestamptz not null,
    added_by      text not null,
    unique (attachment_id, number)
);
create index attachment_versions_file on core.attachment_versions (file_id);

-- Takes attachments away for good, with all versions and what nobody else keeps of their contents.
create function core.drop_attachments(gone uuid[]) returns int language plpgsql as $$
declare
    stored uuid[];
    shas   text[];
    n      int;
begin
    select array_agg(v.file_id) into stored from core.attachment_versions v where v.attachment_id = any (gone);
    delete from core.attachments a where a.id = any (gone);
    get diagnostics n = row_count;
    with dropped as (delete from core.files f where f.id = any (stored) returning f.sha256) select array_agg(sha256) into shas from dropped;
    delete from core.file_contents c where c.sha256 = any (shas) and not exists (select from core.files f where f.sha256 = c.sha256);
    return n;
end $$;

-- The record is of another patient now: so are its files.
create function core.attachments_follow(kinds text[], record uuid, patient uuid) returns void language sql as $$
    update core.attachments set patient_id = patient where row_id = record and kind = any (kinds) and patient_id is distinct from patient;
    update core.file_owners o set patient_id = patient from core.attachment_versions v join core.attachments a on a.id = v.attachment_id
        where o.file_id = v.file_id and a.row_id = record and a.kind = any (kinds) and o.patient_id is distinct from patient;
$$;
