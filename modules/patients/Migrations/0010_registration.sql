-- Doctors outside the practice: who sends patients here, and whose patients they are. Staff of the practice are the host's.
create table outside_providers (
    id           uuid primary key,
    version      int not null default 1,
    name         text not null check (length(name) between 1 and 120),
    npi          text unique check (npi ~ '^[0-9]{10}$'),
    specialty    text check (length(specialty) <= 80),
    organization text check (length(organization) <= 120),
    phone        text check (phone ~ '^([0-9]{10}(x[0-9]{1,6})?|[+][0-9]{8,15})$'),
    fax          text check (fax ~ '^([0-9]{10}(x[0-9]{1,6})?|[+][0-9]{8,15})$'),
    email        text check (email like '%_@_%'),
    active       boolean not null default true
);
create index outside_providers_name on outside_providers (plain(name) text_pattern_ops);

alter table patients
    add column pronouns         text check (length(pronouns) <= 40),
    add column interpreter      text check (interpreter in ('spoken', 'sign')),
    add column text_consent     text check (text_consent in ('yes', 'no')),
    add column text_consent_on  date,
    add column voice_messages   text check (voice_messages in ('full', 'call-back', 'none')),
    add column employment       text check (employment in ('full-time', 'part-time', 'self', 'retired', 'student', 'none')),
    add column employer         text check (length(employer) <= 120),
    add column occupation       text check (length(occupation) <= 80),
    add column heard_from       text check (heard_from in ('friend', 'doctor', 'web', 'insurance', 'sign', 'event', 'other')),
    add column heard_detail     text check (length(heard_detail) <= 120),
    add column photo_id         uuid,
    add column primary_care_id  uuid references outside_providers,
    add column referred_by_id   uuid references outside_providers,
    -- Consent to texts is given for a number and on a day (47 CFR 64.1200); without either it is worth nothing.
    add constraint patients_text_consent check ((text_consent is null) = (text_consent_on is null) and (text_consent is distinct from 'yes' or mobile_phone is not null));

-- Where else mail goes: while away, by wish, or in confidence. The home address is the patient's own row.
create table addresses (
    id         uuid primary key,
    version    int not null default 1,
    patient_id uuid not null references patients,
    kind       text not null check (kind in ('mailing', 'seasonal', 'confidential')),
    care_of    text check (length(care_of) <= 80),
    address    text check (length(address) between 1 and 120),
    address2   text,
    city       text,
    state      text check (state ~ '^[A-Z]{2}$'),
    zip        text check (zip ~ '^[0-9]{5}([0-9]{4})?$'),
    phone      text check (phone ~ '^([0-9]{10}(x[0-9]{1,6})?|[+][0-9]{8,15})$'),
    email      text check (email like '%_@_%'),
    from_date  date not null,
    to_date    date check (to_date >= from_date),
    note       text check (length(note) <= 300),
    -- A confidential way may be a phone or an e-mail alone (45 CFR 164.522(b)); the others are places for mail.
    check (kind = 'confidential' or (address is not null and city is not null and state is not null and zip is not null)),
    check (coalesce(address, phone, email) is not null),
    check ((address is null) = (city is null) and (address is null) = (state is null) and (address is null) = (zip is null)),
    -- On a day there is one answer to "where does mail go".
    constraint addresses_one_of_a_kind exclude using gist (patient_id with =, kind with =, daterange(from_date, to_date, '[]') with &&)
);
select core.patient_table('patients', 'addresses', 'patient_id', 'move', 'record');

-- People around the patient: whom to call, who pays, who decides. One person may be all three.
create table contacts (
    id               uuid primary key,
    version          int not null default 1,
    patient_id       uuid not null references patients,
    other_patient_id uuid references patients,            -- when this person is a patient here too
    name             text not null check (length(name) between 1 and 120),
    relationship     text not null check (relationship in ('spouse', 'parent', 'guardian', 'child', 'sibling', 'grandparent', 'partner', 'friend', 'caregiver', 'attorney', 'other')),
    birth_date       date check (birth_date >= '1850-01-01'),
    phone            text check (phone ~ '^([0-9]{10}(x[0-9]{1,6})?|[+][0-9]{8,15})$'),
    other_phone      text check (other_phone ~ '^([0-9]{10}(x[0-9]{1,6})?|[+][0-9]{8,15})$'),
    email            text check (email like '%_@_%'),
    address          text,
    city             text,
    state            text check (state ~ '^[A-Z]{2}$'),
    zip              text check (zip ~ '^[0-9]{5}([0-9]{4})?$'),
    emergency        int check (emergency between 1 and 9),   -- the order in which to call
    guarantor        boolean not null default false,
    may_discuss      boolean not null default false,          -- may be told about care and bills (45 CFR 164.510(b))
    authority        text check (authority in ('parent', 'guardian', 'power-of-attorney', 'health-care-proxy', 'representative')),
    authority_note   text check (length(authority_note) <= 300),
    from_date        date not null,
    to_date          date check (to_date >= from_date),
    ended_because    text check (length(ended_because) <= 200),
    check (patient_id <> other_patient_id),
    constraint contacts_one_guarantor exclude using gist (patient_id with =, daterange(from_date, to_date, '[]') with &&) where (guarantor)
);
create index contacts_patient on contacts (patient_id);
create index contacts_other_patient on contacts (other_patient_id) where other_patient_id is not null;
select core.patient_table('patients', 'contacts', 'patient_id', 'move', 'record');
select core.patient_table('patients', 'contacts', 'other_patient_id', 'move', 'record');

