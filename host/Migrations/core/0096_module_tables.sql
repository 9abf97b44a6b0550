-- Tables that modules have alike, made by one call in the migration that needs them. What a call made stays as it was made: a column that a
-- later SDK wants is added by the module, as its release says.

-- The history of a row that takes steps: core.steps_table('referrals', 'lab_samples', 'lab_sample_steps').
create function core.steps_table(schema_name text, table_name text, steps_name text) returns void language plpgsql as $$
begin
    execute format('create table %1$I.%3$I (
        id          uuid primary key,
        row_id      uuid not null references %1$I.%2$I on delete cascade,
        row_version int not null,          -- the version that the row has with it
        at          timestamptz not null,
        by          text not null,
        step        text,                  -- null for what is no step
        from_state  text not null,
        to_state    text not null,
        said        text not null check (length(said) between 1 and 1000),
        tone        text not null default '''',
        before      jsonb                  -- what the step changed, as it was
    )', schema_name, table_name, steps_name);
    execute format('create index %I on %I.%I (row_id, at)', steps_name || '_row', schema_name, steps_name);
end $$;

-- What a module keeps of patients, fed by their messages (KnownPatient): the table "patients" of its schema, found by any part of a name.
create function core.known_patients(schema_name text) returns void language plpgsql as $$
begin
    execute format('create table %I.patients (
        id            uuid primary key,
        version       int not null,
        record_number text not null,
        name          text not null,
        birth_date    date not null,
        sex           text not null,
        phone         text,
        restricted    boolean not null,
        active        boolean not null,
        language      text not null,
        find          text not null
    )', schema_name);
    execute format('create index patients_find on %I.patients using gin (find public.gin_trgm_ops)', schema_name);
    perform core.patient_table(schema_name, 'patients', 'id', 'keep', 'projection');
end $$;
