-- Months of the audit log that are past their retention go as a whole. What is left of them is this: which numbers they were, and the
-- digest the chain goes on from. The heads file outside the database says the same.
create table audit.dropped (
    from_seq   bigint primary key,
    to_seq     bigint not null check (to_seq >= from_seq),
    digest     bytea not null check (length(digest) = 32),
    up_to      date not null,
    dropped_at timestamptz not null
);

create or replace function audit.refuse_value_change() returns trigger language plpgsql as $$
begin
    if tg_op = 'DELETE' and (old.patient_id::text = current_setting('audit.erasing', true) or current_setting('audit.dropping', true) = 'on') then
        return old;
    end if;
    raise exception 'The audit log is append-only: % of the values of entry % refused', lower(tg_op), old.entry_id using errcode = 'insufficient_privilege';
end $$;

-- The months that end before a day, oldest first.
create function audit.months_before(day date) returns table (month text, up_to date) language sql stable as $$
    select c.relname::text, (to_date(substr(c.relname, 9), 'YYYY_MM') + interval '1 month')::date
    from pg_inherits i join pg_class c on c.oid = i.inhrelid
    where i.inhparent = 'audit.entries'::regclass and c.relname ~ '^entries_\d{4}_\d{2}$'
      and (to_date(substr(c.relname, 9), 'YYYY_MM') + interval '1 month')::date <= day
    order by 1
$$;

-- Runs of numbers within a span of time. Entries are numbered as they are committed, so that a run can end in the next month.
create function audit.runs_before(day date) returns table (from_seq bigint, to_seq bigint, digest bytea) language sql stable as $$
    select min(r.seq), max(r.seq), (array_agg(r.digest order by r.seq desc))[1]
    from (select e.seq, e.digest, e.seq - row_number() over (order by e.seq) as run
          from audit.entries e where e.at < day::timestamp at time zone 'UTC' and e.seq is not null and e.tableoid <> 'audit.entries_default'::regclass) r
    group by r.run order by 1
$$;

create function audit.drop_month(month text) returns void language plpgsql as $$
begin
    perform set_config('audit.dropping', 'on', true);
    execute format('delete from audit.entry_values v using audit.%I e where e.id = v.entry_id', month);
    perform set_config('audit.dropping', '', true);
    execute format('drop table audit.%I', month);
end $$;

-- A file of a location is opened by those of that location only.
alter table core.file_owners add column location_id uuid references core.locations;
