-- A day list holds two hundred patients and is looked at some thousand times a day: every look the same list. A long list is
-- kept once, under the digest of its ids; the entry names the list, and the chain covers the digest.
create table audit.patient_lists (
    digest      bytea primary key check (digest = sha256(convert_to(array_to_string(patient_ids, ','), 'UTF8'))),
    patient_ids uuid[] not null
);
create index patient_lists_patients on audit.patient_lists using gin (patient_ids);
create trigger append_only before update or delete on audit.patient_lists for each row execute function audit.refuse_change();
create trigger no_truncate before truncate on audit.patient_lists for each statement execute function audit.refuse_truncate();

alter table audit.entries add column list_digest bytea;
create index entries_list on audit.entries (list_digest, at) where list_digest is not null;

-- Entries without a patient of their own are most, and nobody asks this index for them.
drop index audit.entries_patients;
create index entries_patients on audit.entries using gin (patient_ids) where patient_ids <> '{}';

-- Every patient of an entry, whichever way it names them.
create function audit.patients_of(patient_ids uuid[], list_digest bytea) returns uuid[] language sql stable as $$
    select case when list_digest is null then patient_ids else (select l.patient_ids from audit.patient_lists l where l.digest = list_digest) end
$$;
