-- A note on a location's day that every desk reads.
create table day_notes (
    id          uuid primary key,
    version     int not null default 1,
    location_id uuid not null,
    day         date not null,
    text        text not null check (length(text) <= 500),
    by          text not null,
    at          timestamptz not null,
    unique (location_id, day)
);

-- Visits that a person holds to paste them elsewhere. They keep their time until then, so that nothing is lost on the way.
create table clipboard (
    person_id uuid not null,
    visit_id  uuid not null references visits on delete cascade,
    at        timestamptz not null,
    primary key (person_id, visit_id)
);
