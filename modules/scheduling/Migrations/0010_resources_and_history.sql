-- What a visit may need beside a provider and a room, one by one: an ultrasound, a treadmill.
create table equipment (
    id          uuid primary key,
    version     int not null default 1,
    location_id uuid not null,
    name        text not null check (length(name) between 1 and 60),
    kind        text not null check (length(kind) between 1 and 40),
    active      boolean not null default true
);
create unique index equipment_name on equipment (location_id, lower(name)) where active;

alter table appointment_types
    add column equipment_kind text check (length(equipment_kind) between 1 and 40),
    add column patients text not null default 'any' check (patients in ('any', 'new', 'established')),
    add column telehealth boolean not null default false,
    -- How many visits of a provider it may be booked over at any instant; null leaves it to the person who gives the reason.
    add column overbook_limit int check (overbook_limit between 0 and 20);

-- Blocked and held time may repeat on weekdays; held time is kept for a type until so many hours before it begins.
alter table schedule_exceptions
    add column weekdays int[] check (weekdays <@ array[0, 1, 2, 3, 4, 5, 6] and array_length(weekdays, 1) > 0),
    add column type_id uuid references appointment_types,
    add column release_hours int check (release_hours between 0 and 720);
alter table schedule_exceptions drop constraint schedule_exceptions_kind_check;
alter table schedule_exceptions
    add constraint schedule_exceptions_kind_check check (kind in ('leave', 'closure', 'extra-hours', 'blocked', 'held')),
    add constraint schedule_exceptions_held check ((kind = 'held') = (type_id is not null)),
    add constraint schedule_exceptions_held_hours check (kind <> 'held' or opens is not null);

alter table visits
    add column equipment_id uuid references equipment,
    add column confirmed_at timestamptz,
    add column confirmed_by text,
    -- It was moved or canceled and nobody has told the patient yet.
    add column tell_patient boolean not null default false,
    add constraint visits_confirmed check ((confirmed_at is null) = (confirmed_by is null)),
    add constraint visits_equipment_overlap exclude using gist (equipment_id with =, room_during with &&)
        where (status <> 'canceled' and not overbooked and equipment_id is not null);

-- Every change of a visit with who and when, in the office's words. A move keeps where the visit was.
create table visit_changes (
    id           uuid primary key,
    visit_id     uuid not null references visits on delete cascade,
    at           timestamptz not null,
    by           text not null,
    said         text not null check (length(said) between 1 and 400),
    tone         text not null default '',
    was_start    timestamptz,
    was_provider uuid,
    was_location uuid,
    check ((was_start is null) = (was_provider is null) and (was_start is null) = (was_location is null))
);
create index visit_changes_visit on visit_changes (visit_id, at);
