-- Visits as scheduling told them: whose coverage is asked for, and what uses an authorization. The latest version stands, whatever came last.
create table visits (
    id          uuid primary key,
    version     int not null,
    patient_id  uuid not null,
    location_id uuid not null,
    provider_id uuid not null,
    provider    text not null,
    type        text not null,
    case_id     uuid,
    starts_at   timestamptz not null,
    day         date not null,                 -- at the place
    status      text not null
);
create index visits_day on visits (day, location_id);
create index visits_patient on visits (patient_id, day);
select core.patient_table('billing', 'visits', 'patient_id', 'move', 'projection');

-- One question a coverage and day, however often somebody asks.
create table eligibility_questions (
    id          uuid primary key,
    version     int not null default 1,
    coverage_id uuid not null,
    patient_id  uuid not null,
    day         date not null,
    state       text not null default 'to-send' check (state in ('to-send', 'sent', 'answered')),
    asked_at    timestamptz not null,
    asked_by    text not null,
    sent_at     timestamptz,
    reference   text check (length(reference) between 1 and 50),   -- BHT03 of the file that it went with
    constraint eligibility_questions_once unique (coverage_id, day),
    check (state = 'to-send' or sent_at is not null)
);
create index eligibility_questions_waiting on eligibility_questions (state) where state <> 'answered';
create index eligibility_questions_patient on eligibility_questions (patient_id);
create sequence eligibility_control_numbers maxvalue 999999999;
select core.patient_table('billing', 'eligibility_questions', 'patient_id', 'move', 'record');

-- A file is taken once. What it says of a patient is kept with the patient's answer, and is erased with it.
create table eligibility_files (
    id       uuid primary key,
    sha256   text not null constraint eligibility_files_once unique,
    name     text not null check (length(name) between 1 and 200),
    taken_at timestamptz not null,
    taken_by text not null,
    answers  int not null,
    unknown  int not null
);
create table eligibility_answers (
    id              uuid primary key,
    question_id     uuid not null references eligibility_questions on delete cascade,
    file_id         uuid not null references eligibility_files,
    coverage_id     uuid not null,
    patient_id      uuid not null,
    day             date not null,
    answered_at     timestamptz not null,
    state           text not null check (state in ('active', 'inactive', 'unknown')),
    plan            text,
    plan_from       date,
    plan_to         date,
    copay           numeric(12, 2),
    coinsurance     numeric(5, 4),
    deductible      numeric(12, 2),            -- of the year
    deductible_left numeric(12, 2),
    pocket          numeric(12, 2),
    pocket_left     numeric(12, 2),
    in_network      boolean,
    other_payers    text[] not null default '{}',
    refusals        text[] not null default '{}',   -- AAA03
    benefits        jsonb not null,
    raw             text not null,             -- the segments as they came
    constraint eligibility_answers_once unique (question_id, file_id)
);
create index eligibility_answers_coverage on eligibility_answers (coverage_id, answered_at);
create index eligibility_answers_patient on eligibility_answers (patient_id);
select core.patient_table('billing', 'eligibility_answers', 'patient_id', 'move', 'record');
