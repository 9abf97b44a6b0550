create table requests (
    id          uuid primary key,
    version     int not null default 1,
    location_id uuid not null,
    patient_id  uuid not null,
    title       text not null check (length(title) between 1 and 120),
    asked_on    date not null,
    done_on     date check (done_on >= asked_on),
    overdue     boolean not null default false check (not overdue or done_on is null)
);
create index requests_open on requests (location_id, asked_on) where done_on is null;
create index requests_overdue on requests (location_id) where overdue;
create index requests_patient on requests (patient_id);

-- What this module shows of patients, fed by their messages: a column for each property of KnownPatient.
select core.known_patients('newmodule');

-- So that merging, exporting and erasing a patient reaches these rows, whether the module is on or off.
select core.patient_table('newmodule', 'requests', 'patient_id', 'move', 'record');
