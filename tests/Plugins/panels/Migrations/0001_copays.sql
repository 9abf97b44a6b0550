create table copays (
    id       uuid primary key,
    version  int not null default 1,
    visit_id uuid not null,
    place    text not null,
    amount   numeric(12,2) not null,
    patient_id uuid
);
create unique index copays_by_program on copays (visit_id) where place = 'program';
select core.patient_table('panels', 'copays', 'patient_id', 'move', 'record');
