-- One row per findable thing, written in the transaction that saves it. `words` is lower case, without accents and
-- separated by single spaces (the host normalizes), so that no text-search parser guesses at numbers and dates.
create table core.search (
    module      text not null,
    kind        text not null,
    entity_id   uuid not null,
    title       text not null,
    detail      text not null,
    link        text not null,
    permission  text not null,
    location_id uuid,
    patient_id  uuid,
    words       text not null,
    lexemes     tsvector generated always as (array_to_tsvector(string_to_array(words, ' '))) stored,
    primary key (module, kind, entity_id)
);
-- A short pending list (256 kB): an import's rows go in together, and a search never reads a long one.
create index search_lexemes on core.search using gin (lexemes) with (gin_pending_list_limit = 256);
create index search_typos on core.search using gin (words public.gin_trgm_ops) with (gin_pending_list_limit = 256);
create index search_start on core.search (words text_pattern_ops);
create index search_patient on core.search (patient_id) where patient_id is not null;
select core.patient_table('core', 'search', 'patient_id', 'move', 'projection');

-- Rows whose words look like what was typed, for when nothing begins with it. The longest word goes through the index,
-- the others filter. 0.4 lets one swapped or missing letter in five pass; the default of 0.6 does not.
create function core.search_typos(
    modules text[], all_permissions boolean, permissions text[], everywhere boolean, locations uuid[], longest text, asked text[], most int)
returns table (module text, kind text, entity_id uuid, title text, detail text, link text, patient_id uuid, likeness real)
language sql stable set pg_trgm.word_similarity_threshold = 0.4 as $$
    select s.module, s.kind, s.entity_id, s.title, s.detail, s.link, s.patient_id,
        (select sum(public.word_similarity(w, s.words)) from unnest(asked) w)::real as likeness
    from core.search s
    where s.words operator(public.%>) longest
      and (select bool_and(public.word_similarity(w, s.words) >= 0.4) from unnest(asked) w)
      and s.module = any(modules) and (all_permissions or s.permission = any(permissions))
      and (everywhere or s.location_id is null or s.location_id = any(locations))
    order by likeness desc, s.title
    limit most
$$;

create table core.tasks (
    id            uuid primary key,
    module        text not null,
    kind          text not null,
    entity_id     uuid not null,
    title         text not null,
    link          text not null,
    permission    text not null,
    due           timestamptz,
    role          text,
    declared_for  uuid,                    -- whom the entity names
    assignee_id   uuid,                    -- whom it waits for now: the declared one until a person hands it on
    location_id   uuid,
    patient_id    uuid,
    urgent        boolean not null default false,
    created_at    timestamptz not null,
    snoozed_until timestamptz,
    done_at       timestamptz,
    done_by       uuid,
    unique (module, kind, entity_id)
);
create index tasks_open on core.tasks (due) where done_at is null;
create index tasks_assignee on core.tasks (assignee_id, due) where done_at is null;
create index tasks_patient on core.tasks (patient_id) where patient_id is not null;
select core.patient_table('core', 'tasks', 'patient_id', 'move', 'projection');

-- Content once per digest, in chunks; a file is a name for it; an owner says who may open it.
create table core.file_contents (
    sha256 text primary key check (sha256 ~ '^[0-9a-f]{64}$'),
    length bigint not null check (length > 0)
);
create table core.file_chunks (
    sha256 text not null references core.file_contents on delete cascade,
    number int not null,
    body   bytea not null,
    primary key (sha256, number)
);
-- Pictures and PDFs are compressed already.
alter table core.file_chunks alter column body set storage external;

create table core.files (
    id        uuid primary key,
    sha256    text not null references core.file_contents,
    name      text not null check (length(name) between 1 and 120),
    type      text not null,
    stored_at timestamptz not null,
    stored_by uuid
);
create table core.file_owners (
    file_id    uuid not null references core.files on delete cascade,
    module     text not null,
    permission text not null,
    patient_id uuid,
    what       text not null,
    primary key (file_id, permission)
);
create index file_owners_patient on core.file_owners (patient_id) where patient_id is not null;
select core.patient_table('core', 'file_owners', 'patient_id', 'move', 'record');

-- Files from another system, loaded row by row as they are; nothing is lost when a row cannot be taken.
create table core.imports (
    id          uuid primary key,
    kind        text not null,
    file_name   text not null,
    sha256      text not null,
    headings    text[] not null,
    encoding    text not null,
    delimiter   text not null,
    mapping     jsonb not null default '{}',          -- field id → position of its column
    state       text not null check (state in ('uploaded', 'checking', 'checked', 'importing', 'done', 'canceled', 'undoing', 'undone')),
    total       int not null default 0,
    position    int not null default 0,               -- rows of the present step that are done
    created     int not null default 0,
    updated     int not null default 0,
    unchanged   int not null default 0,
    refused     int not null default 0,
    undone      int not null default 0,
    started_by  uuid,
    started_by_name text not null,
    started_at  timestamptz not null,
    step_at     timestamptz not null
);

create table core.import_rows (
    import_id uuid not null references core.imports on delete cascade,
    number    int not null,
    columns   text[],                                  -- as read; gone once the row was taken, kept while it can be corrected
    outcome   text check (outcome in ('created', 'updated', 'unchanged', 'refused', 'undone', 'stays')),
    errors    text,
    entity_id uuid,
    was_created boolean not null default false,
    version   int not null default 0,
    before    text,                                    -- state before an update, for undo
    primary key (import_id, number)
);
create index import_rows_entity on core.import_rows (entity_id) where entity_id is not null;

-- What a person chose for a file of these headings, for the next one.
create table core.import_mappings (
    kind     text not null,
    headings text[] not null,
    mapping  jsonb not null,
    primary key (kind, headings)
);
