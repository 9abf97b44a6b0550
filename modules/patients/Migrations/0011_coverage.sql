-- A case: an accident or injury whose payer stands beside the health plan. A visit chooses it.
create table cases (
    id              uuid primary key,
    version         int not null default 1,
    patient_id      uuid not null references patients,
    kind            text not null check (kind in ('workers-comp', 'auto', 'liability', 'other')),
    title           text not null check (length(title) between 1 and 80),
    accident_on     date not null,
    accident_state  text check (accident_state ~ '^[A-Z]{2}$'),
    claim_number    text check (length(claim_number) <= 60),
    employer        text check (length(employer) <= 120),
    injury          text check (length(injury) <= 300),
    adjuster        text check (length(adjuster) <= 120),
    adjuster_phone  text check (adjuster_phone ~ '^([0-9]{10}(x[0-9]{1,6})?|[+][0-9]{8,15})$'),
    adjuster_fax    text check (adjuster_fax ~ '^([0-9]{10}(x[0-9]{1,6})?|[+][0-9]{8,15})$'),
    adjuster_email  text check (adjuster_email like '%_@_%'),
    attorney        text check (length(attorney) <= 120),
    opened_on       date not null,
    closed_on       date check (closed_on >= opened_on),
    check (accident_on <= opened_on),
    check (kind <> 'workers-comp' or employer is not null),
    check (kind not in ('workers-comp', 'auto') or accident_state is not null)
);
create index cases_patient on cases (patient_id, opened_on desc);
select core.patient_table('patients', 'cases', 'patient_id', 'move', 'record');

alter table coverages
    add column benefit_line text not null default 'medical'
        check (benefit_line in ('medical', 'dental', 'vision', 'behavioral', 'pharmacy', 'case')),
    add column case_id uuid references cases,
    add column plan_type text check (plan_type in ('hmo', 'ppo', 'epo', 'pos', 'hdhp', 'indemnity', 'medicare', 'advantage', 'medigap', 'medicaid', 'tricare', 'workers-comp', 'auto', 'self-pay', 'other')),
    add column copay_office      numeric(12,2) check (copay_office >= 0),
    add column copay_specialist  numeric(12,2) check (copay_specialist >= 0),
    add column copay_urgent      numeric(12,2) check (copay_urgent >= 0),
    add column copay_preventive  numeric(12,2) check (copay_preventive >= 0),
    add column copay_telehealth  numeric(12,2) check (copay_telehealth >= 0),
    add column primary_care text check (length(primary_care) <= 120),
    add column verified_at  timestamptz,
    add column verified_by  text,
    add column verified_how text check (verified_how in ('card', 'phone', 'portal', 'electronic')),
    add column front_id     uuid,
    add column back_id      uuid,
    add constraint coverages_case check ((benefit_line = 'case') = (case_id is not null)),
    add constraint coverages_verified check ((verified_at is null) = (verified_by is null) and (verified_at is null) = (verified_how is null)),
    drop constraint coverages_one_per_rank,
    -- On any day a patient has at most one primary, one secondary and one tertiary of each benefit line, and of each case.
    add constraint coverages_one_per_rank exclude using gist (
        patient_id with =, benefit_line with =, coalesce(case_id, '00000000-0000-0000-0000-000000000000'::uuid) with =,
        rank with =, daterange(effective_from, effective_to, '[]') with &&);
create index coverages_case_id on coverages (case_id) where case_id is not null;
