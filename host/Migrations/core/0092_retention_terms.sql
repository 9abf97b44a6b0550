-- Terms that the practice lengthens for itself. The rule of the class stays the least: whichever ends later counts.
create table core.retention_terms (
    id      uuid primary key,
    version int not null default 1,
    kind    text not null,                                    -- of records
    years   int not null check (years between 1 and 100),
    reason  text not null check (length(reason) between 3 and 300),
    set_by  text not null,
    set_at  timestamptz not null,
    constraint retention_terms_kind unique (kind)
);

-- A document that staff read goes as a whole when its time is over: its versions, who was asked, and what they signed. Alone none of them goes.
alter table core.reading_versions drop constraint reading_versions_document_id_fkey;
alter table core.reading_versions add foreign key (document_id) references core.reading_documents on delete cascade;
alter table core.acknowledgements drop constraint acknowledgements_document_id_fkey;
alter table core.acknowledgements add foreign key (document_id) references core.reading_documents on delete cascade;

create or replace function core.keep_reading_version() returns trigger language plpgsql as $$
begin
    if tg_op = 'DELETE' and not exists (select from core.reading_documents d where d.id = old.document_id) then
        return old;
    end if;
    raise exception 'Version % of a document to read was published', old.number using errcode = 'insufficient_privilege';
end $$;

create function core.drop_reading_file() returns trigger language plpgsql as $$
declare
    sha text;
begin
    -- The same file may be another version's.
    if old.file_id is not null and not exists (select from core.reading_versions v where v.file_id = old.file_id) then
        delete from core.files f where f.id = old.file_id returning f.sha256 into sha;
        delete from core.file_contents c where c.sha256 = sha and not exists (select from core.files f where f.sha256 = sha);
    end if;
    return null;
end $$;
create trigger dropped after delete on core.reading_versions for each row execute function core.drop_reading_file();

create function core.drop_acknowledged_signature() returns trigger language plpgsql as $$
begin
    if old.signature_id is not null and not exists (select from core.reading_documents d where d.id = old.document_id) then
        delete from core.signatures s where s.id = old.signature_id;
    end if;
    return null;
end $$;
create trigger dropped after delete on core.acknowledgements for each row execute function core.drop_acknowledged_signature();
