-- Forms that a practice words itself: a draft that is worked on, versions as they were published, and what was answered to them.
create table core.forms (
    id            uuid primary key,
    version       int not null default 1,
    kind          text not null check (kind ~ '^[a-z][a-z0-9-]*\.[a-z][a-z0-9-]*$'), -- module.noun, declared by the module
    name          text not null check (length(name) between 1 and 120),
    draft         jsonb not null,
    last_question int not null default 0,                -- keys of questions and sections are never used again
    last_section  int not null default 0,
    current       int not null default 0,                -- number of the newest version; 0 while there is none
    changed       boolean not null default true,         -- the draft says something else than that version
    withdrawn_at  timestamptz,
    withdrawn_by  text,
    check ((withdrawn_at is null) = (withdrawn_by is null))
);
create unique index forms_name on core.forms (kind, lower(name)) where withdrawn_at is null;

-- A version stays as it was published: people answered it.
create table core.form_versions (
    id           uuid primary key,
    form_id      uuid not null references core.forms,
    number       int not null check (number > 0),
    body         jsonb not null,
    change       text check (length(change) between 3 and 300),
    published_at timestamptz not null,
    published_by text not null,
    check (number = 1 or change is not null),
    constraint form_versions_number unique (form_id, number)
);
create function core.keep_form_version() returns trigger language plpgsql as $$
begin
    raise exception 'Version % of a form was published', old.number using errcode = 'insufficient_privilege';
end $$;
create trigger stays before update or delete on core.form_versions for each row execute function core.keep_form_version();

-- One form that somebody is asked to fill in, or filled in.
create table core.form_answers (
    id           uuid primary key,
    version      int not null default 1,
    form_id      uuid not null references core.forms,
    kind         text not null,
    form_name    text not null,
    subject_id   uuid,                                   -- the record; null: the patient, or nothing
    patient_id   uuid,
    location_id  uuid,
    about        text not null check (length(about) between 1 and 200),
    role         text,                                   -- in whose inbox it stands
    way          text not null check (way in ('staff', 'tablet', 'link')),
    state        text not null check (state in ('asked', 'waiting', 'reviewed', 'set-aside', 'withdrawn')),
    asked_at     timestamptz not null,
    asked_by     text not null,
    number       int,                                    -- of the version that was answered
    language     text check (language in ('en', 'es')),
    answers      jsonb,
    answered_at  timestamptz,
    answered_by  text,
    signature_id uuid,
    owner_id     uuid,
    owner        text,
    reviewed_at  timestamptz,
    reviewed_by  text,
    note         text check (length(note) between 3 and 300),
    taken        jsonb,                                  -- what was changed in the record: field, before, after
    foreign key (form_id, number) references core.form_versions (form_id, number),
    check (num_nonnulls(number, language, answers, answered_at, answered_by) in (0, 5)),
    check ((state in ('asked', 'withdrawn')) = (answers is null)),
    check ((state in ('reviewed', 'set-aside', 'withdrawn')) = (reviewed_at is not null)),
    check ((reviewed_at is null) = (reviewed_by is null)),
    check (state <> 'set-aside' or note is not null),
    check ((owner_id is null) = (owner is null))
);
create index form_answers_waiting on core.form_answers (answered_at) where state = 'waiting';
create index form_answers_form on core.form_answers (form_id, number);
create index form_answers_subject on core.form_answers (subject_id) where subject_id is not null;
create index form_answers_patient on core.form_answers (patient_id) where patient_id is not null;

-- What was answered is never changed, and what was decided stays decided.
create function core.keep_form_answer() returns trigger language plpgsql as $$
declare
    moved constant text[] := array['patient_id', 'subject_id', 'version'];
    review constant text[] := array['state', 'owner_id', 'owner', 'reviewed_at', 'reviewed_by', 'note', 'taken'];
begin
    if old.reviewed_at is not null and to_jsonb(new) - moved is distinct from to_jsonb(old) - moved
        or old.answers is not null and to_jsonb(new) - moved - review is distinct from to_jsonb(old) - moved - review then
        raise exception 'Form % was answered', old.id using errcode = 'insufficient_privilege';
    end if;
    return new;
end $$;
create trigger stays before update on core.form_answers for each row execute function core.keep_form_answer();

select core.patient_table('core', 'form_answers', 'patient_id', 'move', 'record');
