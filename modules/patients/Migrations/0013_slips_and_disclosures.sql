-- A message that somebody took for somebody: who called, about whom, what is asked, and by when it is answered.
create table slips (
    id          uuid primary key,
    version     int not null default 1,
    location_id uuid not null,
    patient_id  uuid references patients,
    patient     text,                                  -- the name for the list; the chart has the rest
    caller      text not null check (length(caller) between 1 and 120),
    phone       text check (phone ~ '^([0-9]{10}(x[0-9]{1,6})?|[+][0-9]{8,15})$'),
    reason      text not null check (length(reason) between 1 and 1000),
    urgency     text not null check (urgency in ('now', 'today', 'routine')),
    to_role     text not null check (length(to_role) between 1 and 60),
    taken_at    timestamptz not null,
    taken_by    text not null,
    answer_by   timestamptz not null check (answer_by > taken_at),
    owner_id    uuid,
    owner       text,
    closed_at   timestamptz check (closed_at >= taken_at),
    closed_by   text,
    check ((owner_id is null) = (owner is null)),
    check ((closed_at is null) = (closed_by is null))
);
create index slips_open on slips (location_id, answer_by) where closed_at is null;
create index slips_patient on slips (patient_id, taken_at desc) where patient_id is not null;
create index slips_newest on slips (location_id, taken_at desc);
select core.patient_table('patients', 'slips', 'patient_id', 'move', 'record');

-- What was said and done since; goes where its slip goes.
create table slip_notes (
    id      uuid primary key,
    slip_id uuid not null references slips on delete cascade,
    at      timestamptz not null,
    by_name text not null,
    text    text not null check (length(text) between 1 and 1000)
);
create index slip_notes_slip on slip_notes (slip_id, at);

-- Somebody asks for a copy of the record. 30 days, once 30 more with a written reason (45 CFR 164.524(b)(2)).
create table record_requests (
    id             uuid primary key,
    version        int not null default 1,
    patient_id     uuid not null references patients,
    patient        text not null,
    requester      text not null check (length(requester) between 1 and 120),
    requester_kind text not null check (requester_kind in ('patient', 'representative', 'provider', 'insurer', 'attorney', 'court', 'agency', 'other')),
    address        text check (length(address) <= 300),
    authority      text not null check (authority in ('patient', 'representative', 'authorization', 'subpoena', 'law', 'treatment', 'unchecked')),
    scope          text not null check (length(scope) between 1 and 500),
    format         text not null check (format in ('paper', 'disc', 'email', 'portal', 'fax')),
    received_on    date not null,
    due_on         date not null check (due_on >= received_on),
    extended_because text check (length(extended_because) between 3 and 300),
    fee            numeric(12,2) check (fee >= 0),
    fee_for        text check (length(fee_for) <= 200),
    status         text not null default 'open' check (status in ('open', 'sent', 'denied', 'withdrawn')),
    closed_on      date check (closed_on >= received_on),
    closed_by      text,
    outcome        text check (length(outcome) <= 300),
    check ((status = 'open') = (closed_on is null)),
    -- Nothing leaves before somebody looked at the right to ask.
    check (status <> 'sent' or authority <> 'unchecked'),
    check (status <> 'denied' or length(outcome) > 0)
);
create index record_requests_due on record_requests (due_on) where status = 'open';
create index record_requests_patient on record_requests (patient_id, received_on desc);
select core.patient_table('patients', 'record_requests', 'patient_id', 'move', 'record');

-- What left the practice: the accounting of 45 CFR 164.528, six years back.
create table disclosures (
    id           uuid primary key,
    version      int not null default 1,
    patient_id   uuid not null references patients,
    request_id   uuid unique references record_requests,
    disclosed_on date not null,
    recipient    text not null check (length(recipient) between 1 and 120),
    address      text check (length(address) <= 300),
    what         text not null check (length(what) between 1 and 500),
    purpose      text not null check (purpose in ('care', 'payment', 'operations', 'authorization', 'patient', 'law', 'public-health', 'oversight', 'court', 'research', 'mistake', 'other')),
    note         text check (length(note) <= 300),
    by_name      text not null
);
create index disclosures_patient on disclosures (patient_id, disclosed_on desc);
select core.patient_table('patients', 'disclosures', 'patient_id', 'move', 'record');
