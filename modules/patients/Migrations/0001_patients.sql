-- Accents and case never decide whether a patient is found. unaccent() itself is only stable, because its dictionary could
-- be changed; naming the dictionary makes it safe to index.
create function plain(text) returns text language sql immutable parallel safe strict as
    $$ select lower(public.unaccent('public.unaccent'::regdictionary, $1)) $$;

-- ' garcia maria mia ': every word of a name starts after a space, so one trigram index answers "any word, any order, from its start".
-- O'Brien is one word, Garcia-Lopez two.
-- array_to_string() is stable only for element types whose text depends on settings, which text itself does not.
create function find_words(words text[]) returns text language sql immutable parallel safe as
    $$ select ' ' || trim(regexp_replace(translate(patients.plain(array_to_string(words, ' ')), '''’`', ''), '[^[:alnum:]]+', ' ', 'g')) || ' ' $$;

create sequence record_numbers start 1001;

create table payers (
    id            uuid primary key,
    version       int not null default 1,
    name          text not null check (length(name) between 1 and 120),
    payer_number  text check (length(payer_number) between 1 and 40),   -- the number a claim is addressed to
    address       text,
    city          text,
    state         text check (state ~ '^[A-Z]{2}$'),
    zip           text check (zip ~ '^[0-9]{5}([0-9]{4})?$'),
    phone         text check (phone ~ '^([0-9]{10}(x[0-9]{1,6})?|[+][0-9]{8,15})$'),
    active        boolean not null default true,
    source_system text,
    source_id     text,
    check ((source_system is null) = (source_id is null))
);
create unique index on payers (lower(name));
create unique index on payers (source_system, source_id);

create table patients (
    id             uuid primary key,
    version        int not null default 1,
    record_number  text not null unique check (length(record_number) between 1 and 30),
    first_name     text not null check (length(first_name) between 1 and 80),
    last_name      text not null check (length(last_name) between 1 and 80),
    middle_name    text,
    preferred_name text,
    former_names   text[] not null default '{}',
    prefix         text,
    suffix         text,
    birth_date     date not null check (birth_date >= '1850-01-01'),
    deceased_on    date check (deceased_on >= birth_date),
    sex            text not null check (sex in ('F', 'M', 'X', 'U')),
    marital        text check (marital in ('single', 'married', 'divorced', 'widowed', 'separated', 'partner')),
    race           text,
    ethnicity      text check (ethnicity in ('hispanic', 'nonhispanic', 'declined')),
    language       text not null default 'en',
    birthplace     text,
    -- Only the last four: they tell two patients of one name apart, no page and no claim needs the rest
    -- (Medicare and the payers gave up the number as a member id), and what is not kept cannot be stolen.
    ssn_last4      text check (ssn_last4 ~ '^[0-9]{4}$'),
    address        text,
    address2       text,
    city           text,
    state          text check (state ~ '^[A-Z]{2}$'),
    zip            text check (zip ~ '^[0-9]{5}([0-9]{4})?$'),
    county         text,
    mobile_phone   text check (mobile_phone ~ '^([0-9]{10}(x[0-9]{1,6})?|[+][0-9]{8,15})$'),
    home_phone     text check (home_phone ~ '^([0-9]{10}(x[0-9]{1,6})?|[+][0-9]{8,15})$'),
    work_phone     text check (work_phone ~ '^([0-9]{10}(x[0-9]{1,6})?|[+][0-9]{8,15})$'),
    email          text check (email like '%_@_%'),
    preferred_channel text check (preferred_channel in ('mobile', 'home', 'work', 'email', 'mail', 'none')),
    alert          text check (length(alert) <= 300),
    restricted     boolean not null default false,
    -- What the practice asks for and was missing when the patient was last saved by a person; an import leaves it empty,
    -- so that 200,000 imported patients are not 200,000 tasks.
    to_finish      text[] not null default '{}',
    registered_at  timestamptz not null,
    source_system  text,
    source_id      text,
    find_names     text not null generated always as
        (patients.find_words(array[last_name, first_name, middle_name, preferred_name] || former_names)) stored,
    find_numbers   text not null generated always as
        (' ' || lower(record_number) || ' ' || coalesce(mobile_phone, '') || ' ' || coalesce(home_phone, '') || ' ' || coalesce(work_phone, '') || ' ') stored,
    sort_name      text not null generated always as (patients.plain(last_name) || ' ' || patients.plain(first_name)) stored,
    check ((source_system is null) = (source_id is null))
);
create index patients_find_names on patients using gin (find_names public.gin_trgm_ops);
create index patients_find_numbers on patients using gin (find_numbers public.gin_trgm_ops);
create index patients_birth_date on patients (birth_date);
create index patients_sort_name on patients (sort_name text_pattern_ops, id);
create index patients_registered on patients (registered_at);
create index patients_to_finish on patients (registered_at) where to_finish <> '{}';
create unique index patients_source on patients (source_system, source_id);
select core.patient_table('patients', 'patients', 'id', 'keep', 'record');

-- Numbers that others gave: driver's license, passport, another system's record number.
create table external_ids (
    id         uuid primary key,
    version    int not null default 1,
    patient_id uuid not null references patients,
    kind       text not null check (kind in ('drivers-license', 'passport', 'other')),
    issuer     text not null default '',
    value      text not null check (length(value) between 1 and 60),
    unique (patient_id, kind, issuer, value)
);
create index on external_ids (lower(value));
select core.patient_table('patients', 'external_ids', 'patient_id', 'drop-duplicate', 'record');

create table coverages (
    id             uuid primary key,
    version        int not null default 1,
    patient_id     uuid not null references patients,
    payer_id       uuid not null references payers,
    rank           int not null check (rank between 1 and 3),
    member_id      text not null check (length(member_id) between 1 and 60),
    group_number   text,
    plan_name      text,
    relationship   text not null check (relationship in ('self', 'spouse', 'child', 'other')),
    -- Null when the patient is the subscriber.
    subscriber_name       text,
    subscriber_birth_date date,
    effective_from date not null,
    effective_to   date check (effective_to >= effective_from),     -- the last day covered; null while it runs
    source_system  text,
    source_id      text,
    check ((relationship = 'self') = (subscriber_name is null)),
    check ((source_system is null) = (source_id is null)),
    -- On any day a patient has at most one primary, one secondary and one tertiary.
    constraint coverages_one_per_rank exclude using gist
        (patient_id with =, rank with =, daterange(effective_from, effective_to, '[]') with &&)
);
create index on coverages (payer_id);
create unique index on coverages (source_system, source_id);
select core.patient_table('patients', 'coverages', 'patient_id', 'move', 'record');

create table documents (
    id         uuid primary key,
    version    int not null default 1,
    patient_id uuid not null references patients,
    file_id    uuid not null,
    category   text not null check (category in ('id-card', 'insurance-card', 'referral', 'consent', 'letter', 'result', 'other')),
    title      text not null check (length(title) between 1 and 120),
    dated      date not null,
    added_at   timestamptz not null,
    added_by   text not null
);
create index on documents (patient_id, dated desc);
select core.patient_table('patients', 'documents', 'patient_id', 'move', 'record');

-- Who may open a restricted chart for the rest of the day, after saying why.
create table chart_openings (
    id         uuid primary key,
    patient_id uuid not null references patients,
    person_id  uuid not null,
    reason     text not null check (length(reason) between 5 and 300),
    opened_at  timestamptz not null,
    until      timestamptz not null
);
create index on chart_openings (person_id, patient_id, until);
select core.patient_table('patients', 'chart_openings', 'patient_id', 'move', 'audit');

-- Patients that other modules already hold facts about (a visit, a claim): their import can no longer be undone.
-- The registered tables tell, whatever modules there are.
create function used_elsewhere(ids uuid[]) returns setof uuid language plpgsql stable as $$
declare t record;
begin
    for t in select * from core.patient_tables where schema_name <> 'patients' and retention = 'record'
             and to_regclass(format('%I.%I', schema_name, table_name)) is not null loop
        return query execute format('select distinct %I from %I.%I where %I = any ($1)',
            t.patient_column, t.schema_name, t.table_name, t.patient_column) using ids;
    end loop;
end $$;

-- Patients with a word like this one, for a name that was heard or typed wrong. The threshold is the lowest at which
-- a missing, doubled or swapped letter in a name of five still finds it; the function sets it because the operator, unlike
-- strict_word_similarity(), uses the index.
create function names_like(word text) returns table (id uuid, likeness real) language sql stable
    set pg_trgm.strict_word_similarity_threshold = 0.4 as
    $$ select p.id, public.strict_word_similarity(patients.plain(word), p.find_names) from patients.patients p
       where patients.plain(word) operator(public.<<%) p.find_names order by 2 desc limit 2000 $$;
