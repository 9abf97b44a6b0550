-- Who saw and who changed what. Two logs in one table, because one chain then proves the order between seeing and changing too.
-- Rows are written with the business change; the sealer chains committed rows a few seconds later.
create schema audit;

create table audit.entries (
    id             uuid not null,
    at             timestamptz not null,
    log            text not null check (log in ('access', 'change')),
    person_id      uuid,                              -- null: the system, on behalf of a module
    person_name    text not null,
    session_id     text,
    correlation_id uuid not null,                     -- the request or message; the structured log carries the same
    module         text not null,
    place          text not null,                     -- route template or message, never an address with ids
    what           text not null check (length(what) between 1 and 200),
    table_name     text,
    row_id         uuid,
    patient_ids    uuid[] not null default '{}',
    reason         text check (length(reason) <= 500),
    values_digest  bytea,                             -- salted digest of the erasable values, so that the chain outlives an erasure
    seq            bigint,
    digest         bytea check (length(digest) = 32),
    check ((seq is null) = (digest is null)),
    primary key (id, at)
) partition by range (at);

create index entries_patients on audit.entries using gin (patient_ids);
create index entries_person on audit.entries (person_id, at);
create index entries_row on audit.entries (row_id, at) where row_id is not null;
create index entries_seq on audit.entries (seq);
create index entries_unsealed on audit.entries (at, id) where seq is null;

-- Values before and after, apart from the chain: a patient's values can be erased, that something was changed cannot.
create table audit.entry_values (
    entry_id   uuid primary key,
    patient_id uuid,
    salt       bytea not null,
    body       json not null                          -- json, not jsonb: the digest is of the very text
);
create index entry_values_patient on audit.entry_values (patient_id) where patient_id is not null;

select core.patient_table('audit', 'entry_values', 'patient_id', 'keep', 'audit');

create function audit.refuse_change() returns trigger language plpgsql as $$
begin
    if tg_op = 'UPDATE' and old.seq is null and new.seq is not null then
        -- Row with row, not JSON with JSON: the entry of a day list holds two hundred patients (586 against 175 µs to seal one).
        old.seq := new.seq;
        old.digest := new.digest;
        if new is not distinct from old then
            return new;
        end if;
    end if;
    raise exception 'The audit log is append-only: % of entry % refused', lower(tg_op), old.id using errcode = 'insufficient_privilege';
end $$;

create function audit.refuse_truncate() returns trigger language plpgsql as $$
begin
    raise exception 'The audit log is append-only: truncate refused' using errcode = 'insufficient_privilege';
end $$;

create function audit.refuse_value_change() returns trigger language plpgsql as $$
begin
    if tg_op = 'DELETE' and old.patient_id::text = current_setting('audit.erasing', true) then
        return old;
    end if;
    raise exception 'The audit log is append-only: % of the values of entry % refused', lower(tg_op), old.entry_id using errcode = 'insufficient_privilege';
end $$;

create trigger append_only before update or delete on audit.entries for each row execute function audit.refuse_change();
create trigger no_truncate before truncate on audit.entries for each statement execute function audit.refuse_truncate();
create trigger append_only before update or delete on audit.entry_values for each row execute function audit.refuse_value_change();
create trigger no_truncate before truncate on audit.entry_values for each statement execute function audit.refuse_truncate();

-- One partition a month, made ahead; the default catches a clock that is far off rather than losing the entry.
create table audit.entries_default partition of audit.entries default;

create function audit.ensure_partitions(from_day date, months int) returns void language plpgsql as $$
declare
    first date := date_trunc('month', from_day)::date;
    this  date;
    name  text;
begin
    for i in 0 .. months loop
        this := (first + make_interval(months => i))::date;
        name := 'entries_' || to_char(this, 'YYYY_MM');
        if to_regclass('audit.' || name) is null then
            begin
                execute format('create table audit.%I partition of audit.entries for values from (%L) to (%L)',
                    name, this::timestamp at time zone 'UTC', (this + interval '1 month') at time zone 'UTC');
                execute format('create trigger no_truncate before truncate on audit.%I for each statement execute function audit.refuse_truncate()', name);
            exception when check_violation then
                null;   -- the default partition already holds rows of that month; they stay where they are
            end;
        end if;
    end loop;
end $$;

create trigger no_truncate before truncate on audit.entries_default for each statement execute function audit.refuse_truncate();
select audit.ensure_partitions((now() - interval '1 month')::date, 4);

-- The one way to take values out: they go, the entries and their place in the chain stay, and an entry says so.
create function audit.erase_values(patient uuid, entry uuid, at timestamptz, person uuid, person_name text, correlation uuid, reason text)
returns int language plpgsql as $$
declare
    erased int;
begin
    perform set_config('audit.erasing', patient::text, true);
    delete from audit.entry_values v where v.patient_id = patient;
    get diagnostics erased = row_count;
    perform set_config('audit.erasing', '', true);
    insert into audit.entries (id, at, log, person_id, person_name, correlation_id, module, place, what, patient_ids, reason)
    values (entry, at, 'change', person, person_name, correlation, 'core', 'erasure', 'erased logged values', array[patient], reason);
    return erased;
end $$;
