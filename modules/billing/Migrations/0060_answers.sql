-- A file of a payer or clearing house, kept as it came and once, whatever became of it.
create table answer_files (
    id       uuid primary key,
    version  int not null default 1,
    name     text not null check (length(name) between 1 and 200),
    content  bytea not null check (length(content) > 0),
    hash     text not null constraint answer_files_hash unique check (hash ~ '^[0-9a-f]{64}$'),   -- SHA-256
    route_id uuid,                                                                               -- null when a person uploaded it
    came_at  timestamptz not null,
    came_by  text not null,
    state    text not null default 'to-read' check (state in ('to-read', 'read', 'unreadable', 'remittance')),
    said     text check (length(said) between 1 and 2000)                                        -- what could not be read of it
);
create index answer_files_came on answer_files (came_at);

-- What a file says of one claim. The word on a whole set is a row for each claim in it; a word on nothing of ours is one row without a claim.
create table claim_answers (
    id           uuid primary key,
    version      int not null default 1,
    file_id      uuid not null references answer_files on delete cascade,
    line         int not null,
    claim_id     uuid references claims on delete cascade,
    claim_number text check (length(claim_number) <= 80),
    kind         text not null check (kind in ('ta1', 'ack999', 'acknowledgment', 'status')),
    verdict      text not null check (verdict in ('open', 'received', 'accepted', 'rejected', 'decided')),
    words        text not null check (length(words) between 1 and 900),
    codes        text not null check (length(codes) <= 900),
    page         text check (page in ('charges', 'patient', 'coverage', 'identifiers', 'payers')),
    payer_number text check (length(payer_number) <= 50),
    from_payer   boolean not null,
    speaker      text not null check (length(speaker) <= 200),
    said_on      date,
    came_at      timestamptz not null,
    moved        boolean not null default false,        -- false where it speaks of an earlier sending, or the claim is past it
    settled_by   text,                                  -- a person has seen that it is none of ours
    settled_at   timestamptz,
    constraint claim_answers_once unique nulls not distinct (file_id, line, claim_id),
    check ((settled_by is null) = (settled_at is null))
);
create index claim_answers_claim on claim_answers (claim_id, came_at);
create index claim_answers_unmatched on claim_answers (came_at) where claim_id is null and settled_at is null;
