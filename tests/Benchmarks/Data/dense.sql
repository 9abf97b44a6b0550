-- What a large group has on one screen: a location where all forty providers see thirty patients on one day, a year ahead of the other
-- data; and a patient with a thousand visits. Made once.
create function pg_temp.uuid_of(kind int, n bigint) returns uuid language sql immutable as
    $$ select ('0190' || lpad(to_hex(kind), 4, '0') || '-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid $$;

insert into core.locations (id, name, zone) values ('00000000-0000-7000-8000-0000000000a3', 'Group Practice', 'America/New_York') on conflict do nothing;

insert into scheduling.bookability (id, provider_id, location_id)
select pg_temp.uuid_of(19, n), pg_temp.uuid_of(2, n), '00000000-0000-7000-8000-0000000000a3' from generate_series(1, 40) n on conflict do nothing;

insert into scheduling.visits (id, patient_id, provider_id, location_id, type_id, patient_name, provider_name, type_name, kind, zone,
    starts_at, ends_at, held_from, held_to, booking_key, booked_at, booked_by)
select pg_temp.uuid_of(23, n * 100 + slot), p.id, d.id, '00000000-0000-7000-8000-0000000000a3', t.id, p.name, d.name, t.name, t.kind, 'America/New_York',
       s.starts, s.starts + interval '15 minutes', s.starts, s.starts + interval '15 minutes', pg_temp.uuid_of(24, n * 100 + slot), now(), 'Dana Ruiz'
from generate_series(1, 40) n
cross join generate_series(0, 29) slot
cross join lateral (select ((select day + 400 from public.benchmark)::timestamp + time '08:00' + slot * interval '15 minutes') at time zone 'America/New_York' as starts) s
join scheduling.providers d on d.id = pg_temp.uuid_of(2, n)
join scheduling.patients p on p.id = pg_temp.uuid_of(1, 1 + n * 31 + slot)
join scheduling.appointment_types t on t.id = pg_temp.uuid_of(6, 1 + slot % 6)
on conflict do nothing;

insert into scheduling.visits (id, patient_id, provider_id, location_id, type_id, patient_name, provider_name, type_name, kind, zone,
    starts_at, ends_at, held_from, held_to, status, booking_key, booked_at, booked_by, arrived_at, arrived_by, checked_out_at, checked_out_by)
select pg_temp.uuid_of(25, n), p.id, d.id, '00000000-0000-7000-8000-0000000000a1', t.id, p.name, d.name, t.name, t.kind, 'America/New_York',
       s.starts, s.starts + interval '30 minutes', s.starts, s.starts + interval '30 minutes', 'checked-out', pg_temp.uuid_of(26, n), s.starts, 'Dana Ruiz',
       s.starts, 'Dana Ruiz', s.starts, 'Dana Ruiz'
from generate_series(1, 1000) n
cross join lateral (select (date '2000-01-01' + n::int)::timestamp at time zone 'America/New_York' + interval '10 hours' as starts) s
join scheduling.providers d on d.id = pg_temp.uuid_of(2, 1)
join scheduling.patients p on p.id = pg_temp.uuid_of(1, 7)
join scheduling.appointment_types t on t.id = pg_temp.uuid_of(6, 1)
on conflict do nothing;
