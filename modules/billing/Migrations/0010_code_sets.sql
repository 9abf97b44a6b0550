-- Files of published code sets, an edition each. A kind has one load at work at a time; the same file is loaded once.
create table code_loads (
    id           uuid primary key,
    kind         text not null check (kind in ('icd10cm', 'hcpcs', 'cpt', 'place', 'ncci', 'mue', 'pprrvu')),
    effective_on date not null,
    file_name    text not null,
    sha256       text not null,
    lines        int not null check (lines > 0),
    position     int not null default 0,      -- lines taken over so far
    added        int not null default 0,
    changed      int not null default 0,
    ended        int not null default 0,
    work         uuid not null,               -- its progress
    loaded_at    timestamptz not null,
    loaded_by    text not null,
    ended_at     timestamptz,
    canceled     boolean not null default false
);
create unique index code_loads_file on code_loads (kind, sha256) where not canceled;
create unique index code_loads_running on code_loads (kind) where ended_at is null;

-- Where Medicare pays the facility rate: place of service alone (Claims Processing Manual ch. 12 §20.4.2).
alter table codes add facility boolean;

-- Two codes of one day that are not paid together (NCCI procedure-to-procedure). Millions of rows over the years: no overlap is kept out by
-- the load, which closes a row before it writes the next; an exclusion constraint would double the time of a load.
create table ncci_pairs (
    id          uuid primary key default gen_random_uuid(),
    column1     text not null,
    column2     text not null,
    listed_from date not null,                -- the effective date of the file, part of what names a pair
    modifier    text not null check (modifier in ('0', '1', '9')),
    rationale   text not null,
    valid_from  date not null,
    valid_to    date,
    check (valid_to >= valid_from),
    constraint ncci_pairs_key unique (column1, column2, listed_from, valid_from)
);
create index ncci_pairs_second on ncci_pairs (column2);

-- How many units of a code one patient can have on one day (medically unlikely edits).
create table unit_limits (
    id         uuid primary key default gen_random_uuid(),
    code       text not null,
    units      int not null check (units >= 0),
    adjudication text not null check (adjudication in ('1', '2', '3')),
    rationale  text not null,
    valid_from date not null,
    valid_to   date,
    check (valid_to >= valid_from),
    constraint unit_limits_key unique (code, valid_from),
    constraint unit_limits_overlap exclude using gist (code with =, daterange(valid_from, valid_to, '[]') with &&)
);

-- Medicare physician fee schedule: relative value units and payment indicators.
create table relative_values (
    id           uuid primary key default gen_random_uuid(),
    code         text not null,
    modifier     text not null default '',
    status       text not null,
    work         numeric(8, 2) not null,
    practice     numeric(8, 2) not null,      -- practice expense, non-facility
    practice_facility numeric(8, 2) not null,
    malpractice  numeric(8, 2) not null,
    pctc         text not null,
    global_days  text not null,               -- 000, 010, 090, MMM, XXX, YYY, ZZZ
    preoperative numeric(5, 2) not null,
    intraoperative numeric(5, 2) not null,
    postoperative numeric(5, 2) not null,
    multiple     text not null,
    bilateral    text not null,
    assistant    text not null,
    cosurgeon    text not null,
    team         text not null,
    factor       numeric(10, 4) not null,     -- dollars per unit
    valid_from   date not null,
    valid_to     date,
    check (valid_to >= valid_from),
    constraint relative_values_key unique (code, modifier, valid_from),
    constraint relative_values_overlap exclude using gist (code with =, modifier with =, daterange(valid_from, valid_to, '[]') with &&)
);

