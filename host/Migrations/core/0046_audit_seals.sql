-- Each time the chain goes on it is sealed with a key that no database holds. The seals are counted: the heads file outside must have as many,
-- and a chain that was rewritten by somebody without the key has none that fit.
create table audit.seals (
    number      bigint primary key check (number > 0),
    practice_id uuid not null,                     -- a restored copy keeps its original's
    host_id     uuid not null,                     -- whose heads file has it too
    from_seq    bigint not null,
    to_seq      bigint not null check (to_seq >= from_seq),
    digest      bytea not null check (length(digest) = 32),
    sealed_at   timestamptz not null,
    key_id      text not null,
    mac         bytea not null check (length(mac) = 32)
);

create index seals_host on audit.seals (practice_id, host_id, number);

create function audit.refuse_seal_change() returns trigger language plpgsql as $$
begin
    if tg_op = 'DELETE' and current_setting('audit.dropping', true) = 'on' then
        return old;
    end if;
    raise exception 'The audit log is append-only: % of seal % refused', lower(tg_op), old.number using errcode = 'insufficient_privilege';
end $$;

create trigger append_only before update or delete on audit.seals for each row execute function audit.refuse_seal_change();
create trigger no_truncate before truncate on audit.seals for each statement execute function audit.refuse_truncate();

-- That months went is sealed too; null for what was dropped before.
alter table audit.dropped
    add column practice_id uuid,
    add column host_id     uuid,
    add column key_id      text,
    add column mac         bytea check (length(mac) = 32);

-- Seals of entries that are gone; the last one stays, so that they are counted on.
create function audit.drop_seals() returns void language plpgsql as $$
begin
    perform set_config('audit.dropping', 'on', true);
    delete from audit.seals
    where to_seq < (select min(seq) from audit.entries) and number < (select max(number) from audit.seals);
    perform set_config('audit.dropping', '', true);
end $$;
