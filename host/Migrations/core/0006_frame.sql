-- A person's own filters of a list, as they stand in its address.
create table core.saved_views (
    id        uuid primary key,
    person_id uuid not null,
    list      text not null check (length(list) between 1 and 80),
    name      text not null check (length(name) between 1 and 60),
    query     text not null check (length(query) <= 2000),
    unique (person_id, list, name)
);

-- Long work that people watch. Rows older than a month are of no use to anybody.
create table core.progress (
    id          uuid primary key,
    title       text not null,
    link        text not null,
    total       bigint not null check (total >= 0),
    done        bigint not null default 0 check (done >= 0),
    state       text not null default 'running' check (state in ('running', 'done', 'failed', 'canceled')),
    result      text,
    cancel_asked boolean not null default false,
    started_by  uuid,
    started_at  timestamptz not null,
    reported_at timestamptz not null,
    ended_at    timestamptz
);
create index progress_started on core.progress (started_by, started_at desc);