-- Lines of a load until it has taken them over. No foreign key: they are copied in before the load knows how many they are.
create table code_lines (
    load_id uuid not null, line int not null, valid_from date, valid_to date,
    system text not null, code text not null, short_name text not null, long_name text not null, billable boolean not null, facility boolean,
    primary key (load_id, line)
);
create table ncci_pair_lines (
    load_id uuid not null, line int not null, valid_from date, valid_to date,
    column1 text not null, column2 text not null, listed_from date not null, modifier text not null, rationale text not null,
    primary key (load_id, line)
);
create table unit_limit_lines (
    load_id uuid not null, line int not null, valid_from date, valid_to date,
    code text not null, units int not null, adjudication text not null, rationale text not null,
    primary key (load_id, line)
);
create table relative_value_lines (
    load_id uuid not null, line int not null, valid_from date, valid_to date,
    code text not null, modifier text not null, status text not null, work numeric not null, practice numeric not null,
    practice_facility numeric not null, malpractice numeric not null, pctc text not null, global_days text not null,
    preoperative numeric not null, intraoperative numeric not null, postoperative numeric not null, multiple text not null,
    bilateral text not null, assistant text not null, cosurgeon text not null, team text not null, factor numeric not null,
    primary key (load_id, line)
);

-- Codes that somebody, or everybody here (person null), finds first.
create table favorites (
    id        uuid primary key,
    version   int not null default 1,
    person_id uuid,
    system    text not null,
    code      text not null,
    constraint favorites_key unique nulls not distinct (person_id, system, code)
);

-- Places of service (CMS place of service code set); the facility ones by Claims Processing Manual ch. 12 §20.4.2 and ch. 26 §10.5.
insert into codes (id, system, code, short_name, long_name, billable, facility, valid_from, find)
select gen_random_uuid(), 'place', p.code, p.name, p.name, true, p.facility, date '2024-01-01', ' ' || p.code || ' ' || lower(p.name)
from (values
    ('01', 'Pharmacy', false), ('02', 'Telehealth, not in the patient''s home', true), ('03', 'School', false), ('04', 'Homeless shelter', false),
    ('05', 'Indian Health Service free-standing facility', false), ('06', 'Indian Health Service provider-based facility', false),
    ('07', 'Tribal 638 free-standing facility', false), ('08', 'Tribal 638 provider-based facility', false), ('09', 'Prison or correctional facility', false),
    ('10', 'Telehealth in the patient''s home', false), ('11', 'Office', false), ('12', 'Home', false), ('13', 'Assisted living facility', false),
    ('14', 'Group home', false), ('15', 'Mobile unit', false), ('16', 'Temporary lodging', false), ('17', 'Walk-in retail health clinic', false),
    ('18', 'Place of employment, worksite', false), ('19', 'Off-campus outpatient hospital', true), ('20', 'Urgent care facility', false),
    ('21', 'Inpatient hospital', true), ('22', 'On-campus outpatient hospital', true), ('23', 'Emergency room, hospital', true),
    ('24', 'Ambulatory surgical center', true), ('25', 'Birthing center', false), ('26', 'Military treatment facility', true), ('27', 'Outreach site, street', false),
    ('31', 'Skilled nursing facility', true), ('32', 'Nursing facility', false), ('33', 'Custodial care facility', false), ('34', 'Hospice', true),
    ('41', 'Ambulance, land', true), ('42', 'Ambulance, air or water', true), ('49', 'Independent clinic', false), ('50', 'Federally qualified health center', false),
    ('51', 'Inpatient psychiatric facility', true), ('52', 'Psychiatric facility, partial hospitalization', true), ('53', 'Community mental health center', true),
    ('54', 'Intermediate care facility for individuals with intellectual disabilities', false), ('55', 'Residential substance abuse treatment facility', false),
    ('56', 'Psychiatric residential treatment center', true), ('57', 'Non-residential substance abuse treatment facility', false),
    ('58', 'Non-residential opioid treatment facility', false), ('60', 'Mass immunization center', false), ('61', 'Comprehensive inpatient rehabilitation facility', true),
    ('62', 'Comprehensive outpatient rehabilitation facility', false), ('65', 'End-stage renal disease treatment facility', false),
    ('66', 'Programs of all-inclusive care for the elderly center', false), ('71', 'Public health clinic', false), ('72', 'Rural health clinic', false),
    ('81', 'Independent laboratory', false), ('99', 'Other place of service', false)) as p (code, name, facility)
on conflict do nothing;
