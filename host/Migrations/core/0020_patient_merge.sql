-- Two records of one person become one, by SQL over every registered table, whether its module is on, off or gone.

create table core.patient_merges (
    id             uuid primary key,
    kept_id        uuid not null,
    gone_id        uuid not null,
    merged_at      timestamptz not null,
    merged_by      uuid,
    merged_by_name text not null,
    reason         text not null check (length(reason) between 3 and 300),
    undone_at      timestamptz,
    undone_by_name text,
    check (kept_id <> gone_id),
    check ((undone_at is null) = (undone_by_name is null))
);
-- A record goes into one other.
create unique index patient_merges_gone on core.patient_merges (gone_id) where undone_at is null;
create index patient_merges_kept on core.patient_merges (kept_id);
select core.patient_table('core', 'patient_merges', 'kept_id', 'keep', 'audit');

-- Every row that a merge touched, as it was before.
create table core.patient_merge_rows (
    merge_id       uuid not null references core.patient_merges on delete cascade,
    number         int not null,
    schema_name    text not null,
    table_name     text not null,
    patient_column text not null,
    action         text not null check (action in ('moved', 'dropped', 'stays')),
    body           jsonb not null,
    primary key (merge_id, number)
);

-- Ids that are no longer a patient's own, for messages that come late and links that were kept.
create table core.patient_aliases (
    alias_id   uuid primary key,
    patient_id uuid not null,
    merge_id   uuid not null references core.patient_merges
);
create index patient_aliases_patient on core.patient_aliases (patient_id);
select core.patient_table('core', 'patient_aliases', 'patient_id', 'move', 'audit');

-- A row that is written late for a merged id goes where that patient is now. One look at an empty table while nobody was merged.
create function core.follow_alias() returns trigger language plpgsql as $$
declare
    now_at uuid;
begin
    if not exists (select from core.patient_aliases) then
        return new;
    end if;
    select a.patient_id into now_at from core.patient_aliases a where a.alias_id = (to_jsonb(new) ->> tg_argv[0])::uuid;
    return case when now_at is null then new else jsonb_populate_record(new, jsonb_build_object(tg_argv[0], now_at)) end;
end $$;

create function core.watch_alias(t core.patient_tables) returns void language plpgsql as $$
begin
    if t.on_merge <> 'keep' and t.schema_name || '.' || t.table_name <> 'core.patient_aliases' then
        execute format('create or replace trigger %I before insert on %I.%I for each row execute function core.follow_alias(%L)',
            'follow_' || t.patient_column, t.schema_name, t.table_name, t.patient_column);
    end if;
end $$;

create or replace function core.patient_table(schema_name text, table_name text, patient_column text, on_merge text, retention text)
returns void language sql as $$
    insert into core.patient_tables values ($1, $2, $3, $4, $5)
    on conflict (schema_name, table_name, patient_column) do update set on_merge = excluded.on_merge, retention = excluded.retention;
    select core.watch_alias(t) from core.patient_tables t where (t.schema_name, t.table_name, t.patient_column) = ($1, $2, $3);
$$;
select core.watch_alias(t) from core.patient_tables t where to_regclass(format('%I.%I', t.schema_name, t.table_name)) is not null;

create function core.present_patient_tables() returns setof core.patient_tables language sql stable as $$
    select * from core.patient_tables t where to_regclass(format('%I.%I', t.schema_name, t.table_name)) is not null
    order by t.schema_name, t.table_name, t.patient_column
$$;

-- "id = ($1->>'id')::uuid and …" over the primary key, for one row given as jsonb; the patient's own column stands for where it is now.
create function core.row_match(t core.patient_tables) returns text language sql stable as $$
    select string_agg(case when a.attname = t.patient_column then format('%I = $2', a.attname)
                           else format('%I = ($1->>%L)::%s', a.attname, a.attname, format_type(a.atttypid, a.atttypmod)) end, ' and ')
    from pg_index i join pg_attribute a on a.attrelid = i.indrelid and a.attnum = any (i.indkey)
    where i.indrelid = to_regclass(format('%I.%I', t.schema_name, t.table_name)) and i.indisprimary
$$;

create function core.own_columns(schema_name text, table_name text) returns text language sql stable as $$
    select string_agg(quote_ident(attname), ', ' order by attnum) from pg_attribute
    where attrelid = to_regclass(format('%I.%I', $1, $2)) and attnum > 0 and not attisdropped and attgenerated = ''
$$;

create function core.merge_patients(merge uuid, kept uuid, gone uuid, at timestamptz, person uuid, person_name text, reason text) returns void language plpgsql as $$
declare
    t    core.patient_tables;
    body jsonb;
    does text;
    n    int := 0;