-- Alerts that end: the standing one is a column of the patient.
create table alerts (
    id         uuid primary key,
    version    int not null default 1,
    patient_id uuid not null references patients,
    kind       text not null check (kind in ('safety', 'behavior', 'billing', 'care', 'other')),
    text       text not null check (length(text) between 1 and 300),
    from_date  date not null,
    to_date    date check (to_date >= from_date),
    added_by   text not null
);
create index alerts_patient on alerts (patient_id, to_date);
select core.patient_table('patients', 'alerts', 'patient_id', 'move', 'record');

-- A birthday that changes who decides: the parent's say ends or narrows, and somebody has to ask.
create table age_reviews (
    id         uuid primary key,
    version    int not null default 1,
    patient_id uuid not null references patients,
    age        int not null check (age between 10 and 25),
    reached_on date not null,
    patient    text not null,                       -- the name when it was asked, for the task
    adult      boolean not null,
    done_at    timestamptz,
    done_by    text,
    outcome    text check (length(outcome) <= 300),
    check ((done_at is null) = (done_by is null)),
    unique (patient_id, age)
);
select core.patient_table('patients', 'age_reviews', 'patient_id', 'drop-duplicate', 'record');

-- What patients sign: each wording is a row of its own, so that it is always known what was signed.
create table agreement_forms (
    id             uuid primary key,
    version        int not null default 1,
    kind           text not null check (kind in ('assignment', 'release', 'financial', 'treatment', 'telehealth', 'npp', 'other')),
    title          text not null check (length(title) between 1 and 120),
    edition        text not null check (length(edition) between 1 and 30),
    in_use_from    date not null,
    in_use_to      date check (in_use_to >= in_use_from),
    renew_months   int check (renew_months between 1 and 120),     -- null: signed once
    required       boolean not null default false,
    body           text check (length(body) <= 20000),
    unique (kind, title, edition)
);

create table agreements (
    id            uuid primary key,
    version       int not null default 1,
    patient_id    uuid not null references patients,
    form_id       uuid not null references agreement_forms,
    outcome       text not null check (outcome in ('signed', 'declined', 'not-obtained')),
    signed_on     date not null,
    signed_by     text not null check (length(signed_by) between 1 and 120),
    relationship  text not null check (relationship in ('self', 'parent', 'guardian', 'power-of-attorney', 'representative')),
    expires_on    date check (expires_on >= signed_on),
    document_id   uuid references documents,
    -- Why there is no signature: the record of a good-faith try that 45 CFR 164.520(c)(2)(ii) asks for.
    reason        text check (length(reason) <= 300),
    revoked_on    date check (revoked_on >= signed_on),
    taken_by      text not null,
    check (outcome = 'signed' or length(reason) > 0),
    unique (patient_id, form_id, signed_on)
);
create index agreements_patient on agreements (patient_id, signed_on desc);
select core.patient_table('patients', 'agreements', 'patient_id', 'drop-duplicate', 'record');

-- What was signed does not change afterwards.
create function keep_signed_wording() returns trigger language plpgsql as $$
begin
    if (old.title, old.edition, old.kind) is distinct from (new.title, new.edition, new.kind) or old.body is distinct from new.body then
        if exists (select from patients.agreements where form_id = old.id) then
            raise exception 'Edition % was signed' , old.edition using errcode = 'check_violation', constraint = 'agreement_forms_signed';
        end if;
    end if;
    return new;
end $$;
create trigger keep_signed_wording before update on agreement_forms for each row execute function keep_signed_wording();

-- As before, and now of this module's own tables too: an imported patient with contacts, agreements or an opened chart stays.
create or replace function used_elsewhere(ids uuid[]) returns setof uuid language plpgsql stable as $$
declare t record;
begin
    for t in select * from core.patient_tables where schema_name <> 'audit' and retention in ('record', 'audit')
             and not (schema_name = 'patients' and table_name in ('patients', 'external_ids'))
             and to_regclass(format('%I.%I', schema_name, table_name)) is not null loop
        return query execute format('select distinct %I from %I.%I where %I = any ($1)',
            t.patient_column, t.schema_name, t.table_name, t.patient_column) using ids;
    end loop;
end $$;
