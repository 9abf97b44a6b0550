-- A copy of the patients' cases, fed by their owner's messages: what booking and the desk offer.
create table cases (
    id           uuid primary key,
    version      int not null,
    patient_id   uuid not null,
    kind         text not null,
    title        text not null,
    accident_on  date not null,
    claim_number text,
    closed_on    date                       -- the last day it is open
);
create index cases_patient on cases (patient_id);
select core.patient_table('scheduling', 'cases', 'patient_id', 'move', 'projection');

-- The accident a visit is for; null: the health plan's. Erasing a patient takes both in whatever order.
alter table visits add column case_id uuid references cases on delete set null;
create index visits_case on visits (case_id) where case_id is not null;

-- A type may be the usual one of a kind of case: booking it proposes the patient's case.
alter table appointment_types add column case_kind text check (case_kind in ('workers-comp', 'auto', 'liability', 'other'));

-- A visit is for a case of its own patient that is open on its day. Checked when the case or the day is chosen, not when a case
-- closes later or records are merged: those change what was right.
create function case_fits_visit() returns trigger language plpgsql as $$
begin
    if new.case_id is not null then
        -- The case is held until this transaction ends, so that nobody closes it in between.
        perform 1 from scheduling.cases c
            where c.id = new.case_id and c.patient_id = new.patient_id
              and (new.starts_at at time zone new.zone)::date between c.accident_on and coalesce(c.closed_on, 'infinity')
            for share;
        if not found then
            raise exception 'The case is of another patient, or not open on the day of the visit' using errcode = 'check_violation', constraint = 'visits_case_fits';
        end if;
    end if;
    return new;
end $$;
create trigger case_fits before insert or update of case_id, starts_at on visits for each row execute function scheduling.case_fits_visit();
