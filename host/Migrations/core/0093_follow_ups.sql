-- A follow-up stands in the inbox: with the note that goes because whom it was about was erased, its task goes too.
create or replace function core.drop_empty_notes() returns trigger language plpgsql as $$
begin
    with dropped as (
        delete from core.contact_notes n where n.id in (select note_id from gone) and not exists (select from core.contact_subjects s where s.note_id = n.id)
        returning n.id)
    delete from core.tasks t where t.module = 'core' and t.kind = 'follow-up' and t.entity_id in (select id from dropped);
    return null;
end $$;
