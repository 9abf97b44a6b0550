-- Own copies of what others own, fed by their messages; version guards against late ones.
create table patients (
    id            uuid primary key,
    version       int not null,
    record_number text not null,
    name          text not null,              -- "Last, First (Preferred)"
    birth_date    date not null,
    sex           text not null,
    phone         text,
    restricted    boolean not null default false,
    active        boolean not null default true,
    language      text not null default 'en',
    -- What find-as-you-type matches: names without accents, digits of the phone, record number; each word after a space.
    find          text not null
);
create index patients_find on patients using gin (find public.gin_trgm_ops);

-- What a claim names of a patient beside that: names in parts and the address.
create table claim_patients (
    id          uuid primary key,
    version     int not null,
    first_name  text not null,
    middle_name text,
    last_name   text not null,
    suffix      text,
    address     text,
    address2    text,
    city        text,
    state       text,
    zip         text,
    deceased_on date
);

create table coverages (
    id                 uuid primary key,
    version            int not null,
    patient_id         uuid not null,
    case_id            uuid,
    line               text not null,
    rank               int not null,
    payer_id           uuid not null,
    payer              text not null,
    claim_filing_code  text,
    member_id          text not null,
    group_number       text,
    group_name         text,
    plan_name          text,
    plan_type          text,
    relationship       text not null,
    subscriber_first   text,
    subscriber_middle  text,
    subscriber_last    text not null,
    subscriber_suffix  text,
    subscriber_birth   date,
    subscriber_sex     text,
    subscriber_address text,
    subscriber_address2 text,
    subscriber_city    text,
    subscriber_state   text,
    subscriber_zip     text,
    effective_from     date not null,
    effective_to       date                   -- the last day covered
);
create index coverages_patient on coverages (patient_id);

create table cases (
    id           uuid primary key,
    version      int not null,
    patient_id   uuid not null,
    kind         text not null,               -- workers-comp, auto, liability, other
    title        text not null,
    accident_on  date not null,
    state        text,                        -- where a car accident was
    claim_number text,
    closed_on    date                         -- the last day it is open
);
create index cases_patient on cases (patient_id);

create table payers (
    id                uuid primary key,
    version           int not null,
    name              text not null,
    payer_number      text,
    address           text,
    city              text,
    state             text,
    zip               text,
    phone             text,
    claim_filing_code text,
    active            boolean not null
);

create table providers (
    id      uuid primary key,
    version int not null,
    name    text not null,
    npi     text,
    active  boolean not null
);

create table places (
    id        uuid primary key,
    version   int not null,
    name      text not null,
    zone      text not null,
    entity_id uuid,
    address   text,
    city      text,
    state     text,
    zip       text,
    active    boolean not null
);

create table entities (
    id           uuid primary key,
    version      int not null,
    name         text not null,
    tax_id       text,
    npi          text,
    main         boolean not null,
    fiscal_month int not null,
    active       boolean not null
);

create table cost_centres (
    id        uuid primary key,
    version   int not null,
    code      text not null,
    name      text not null,
    entity_id uuid,
    active    boolean not null
);

select core.patient_table('billing', 'patients', 'id', 'keep', 'projection');
select core.patient_table('billing', 'claim_patients', 'id', 'keep', 'projection');
select core.patient_table('billing', 'cases', 'patient_id', 'move', 'projection');
select core.patient_table('billing', 'coverages', 'patient_id', 'move', 'projection');

-- Code sets with effective dates. A code that changes its meaning has a row for each, and no day has two.
create table codes (
    id         uuid primary key,
    system     text not null check (system in ('icd10cm', 'hcpcs', 'cpt', 'modifier', 'place')),
    code       text not null check (length(code) between 1 and 8),   -- a diagnosis without its dot
    short_name text not null check (length(short_name) between 1 and 100),
    long_name  text not null,
    billable   boolean not null default true,                        -- false: a heading, which no claim carries
    valid_from date not null,
    valid_to   date,                                                 -- the last day; null while it is valid
    find       text not null,
    check (valid_to >= valid_from),
    constraint codes_key unique (system, code, valid_from),
    constraint codes_overlap exclude using gist (system with =, code with =, daterange(valid_from, valid_to, '[]') with &&)
);
create index codes_find on codes using gin (find public.gin_trgm_ops);

-- What a service costs: the practice's own charges, what a contract allows, what Medicare allows. By date.
create table fee_schedules (
    id         uuid primary key,
    version    int not null default 1,
    name       text not null check (length(name) between 1 and 80),
    kind       text not null check (kind in ('charge', 'contract', 'medicare')),
    payer_id   uuid,                          -- whose contract; null: for all
    entity_id  uuid,                          -- in whose name it is charged; null: for all
    valid_from date not null,
    valid_to   date,                          -- the last day
    check (valid_to >= valid_from),
    check ((payer_id is null) = (kind <> 'contract'))
);
create unique index fee_schedules_name on fee_schedules (lower(name), valid_from);
create table fees (
    id          uuid primary key,
    schedule_id uuid not null references fee_schedules on delete cascade,
    code        text not null,
    modifier    text not null default '',     -- '' : without one
    facility    boolean not null default false,
    amount      numeric(12, 2) not null check (amount between 0 and 999999.99),
    constraint fees_key unique (schedule_id, code, modifier, facility)
);
