create table chores (
    id          uuid primary key,
    version     int not null default 1,
    location_id uuid not null,
    text        text not null,
    urgent      boolean not null default false,
    due_on      date not null,
    done        boolean not null default false,
    owner_id    uuid,
    owner       text
);
create index chores_open on chores (due_on) where not done;
