-- What modules ask a second person for. The module carries it out, or not, when it is told of the decision.
create table core.approvals (
    id             uuid primary key,
    version        int not null default 1,
    kind           text not null,                          -- module.noun, declared by the module
    key            text not null check (length(key) between 1 and 200), -- what it is about, for the module
    permission     text not null,                          -- who decides
    subject        text not null check (length(subject) between 1 and 200),
    reason         text not null check (length(reason) between 1 and 500),
    amount         numeric(12,2),
    link           text not null,
    patient_id     uuid,
    asked_by_id    uuid not null,
    asked_by       text not null,
    asked_at       timestamptz not null,
    state          text not null default 'waiting' check (state in ('waiting', 'approved', 'rejected', 'withdrawn')),
    decided_by_id  uuid,
    decided_by     text,
    in_place_of_id uuid,                                   -- who was away and named the person who decided
    in_place_of    text,
    decided_at     timestamptz,
    note           text check (length(note) <= 500),
    check ((state = 'waiting') = (decided_at is null)),
    -- Never one's own, neither for oneself nor in the place of who asked.
    check (state not in ('approved', 'rejected') or (decided_by_id <> asked_by_id and in_place_of_id is distinct from asked_by_id))
);
create unique index approvals_once on core.approvals (kind, key) where state = 'waiting';
create index approvals_asked on core.approvals (asked_at desc);
select core.patient_table('core', 'approvals', 'patient_id', 'move', 'projection');

-- Up to which amount a role decides; a kind without a row here is decided by everybody who has its permission.
create table core.approval_limits (
    id      uuid primary key,
    version int not null default 1,
    kind    text not null,
    role    text not null,
    up_to   numeric(12,2) check (up_to > 0),               -- null: any amount
    unique (kind, role)
);

-- Who decides for somebody who is away.
create table core.approval_stand_ins (
    id        uuid primary key,
    version   int not null default 1,
    person_id uuid not null references core.people on delete cascade,
    person    text not null,
    other_id  uuid not null references core.people on delete cascade,
    other     text not null,
    from_day  date not null,
    to_day    date not null,
    check (to_day >= from_day),
    check (person_id <> other_id)
);
create index approval_stand_ins_other on core.approval_stand_ins (other_id, to_day);
