-- Letters written together: a row for the work, one for each letter. All of it is deleted after a week.
create table core.mail_merges (
    id         uuid primary key,
    kind       text not null check (kind ~ '^[a-z][a-z0-9-]*\.[a-z][a-z0-9-]*$'),
    about      uuid[] not null,                    -- rows of the module, in the order of the letters
    written    int not null default 0,             -- how many of them were gone through
    work       uuid not null,                      -- in core.progress
    started_by uuid not null,                      -- to whom alone the letters are shown
    started_at timestamptz not null,
    ended_at   timestamptz,
    file_id    uuid                                -- the PDF, when there is a letter in it
);
create index mail_merges_started on core.mail_merges (started_at);

create table core.mail_merge_letters (
    merge_id uuid not null references core.mail_merges on delete cascade,
    number   int not null,                         -- the place in "about", from 1
    label    text not null,
    language text not null,
    html     text,                                 -- until the PDF is made of it
    fault    text,                                 -- why there is no letter
    primary key (merge_id, number)
);