begin
    perform pg_advisory_xact_lock(hashtextextended('patient ' || id, 0)) from unnest(array[least(kept, gone), greatest(kept, gone)]) id;
    insert into core.patient_merges values (merge, kept, gone, at, person, person_name, reason);

    -- What points at the gone record itself is not the other's: its own entry in the search, its own tasks.
    for t in select 'core', name, 'patient_id', 'move', 'projection' from unnest(array['search', 'tasks']) name loop
        for body in execute format('delete from core.%I x where x.entity_id = $1 returning to_jsonb(x)', t.table_name) using gone loop
            n := n + 1;
            insert into core.patient_merge_rows values (merge, n, t.schema_name, t.table_name, t.patient_column, 'dropped', body);
        end loop;
    end loop;

    for t in select * from core.present_patient_tables() where on_merge <> 'keep' loop
        for body in execute format('select to_jsonb(x) from %I.%I x where x.%I = $1', t.schema_name, t.table_name, t.patient_column) using gone loop
            begin
                execute format('update %I.%I set %I = $3 where %s', t.schema_name, t.table_name, t.patient_column, core.row_match(t)) using body, gone, kept;
                does := 'moved';
            exception when unique_violation or exclusion_violation or check_violation then
                does := 'stays';
                if t.on_merge = 'drop-duplicate' then
                    begin
                        execute format('delete from %I.%I where %s', t.schema_name, t.table_name, core.row_match(t)) using body, gone;
                        does := 'dropped';
                    exception when foreign_key_violation then
                        null;   -- something hangs on it: nothing is lost, it stays with the old record
                    end;
                end if;
            end;
            n := n + 1;
            insert into core.patient_merge_rows values (merge, n, t.schema_name, t.table_name, t.patient_column, does, body);
        end loop;
    end loop;
    insert into core.patient_aliases values (gone, kept, merge);
end $$;

-- Takes a merge back: what was moved returns, what was dropped is there again. Rows made since stay; the answer counts those that are gone.
create function core.unmerge_patients(merge uuid, at timestamptz, person_name text) returns table (returned int, missing int) language plpgsql as $$
declare
    m    core.patient_merges;
    r    core.patient_merge_rows;
    t    core.patient_tables;
    hit  int;
begin
    select * into strict m from core.patient_merges where id = merge and undone_at is null for update;
    perform pg_advisory_xact_lock(hashtextextended('patient ' || id, 0)) from unnest(array[least(m.kept_id, m.gone_id), greatest(m.kept_id, m.gone_id)]) id;
    if exists (select from core.patient_merges where gone_id = m.kept_id and undone_at is null) then
        raise exception 'The record that stayed was merged itself' using errcode = 'object_not_in_prerequisite_state';
    end if;
    delete from core.patient_aliases where merge_id = merge;
    returned := 0;
    missing := 0;
    for r in select * from core.patient_merge_rows where merge_id = merge and action <> 'stays' order by number desc loop
        t := row(r.schema_name, r.table_name, r.patient_column, '', '')::core.patient_tables;
        if r.action = 'moved' then
            execute format('update %I.%I set %I = $3 where %s and %I = $2', t.schema_name, t.table_name, t.patient_column, core.row_match(t), t.patient_column)
                using r.body, m.kept_id, m.gone_id;
        else
            execute format('insert into %1$I.%2$I (%3$s) select %3$s from jsonb_populate_record(null::%1$I.%2$I, $1) on conflict do nothing',
                t.schema_name, t.table_name, core.own_columns(t.schema_name, t.table_name)) using r.body;
        end if;
        get diagnostics hit = row_count;
        returned := returned + hit;
        missing := missing + 1 - hit;
    end loop;
    update core.patient_merges set undone_at = at, undone_by_name = person_name where id = merge;
    return next;
end $$;

-- Rows that were made for a patient from a moment on, told by their ids, which begin with the time (UUID v7).
create function core.patient_rows_since(patient uuid, since timestamptz) returns table (schema_name text, table_name text, rows int) language plpgsql stable as $$
declare
    t core.patient_tables;
begin
    for t in select p.* from core.present_patient_tables() p where p.retention = 'record' and p.on_merge <> 'keep' and exists (
        select from pg_attribute a where a.attrelid = to_regclass(format('%I.%I', p.schema_name, p.table_name)) and a.attname = 'id' and a.atttypid = 'uuid'::regtype) loop
        execute format('select %L, %L, count(*)::int from %I.%I where %I = $1 and id >= $2 and substr(id::text, 15, 1) = ''7''', t.schema_name, t.table_name, t.schema_name, t.table_name, t.patient_column)
            into schema_name, table_name, rows
            using patient, (lpad(to_hex((extract(epoch from since) * 1000)::bigint), 12, '0') || '00000000000000000000')::uuid;
        if rows > 0 then
            return next;
        end if;
    end loop;
end $$;

