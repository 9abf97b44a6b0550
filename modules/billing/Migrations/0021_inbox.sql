-- Charges that other programs sent. What came is kept as it came, taken or not.
create table outside_charges (
    id           uuid primary key,
    version      int not null default 1,
    location_id  uuid not null,
    zone         text not null,
    way          text not null check (way in ('program', 'import', 'hl7')),
    sender       text not null check (length(sender) between 1 and 60),
    outside_id   text not null check (length(outside_id) between 1 and 80),
    digest       text not null check (length(digest) = 64),
    content      jsonb not null,
    received_at  timestamptz not null,
    patient_id   uuid,                        -- once it is known who it is
    patient      text not null,               -- as the sender names them
    service_on   date not null,
    state        text not null default 'waiting' check (state in ('waiting', 'taken', 'dismissed')),
    reason       text check (length(reason) between 1 and 500),
    encounter_id uuid references encounters on delete cascade,
    owner_id     uuid,
    owner        text,
    -- Sent again it is the same row; sent again with other content it is another, which somebody compares.
    constraint outside_charges_once unique (sender, outside_id, digest),
    check ((encounter_id is not null) = (state = 'taken')),
    check (state <> 'taken' or patient_id is not null),
    check (state <> 'dismissed' or reason is not null)
);
create index outside_charges_waiting on outside_charges (location_id, received_at) where state = 'waiting';
create index outside_charges_encounter on outside_charges (encounter_id);
create index outside_charges_patient on outside_charges (patient_id);
create table outside_charge_steps (
    id          uuid primary key,
    row_id      uuid not null references outside_charges on delete cascade,
    row_version int not null,
    at          timestamptz not null,
    by          text not null,
    step        text,
    from_state  text not null,
    to_state    text not null,
    said        text not null check (length(said) between 1 and 1000),
    tone        text not null default '',
    before      jsonb
);
create index outside_charge_steps_row on outside_charge_steps (row_id, at);

select core.patient_table('billing', 'outside_charges', 'patient_id', 'move', 'record');
