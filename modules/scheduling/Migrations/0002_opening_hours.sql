-- Own copies of the locations' weeks and closed days, fed by the host's messages.
create table location_hours (
    location_id uuid primary key,
    version     int not null,
    week        jsonb not null              -- [{"weekday": 1, "opens": "08:00:00", "closes": "17:00:00"}]; empty: no hours given
);

create table closures (
    id          uuid primary key,
    version     int not null,
    location_id uuid,                       -- null closes the practice
    from_date   date not null,
    to_date     date not null,
    reason      text not null,
    active      boolean not null
);
create index closures_dates on closures (to_date, from_date) where active;
