-- When the patient last changed for others, which is when the version grows; a merge and its undo leave both alone. Null is "not since
-- it was registered", or before this column was there.
alter table patients add column changed_at timestamptz;

create function note_patient_change() returns trigger language plpgsql as $$
begin
    new.changed_at := now();
    return new;
end $$;
create trigger patients_changed before update on patients for each row when (old.version < new.version) execute function patients.note_patient_change();
