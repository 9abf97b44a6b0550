-- When each patient was last seen, in one pass over every registered table: for the list of records whose period is over. The same
-- signs as core.patient_last_seen, which asks about one.
create function core.patients_last_seen() returns table (patient_id uuid, last_seen date) language plpgsql stable as $$
declare
    parts text;
begin
    select string_agg(format('select %I as id, greatest(%s) as at from %I.%I', t.patient_column, t.times, t.schema_name, t.table_name), ' union all ') into parts
    from (select p.schema_name, p.table_name, p.patient_column,
                 string_agg(format('case when %1$I <= now() then %1$I end', a.attname), ', ') as times
          from core.present_patient_tables() p
          join pg_attribute a on a.attrelid = to_regclass(format('%I.%I', p.schema_name, p.table_name)) and a.attnum > 0 and not a.attisdropped and a.atttypid = 'timestamptz'::regtype
          where p.retention = 'record'
          group by 1, 2, 3) t;
    return query execute 'select id, max(at)::date from (' || parts || ') seen where id is not null group by id';
end $$;
