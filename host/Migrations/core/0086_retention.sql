-- Kept by law: what holds records, and the runs that dispose of those whose time is over.
create table core.retention_holds (
    id           uuid primary key,
    version      int not null default 1,
    matter       text not null check (length(matter) between 1 and 120),  -- a lawsuit, an audit: all its holds are released together
    reason       text not null check (length(reason) between 3 and 300),
    kind         text,                                                    -- of records; with record_id one of them, without all
    record_id    uuid,
    patient_id   uuid,
    person_id    uuid,                                                    -- somebody who signs in
    about        text not null check (length(about) between 1 and 200),
    held_by      text not null,
    held_at      timestamptz not null,
    released_at  timestamptz,
    released_by  text,
    released_why text check (length(released_why) between 3 and 300),
    check (num_nonnulls(kind, patient_id, person_id) = 1),
    check (record_id is null or kind is not null),
    check (num_nonnulls(released_at, released_by, released_why) in (0, 3))
);
create index retention_holds_open on core.retention_holds (kind, record_id) where released_at is null;
create index retention_holds_patient on core.retention_holds (patient_id) where patient_id is not null;
select core.patient_table('core', 'retention_holds', 'patient_id', 'move', 'record');

create table core.disposal_runs (
    id            uuid primary key,
    version       int not null default 1,
    state         text not null check (state in ('collecting', 'review', 'asked', 'running', 'done', 'stopped', 'discarded')),
    judged_on     date not null,                          -- what was over on this day
    proposed_by   text not null,
    proposed_at   timestamptz not null,
    reason        text check (length(reason) between 3 and 300),
    decided_by    text,
    decided_at    timestamptz,
    note          text,                                   -- of whoever decided
    work          uuid,                                   -- in core.progress
    ended_at      timestamptz,
    digest        text check (digest ~ '^[0-9a-f]{64}$'), -- of kind and id of each record that went, in their order
    check ((state in ('done', 'stopped')) = (digest is not null))
);
-- One run at a time, over all modules.
create unique index disposal_runs_open on core.disposal_runs ((true)) where state in ('collecting', 'review', 'asked', 'running');

-- The class of each kind as it was when the run judged by it.
create table core.disposal_kinds (
    run_id    uuid not null references core.disposal_runs on delete cascade,
    kind      text not null,
    title     text not null,
    years     int not null,
    citation  text not null,
    as_of     date not null,
    one       uuid,                                       -- a record that was proposed by itself
    collected boolean not null default false,
    held      int not null default 0,
    fault     text,
    primary key (run_id, kind)
);

-- Ids alone stay of what went; the label is taken away with the record.
create table core.disposal_items (
    id         uuid primary key default gen_random_uuid(),
    run_id     uuid not null references core.disposal_runs on delete cascade,
    number     bigint not null,
    kind       text not null,
    record_id  uuid not null,
    label      text,
    starts_on  date not null,
    kept_until date not null,
    state      text not null default 'proposed' check (state in ('proposed', 'left-out', 'disposed', 'kept')),
    why        text,
    check ((state in ('left-out', 'kept')) = (why is not null)),
    check (state <> 'disposed' or label is null),
    unique (run_id, number),
    unique (run_id, kind, record_id)
);
create index disposal_items_next on core.disposal_items (run_id, number) where state = 'proposed';

-- A number of a module's settings, for the SQL of a retention class.
create function core.setting_number(of_module text, name text, otherwise int) returns int language sql stable as $$
    select coalesce((select (s.body ->> name)::int from core.settings s where s.module = of_module and s.location_id is null), otherwise)
$$;

-- Holds of patients that the patients module kept itself.
do $$ begin
    if exists (select from information_schema.columns where table_schema = 'patients' and table_name = 'patients' and column_name = 'legal_hold') then
        execute $move$
            insert into core.retention_holds (id, matter, reason, patient_id, about, held_by, held_at)
            select gen_random_uuid(), 'Patient', legal_hold, id, 'One patient', 'before holds were kept for all modules', now()
            from patients.patients where legal_hold is not null
        $move$;
    end if;
end $$;
