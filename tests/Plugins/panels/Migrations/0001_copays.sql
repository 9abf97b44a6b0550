create table copays (
    id       uuid primary key,
    version  int not null default 1,
    visit_id uuid not null,
    place    text not null,
    amount   numeric(12,2) not null
);
