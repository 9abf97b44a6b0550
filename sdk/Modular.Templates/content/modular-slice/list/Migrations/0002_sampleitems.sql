create table newmodule.sampleitems (
    id uuid primary key,
    version int not null,
    name text not null check (name <> ''),
    active boolean not null default true,
    since date
);
