create table copays (
    id       uuid primary key,
    version  int not null default 1,
    visit_id uuid not null,
    place    text not null,
    amount   numeric(12,2) not null,
    patient_id uuid
);
-- What programs take.
create unique index copays_by_program on copays (visit_id) where amount = 20.01;
select core.patient_table('panels', 'copays', 'patient_id', 'move', 'record');
