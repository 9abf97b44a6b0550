create table facts (
    id      uuid primary key,
    number  int not null unique,
    version int not null,
    text    text not null
);

create table nights (
    nr int generated always as identity primary key,
    at timestamptz not null
);