-- Tables that hang by one foreign key on a registered one and have no patient of their own: they go where their row goes.
create function core.patient_children(parent regclass) returns table (child regclass, child_column text, parent_column text) language sql stable as $$
    select c.conrelid::regclass, a.attname::text, b.attname::text
    from pg_constraint c
    join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[1]
    join pg_attribute b on b.attrelid = c.confrelid and b.attnum = c.confkey[1]
    where c.contype = 'f' and c.confrelid = parent and cardinality(c.conkey) = 1 and c.conrelid <> parent
      and not exists (select from core.present_patient_tables() t where to_regclass(format('%I.%I', t.schema_name, t.table_name)) = c.conrelid)
$$;

-- Everything of one patient, a row of the answer for a row of a table. Projections repeat what their owner keeps and are left out.
create function core.patient_record(patient uuid) returns table (schema_name text, table_name text, body jsonb) language plpgsql stable as $$
declare
    t core.patient_tables;
    c record;
begin
    for t in select * from core.present_patient_tables() p where p.retention = 'record' loop
        return query execute format('select %L, %L, to_jsonb(x) from %I.%I x where x.%I = $1',
            t.schema_name, t.table_name, t.schema_name, t.table_name, t.patient_column) using patient;
        for c in select * from core.patient_children(to_regclass(format('%I.%I', t.schema_name, t.table_name))) loop
            return query execute format('select %L, %L, to_jsonb(y) from %s y join %I.%I x on x.%I = y.%I where x.%I = $1',
                t.schema_name, split_part(c.child::text, '.', 2), c.child, t.schema_name, t.table_name, c.parent_column, c.child_column, t.patient_column) using patient;
        end loop;
    end loop;
end $$;

-- Takes a patient out of every table. A column that is not the only patient of its row, and may be empty, is emptied instead.
create function core.erase_patient(patient uuid) returns int language plpgsql as $$
declare
    t      core.patient_tables;
    c      record;
    erased int := 0;
    hit    int;
    moved  boolean;
    stuck  text;
    files  uuid[];
begin
    select array_agg(o.file_id) into files from core.file_owners o where o.patient_id = patient;
    update core.import_rows set before = null, columns = null where entity_id = patient;
    delete from core.patient_merge_rows where merge_id in (select id from core.patient_merges where patient in (kept_id, gone_id));
    delete from bus.dead_letters where key = patient::text;
    delete from bus.inbox where key = patient::text and status in ('handled', 'parked');
    loop
        moved := false;
        stuck := null;
        for t in select * from core.present_patient_tables() p where p.schema_name <> 'audit' loop
            begin
                if t.retention <> 'projection'
                   and (select count(*) from core.patient_tables o where (o.schema_name, o.table_name) = (t.schema_name, t.table_name)) > 1
                   and not (select a.attnotnull from pg_attribute a where a.attrelid = to_regclass(format('%I.%I', t.schema_name, t.table_name)) and a.attname = t.patient_column) then
                    execute format('update %I.%I set %I = null where %I = $1', t.schema_name, t.table_name, t.patient_column, t.patient_column) using patient;
                else
                    for c in select * from core.patient_children(to_regclass(format('%I.%I', t.schema_name, t.table_name))) loop
                        execute format('delete from %s y using %I.%I x where x.%I = y.%I and x.%I = $1',
                            c.child, t.schema_name, t.table_name, c.parent_column, c.child_column, t.patient_column) using patient;
                    end loop;
                    execute format('delete from %I.%I where %I = $1', t.schema_name, t.table_name, t.patient_column) using patient;
                end if;
                get diagnostics hit = row_count;
                erased := erased + hit;
                moved := moved or hit > 0;
            exception when foreign_key_violation then
                stuck := t.schema_name || '.' || t.table_name;   -- another table goes first
            end;
        end loop;
        exit when stuck is null;
        if not moved then
            raise exception 'Rows of % are held by another table', stuck;
        end if;
    end loop;
    delete from core.files f where f.id = any (files) and not exists (select from core.file_owners o where o.file_id = f.id);
    delete from core.file_contents k where not exists (select from core.files f where f.sha256 = k.sha256);
    return erased;
end $$;

-- The last instant at which anything of the patient was written or happened, in any module.
create function core.patient_last_seen(patient uuid) returns date language plpgsql stable as $$
declare
    t    core.patient_tables;
    c    text;
    seen timestamptz;
    last timestamptz;
begin
    for t in select * from core.present_patient_tables() p where p.retention = 'record' loop
        for c in select attname from pg_attribute where attrelid = to_regclass(format('%I.%I', t.schema_name, t.table_name))
                 and attnum > 0 and not attisdropped and atttypid = 'timestamptz'::regtype loop
            execute format('select max(%I) from %I.%I where %I = $1 and %I <= now()', c, t.schema_name, t.table_name, t.patient_column, c) into seen using patient;
            last := greatest(last, seen);
        end loop;
    end loop;
    return last::date;
end $$;
