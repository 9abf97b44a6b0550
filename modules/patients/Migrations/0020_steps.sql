-- What is done about a message of a caller is kept as for every row that takes steps: the thread becomes its history.
alter table phone_messages add column state text not null default 'open' check (state in ('open', 'closed'));
update phone_messages set state = 'closed' where closed_at is not null;
alter table phone_messages add check ((state = 'closed') = (closed_at is not null));
alter table phone_message_notes rename to phone_message_steps;
alter index phone_message_notes_message rename to phone_message_steps_row;
alter table phone_message_steps rename column phone_message_id to row_id;
alter table phone_message_steps rename column by_name to by;
alter table phone_message_steps rename column text to said;
alter table phone_message_steps
    add column row_version int not null default 0,   -- the version that the message has with it
    add column step text,                            -- null for what is no step
    add column from_state text,
    add column to_state text,
    add column tone text not null default '',
    add column before jsonb;                         -- what the step changed, as it was
update phone_message_steps s set from_state = m.state, to_state = m.state, tone = 'info', step = 'note' from phone_messages m where m.id = s.row_id;
alter table phone_message_steps
    alter column row_version drop default, alter column from_state set not null, alter column to_state set not null;

-- What became of a document of the inbox, and what was taken back.
create table scan_steps (
    id          uuid primary key,
    row_id      uuid not null references scans on delete cascade,
    row_version int not null,
    at          timestamptz not null,
    by          text not null,
    step        text,
    from_state  text not null,
    to_state    text not null,
    said        text not null check (length(said) between 1 and 1000),
    tone        text not null default '',
    before      jsonb
);
create index scan_steps_row on scan_steps (row_id, at);
