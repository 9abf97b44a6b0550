-- Rules of the practice: when all that a rule names holds of a line, its sentence is said.
create table own_rules (
    id                uuid primary key,
    version           int not null default 1,
    name              text not null check (length(name) between 1 and 120) constraint own_rules_name unique,
    severity          text not null check (severity in ('warning', 'error', 'notice')),
    sentence          text not null check (length(sentence) between 1 and 300),
    valid_from        date not null,
    valid_to          date,
    off               boolean not null default false,
    payer_id          uuid,
    filing_code       text,
    codes             text[] not null default '{}',
    diagnoses         text[] not null default '{}',
    diagnoses_missing boolean not null default false,
    modifier          text check (modifier ~ '^[A-Z0-9]{2}$'),
    modifier_missing  boolean not null default false,
    place_of_service  text check (place_of_service ~ '^[0-9]{2}$'),
    age_from          int check (age_from between 0 and 130),
    age_to            int check (age_to between 0 and 130),
    sex               text check (sex in ('F', 'M')),
    provider_id       uuid,
    check (valid_to >= valid_from),
    check (age_to >= age_from),
    check (payer_id is null or filing_code is null)
);

-- Somebody lets a finding pass. It holds while what was charged stays the same.
create table finding_overrides (
    id           uuid primary key,
    encounter_id uuid not null references encounters on delete cascade,
    rule         text not null,
    charged      text not null,     -- a print of the line, or of all lines
    reason       text not null check (length(reason) between 1 and 200),
    at           timestamptz not null,
    by           text not null,
    constraint finding_overrides_once unique (encounter_id, rule, charged)
);
