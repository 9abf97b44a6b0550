alter table fees add version int not null default 1;

-- What a payer demands, by date: of one payer, of all payers that are filed alike (837P SBR09), or of all. The most special one holds.
create table payer_rules (
    id             uuid primary key,
    version        int not null default 1,
    payer_id       uuid,
    filing_code    text,
    valid_from     date not null,
    valid_to       date,
    filing_unit    text not null check (filing_unit in ('days', 'years')),
    filing_count   int not null check (filing_count between 1 and 1000),
    workday        boolean not null default true,   -- a last day on a weekend or holiday becomes the next workday
    corrected_days int check (corrected_days between 1 and 3000),
    appeals        text not null default '',        -- a level a line: name; days; source
    replacement    boolean not null default true,   -- takes frequency 7
    void           boolean not null default true,   -- takes frequency 8
    attachments    text not null default 'none' check (attachments in ('none', 'paper', 'portal', 'electronic')),
    referral       boolean not null default false,
    prior_authorization boolean not null default false,
    taxonomy       boolean not null default false,
    office_name    text,
    office_address text,
    office_city    text,
    office_state   text,
    office_zip     text,
    source         text not null check (length(source) between 1 and 300),
    check (valid_to >= valid_from),
    check (payer_id is null or filing_code is null),
    constraint payer_rules_overlap exclude using gist (
        coalesce(payer_id::text, filing_code, '') with =, daterange(valid_from, valid_to, '[]') with &&)
);

insert into payer_rules (id, filing_code, valid_from, filing_unit, filing_count, corrected_days, appeals, replacement, void, attachments, source)
values
    (gen_random_uuid(), null, '2010-01-01', 'days', 90, null, '', true, true, 'none', 'No law: the shortest limit that contracts commonly set. Enter what the contract says as a rule of the payer.'),
    (gen_random_uuid(), 'MB', '2010-01-01', 'years', 1, null,
     E'Redetermination; 120; 42 CFR 405.942\nReconsideration; 180; 42 CFR 405.962\nAdministrative law judge; 60; 42 CFR 405.1014\nAppeals Council; 60; 42 CFR 405.1102\nFederal court; 60; 42 CFR 405.1136',
     false, false, 'portal', '42 CFR 424.44; Claims Processing Manual ch. 1 §70'),
    (gen_random_uuid(), 'MA', '2010-01-01', 'years', 1, null,
     E'Redetermination; 120; 42 CFR 405.942\nReconsideration; 180; 42 CFR 405.962\nAdministrative law judge; 60; 42 CFR 405.1014\nAppeals Council; 60; 42 CFR 405.1102\nFederal court; 60; 42 CFR 405.1136',
     true, true, 'portal', '42 CFR 424.44; Claims Processing Manual ch. 1 §70'),
    (gen_random_uuid(), 'MC', '2010-01-01', 'years', 1, null, '', true, true, 'none', '42 CFR 447.45(d)(1): at most 12 months; many states set less'),
    (gen_random_uuid(), 'CH', '2010-01-01', 'years', 1, null, '', true, true, 'none', '32 CFR 199.7(d)'),
    (gen_random_uuid(), 'VA', '2018-06-06', 'days', 180, null, '', true, true, 'none', '38 U.S.C. 1703D(b)');

-- In whose name claims go out: name, tax id and NPI are core's; what else a claim, a deposit and a statement need is here.
create table billing_entities (
    id                uuid primary key,       -- the entity's
    version           int not null default 1,
    taxonomy          text,
    pay_to_address    text,
    pay_to_city       text,
    pay_to_state      text,
    pay_to_zip        text,
    bank              text,
    routing_number    text check (routing_number ~ '^[0-9]{9}$'),
    account_last      text check (account_last ~ '^[0-9]{4}$'),  -- the last four digits name an account; nobody here needs the rest
    statement_address text,
    statement_city    text,
    statement_state   text,
    statement_zip     text,
    statement_phone   text,
    check (taxonomy ~ '^[0-9A-Z]{9}X$')
);

create table billing_providers (
    id       uuid primary key,                -- the staff member's
    version  int not null default 1,
    taxonomy text check (taxonomy ~ '^[0-9A-Z]{9}X$')
);

-- A number that a payer gave a provider, or all payers know: REF in loops 2310.
create table provider_numbers (
    id          uuid primary key,
    version     int not null default 1,
    provider_id uuid not null,
    payer_id    uuid,                         -- null: for all payers
    qualifier   text not null check (qualifier in ('0B', '1G', 'G2', 'LU')),
    number      text not null check (length(number) between 1 and 50),
    constraint provider_numbers_key unique nulls not distinct (provider_id, payer_id, qualifier)
);

create table service_facilities (
    id            uuid primary key,           -- the location's
    version       int not null default 1,
    npi           text check (npi ~ '^[12][0-9]{9}$'),
    clia          text check (clia ~ '^[0-9]{2}D[0-9]{7}$'),
    place_of_service text not null default '11' check (place_of_service ~ '^[0-9]{2}$')
);

-- Which transactions a payer takes from us, for whom.
create table enrollments (
    id            uuid primary key,
    version       int not null default 1,
    payer_id      uuid not null,
    entity_id     uuid not null,
    provider_id   uuid,                       -- null: for the entity and whoever works in its name
    transaction   text not null check (transaction in ('837P', '835', '270', '276', 'EFT')),
    state         text not null check (state in ('to-do', 'sent', 'approved', 'refused', 'ended', 'not-needed')),
    sent_on       date,
    approved_from date,
    ended_on      date,                       -- the last day
    number        text,
    note          text,
    check (state <> 'approved' or approved_from is not null),
    check (state <> 'ended' or ended_on is not null),
    check (ended_on >= approved_from),
    constraint enrollments_key unique nulls not distinct (payer_id, entity_id, provider_id, transaction)
);
