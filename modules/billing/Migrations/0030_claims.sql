-- A claim is what one payer is asked to pay for one encounter. Its number is CLM01 and comes back in every answer, so none is used twice.
create sequence claim_numbers start 100001;
create table claims (
    id                 uuid primary key,
    version            int not null default 1,
    number             text not null constraint claims_number unique check (length(number) between 1 and 20),
    encounter_id       uuid not null references encounters on delete cascade,
    location_id        uuid not null,
    zone               text not null,
    patient_id         uuid not null,
    patient_name       text not null,
    entity_id          uuid not null,
    rendering_id       uuid not null,
    payer_id           uuid not null,
    payer              text not null,
    coverage_id        uuid not null,
    rank               int not null check (rank between 1 and 9),
    frequency          text not null default '1' check (frequency in ('1', '7', '8')),
    replaces_id        uuid references claims on delete cascade,
    state              text not null default 'to-check'
                       check (state in ('to-check', 'to-correct', 'held', 'to-send', 'sent', 'received', 'accepted', 'rejected', 'decided', 'closed', 'void')),
    total              numeric(12, 2) not null check (total between 0 and 9999999.99),
    service_from       date not null,
    service_to         date not null,
    payer_claim_number text check (length(payer_claim_number) between 1 and 50),
    filing_last_day    date,
    due_on             date not null,
    faults             text[] not null default '{}',     -- what is to be corrected, in sentences
    held_reason        text check (length(held_reason) between 1 and 300),
    released           boolean not null default false,   -- a person lets it go without enrollment
    changed_after      boolean not null default false,   -- the charges changed after it was sent
    owner_id           uuid,
    owner              text,
    constraint claims_replaces check ((frequency = '1') = (replaces_id is null)),
    check ((held_reason is not null) = (state = 'held')),
    check ((cardinality(faults) > 0) = (state = 'to-correct'))
);
-- An encounter has one claim to a payer's rank on its way; a decided one may be replaced or voided by another.
create unique index claims_on_way on claims (encounter_id, rank) where state not in ('decided', 'closed', 'void');
create index claims_work on claims (state, due_on);
create index claims_patient on claims (patient_id);
create index claims_payer on claims (payer_id, entity_id, state);
create table claim_steps (
    id          uuid primary key,
    row_id      uuid not null references claims on delete cascade,
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
create index claim_steps_row on claim_steps (row_id, at);
select core.patient_table('billing', 'claims', 'patient_id', 'move', 'record');

-- A file of claims to one receiver, with the numbers that a TA1 or 999 answers to. No number is used twice.
create sequence interchange_numbers maxvalue 999999999 cycle;
create sequence group_numbers maxvalue 999999999 cycle;
create table claim_batches (
    id                 uuid primary key,
    version            int not null default 1,
    payer_id           uuid not null,
    payer              text not null,
    entity_id          uuid not null,
    interchange_number int not null,                    -- ISA13
    group_number       int not null,                    -- GS06
    reference          text not null constraint claim_batches_reference unique,   -- BHT03
    file               bytea not null,
    hash               text not null check (hash ~ '^[0-9a-f]{64}$'),             -- SHA-256
    claims             int not null check (claims > 0),
    total              numeric(14, 2) not null,
    made_at            timestamptz not null,
    made_by            text not null,
    recalled_at        timestamptz,
    recalled_by        text
);
create index claim_batches_numbers on claim_batches (interchange_number, group_number);
create table batch_claims (
    id         uuid primary key,
    batch_id   uuid not null references claim_batches on delete cascade,
    claim_id   uuid not null references claims on delete cascade,
    set_number text not null check (length(set_number) between 4 and 9),          -- ST02
    live       boolean not null default true
);
create index batch_claims_batch on batch_claims (batch_id);
create index batch_claims_claim on batch_claims (claim_id);
-- Whoever sends the same claim at the same moment is told: it is in one batch that counts.
create unique index batch_claims_once on batch_claims (claim_id) where live;

-- Names of those who treat, in parts: a claim has them apart (NM103 to NM107).
create table claim_staff (
    id         uuid primary key,
    version    int not null,
    first_name text not null,
    last_name  text not null
);
