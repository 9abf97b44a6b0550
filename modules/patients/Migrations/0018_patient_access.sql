-- The few charts that the host asks for every few seconds.
create index patients_restricted on patients (id) where restricted;

-- A confidential way to be reached stands in the patient's own row (45 CFR 164.522(b)), so that nothing that shows or prints a number or an
-- address can read the one without the other. Kept by the database, whoever writes the addresses: a merge moves them past any code.
alter table patients add column confidential jsonb not null default '[]';

create function confidential_ways(patient uuid) returns jsonb language sql stable as $$
    select coalesce(jsonb_agg(jsonb_build_object('careOf', care_of, 'address', address, 'address2', address2, 'city', city, 'state', state, 'zip', zip,
        'phone', phone, 'email', email, 'from', from_date, 'to', to_date) order by from_date), '[]')
    from patients.addresses where patient_id = patient and kind = 'confidential'
$$;

create function note_confidential_way() returns trigger language plpgsql as $$
begin
    update patients.patients set confidential = patients.confidential_ways(id)
    where id in (old.patient_id, new.patient_id) and confidential <> patients.confidential_ways(id);
    return null;
end $$;
create trigger addresses_confidential after insert or update or delete on addresses for each row execute function patients.note_confidential_way();

update patients set confidential = patients.confidential_ways(id) where id in (select patient_id from addresses where kind = 'confidential');
