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
    -- What find-as-you-type matches: names without accents, digits of the phone, record number; each word after a space.
    find          text not null
);
create index patients_find on patients using gin (find public.gin_trgm_ops);

create table providers (
    id      uuid primary key,
    version int not null,
    name    text not null,
    npi     text,
    active  boolean not null
);

create table cases (
    id           uuid primary key,
    version      int not null,
    patient_id   uuid not null,
    title        text not null,
    claim_number text,
    closed_on    date                         -- the last day it is open
);
create index cases_patient on cases (patient_id);

create table coverages (
    id             uuid primary key,
    version        int not null,
    patient_id     uuid not null,
    case_id        uuid,
    line           text not null,
    rank           int not null,
    payer          text not null,
    plan           text,
    member_id      text not null,
    effective_from date not null,
    effective_to   date                       -- the last day covered
);
create index coverages_patient on coverages (patient_id);

-- Whom the practice sends patients to; a name that is typed for the first time becomes one.
create table specialists (
    id           uuid primary key,
    version      int not null default 1,
    name         text not null check (length(name) between 1 and 120),
    organization text check (length(organization) between 1 and 120),
    specialty    text check (length(specialty) between 1 and 60),
    npi          text constraint specialists_npi_key unique check (npi ~ '^[0-9]{10}$'),
    phone        text,
    fax          text,
    address      text check (length(address) between 1 and 300),
    active       boolean not null default true
);
create unique index specialists_name on specialists (lower(name), lower(coalesce(organization, ''))) where active;

create table referrals (
    id              uuid primary key,
    version         int not null default 1,
    location_id     uuid not null,
    zone            text not null,
    patient_id      uuid not null,
    patient_name    text not null,
    specialist_id   uuid not null references specialists,
    specialist_name text not null,
    specialty       text,
    reason          text not null check (length(reason) between 1 and 1000),
    urgency         text not null check (urgency in ('routine', 'urgent', 'emergency')),
    asked_by_id     uuid,
    asked_by        text,
    coverage_id     uuid,                     -- no key: the owner's copy may come later, or go with the patient's others
    case_id         uuid,
    written_on      date not null,
    written_by      text not null,
    form_key        uuid not null constraint referrals_form_key unique,
    owner_id        uuid,
    owner           text,

    step                 text not null default 'written'
        check (step in ('written', 'checked', 'sent', 'booked', 'missed', 'seen', 'replied', 'closed', 'declined', 'canceled')),
    "authorization"      text check ("authorization" in ('none', 'given', 'waiting')),
    authorization_number text check (length(authorization_number) between 1 and 40),
    authorization_until  date,
    authorization_visits int check (authorization_visits between 1 and 200),
    checked_on           date,
    sent_on              date,
    sent_how             text check (sent_how in ('fax', 'mail', 'portal', 'phone', 'hand')),
    sent_to              text,
    sent_what            text check (length(sent_what) between 1 and 300),
    disclosure_id        uuid,
    appointment_on       date,
    appointment_at       time,
    told_on              date,
    told_how             text check (told_how in ('phone', 'text', 'email', 'mail', 'here')),
    missed_on            date,
    seen_on              date,
    reply_on             date,
    reply                text check (length(reply) between 1 and 2000),
    reply_file_id        uuid,
    ended_on             date,
    end_reason           text check (length(end_reason) between 1 and 200),

    due_on           date,
    overdue          boolean not null default false,
    coverage_ends_on date,                    -- the last day of the plan it is under, when that is known
    coverage_ended   boolean not null default false,    -- and that comes before the patient is seen

    check ((ended_on is not null) = (step in ('closed', 'declined', 'canceled'))),
    check ((due_on is null) = (ended_on is not null)),
    check (not overdue or ended_on is null),
    check (step not in ('sent', 'booked', 'missed', 'seen', 'replied') or sent_on is not null),
    check (step not in ('booked', 'missed') or appointment_on is not null),
    check (step <> 'seen' or seen_on is not null),
    check (step <> 'replied' or reply_on is not null),
    check (step not in ('declined', 'canceled') or end_reason is not null),
    check ("authorization" is distinct from 'given' or authorization_number is not null)
);
create index referrals_open on referrals (location_id, due_on) where ended_on is null;
create index referrals_overdue on referrals (location_id) where overdue;
create index referrals_patient on referrals (patient_id);
create index referrals_coverage on referrals (coverage_id) where ended_on is null;

-- What happened to a referral, with who and when, in the office's words; and what it was before, so that the step can be taken back.
create table referral_changes (
    id          uuid primary key,
    referral_id uuid not null references referrals on delete cascade,
    at          timestamptz not null,
    by          text not null,
    said        text not null check (length(said) between 1 and 400),
    tone        text not null default '',
    before      jsonb
);
create index referral_changes_referral on referral_changes (referral_id, at);

select core.patient_table('referrals', 'referrals', 'patient_id', 'move', 'record');
select core.patient_table('referrals', 'patients', 'id', 'keep', 'projection');
select core.patient_table('referrals', 'cases', 'patient_id', 'move', 'projection');
select core.patient_table('referrals', 'coverages', 'patient_id', 'move', 'projection');
