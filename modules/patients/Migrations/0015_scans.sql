-- What scanners and fax servers bring, until somebody files it. A file is taken once, whichever host looks and however often:
-- the same name with the same content at the same place is the same file.
create table scan_files (
    id          uuid primary key,
    location_id uuid not null,
    file_id     uuid not null unique,
    name        text not null check (length(name) between 1 and 120),
    sha256      text not null check (length(sha256) = 64),
    type        text not null check (type in ('application/pdf', 'image/jpeg', 'image/png')),
    pages       int not null check (pages between 1 and 500),
    source      text not null check (source in ('folder', 'added')),
    received_at timestamptz not null,
    received_by text,
    constraint scan_files_once unique (location_id, sha256, name)
);

-- A document in the inbox: all pages of a file, or those that a split left it.
create table scans (
    id           uuid primary key,
    version      int not null default 1,
    location_id  uuid not null,
    scan_file_id uuid not null references scan_files,
    name         text not null check (length(name) between 1 and 120),
    first_page   int not null check (first_page >= 1),
    state        text not null default 'waiting' check (state in ('waiting', 'filed', 'discarded')),
    received_at  timestamptz not null,
    due_by       timestamptz not null,
    overdue      boolean not null default false check (not overdue or state = 'waiting'),
    changed_at   timestamptz not null,
    left_out     text,                                  -- pages that are not filed, as a sentence of the change log
    patient_id   uuid references patients,
    document_id  uuid unique references documents on delete cascade,
    reason       text check (length(reason) between 3 and 200),
    closed_at    timestamptz,
    closed_by    text,
    closed_by_id uuid,
    check ((state = 'waiting') = (closed_at is null)),
    check ((closed_at is null) = (closed_by is null)),
    check ((state = 'filed') = (patient_id is not null)),
    check ((state = 'filed') = (document_id is not null)),
    check ((state = 'discarded') = (reason is not null))
);
create index scans_waiting on scans (location_id, received_at, first_page) where state = 'waiting';
create index scans_due on scans (due_by) where state = 'waiting' and not overdue;
create index scans_closed on scans (closed_at) where state <> 'waiting';
create index scans_file on scans (scan_file_id);
create index scans_patient on scans (patient_id) where patient_id is not null;
create index scans_person on scans (closed_by_id, closed_at desc) where state = 'filed';
select core.patient_table('patients', 'scans', 'patient_id', 'move', 'record');

-- Each page of a file is in exactly one document: a split loses none and doubles none.
create table scan_pages (
    scan_file_id uuid not null references scan_files on delete cascade,
    number       int not null check (number between 1 and 500),
    scan_id      uuid not null references scans on delete cascade,
    turn         int not null default 0 check (turn in (0, 90, 180, 270)),
    dropped      boolean not null default false,
    wide         boolean not null,
    primary key (scan_file_id, number)
);
create index scan_pages_scan on scan_pages (scan_id);

-- Who has which document open; a person has one.
create table scan_openings (
    person_id uuid primary key,
    person    text not null,
    scan_id   uuid not null references scans on delete cascade,
    opened_at timestamptz not null
);
create index scan_openings_scan on scan_openings (scan_id);

-- What was seen in the folders at the last look: a file is taken when it has stopped growing.
create table scan_sightings (
    location_id uuid not null,
    name        text not null,
    length      bigint not null,
    written_at  timestamptz not null,
    seen_at     timestamptz not null,
    primary key (location_id, name)
);

-- Files that could not be read, and why. The id is that of the attempt, so that an attempt repeated after a crash is one line.
create table scan_refusals (
    id          uuid primary key,
    version     int not null default 1,
    location_id uuid not null,
    name        text not null check (length(name) between 1 and 120),
    reason      text not null check (length(reason) between 3 and 300),
    refused_at  timestamptz not null,
    seen_at     timestamptz,
    seen_by     text,
    check ((seen_at is null) = (seen_by is null))
);
create index scan_refusals_open on scan_refusals (location_id, refused_at) where seen_at is null;
