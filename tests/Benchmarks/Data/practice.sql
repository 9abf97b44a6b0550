-- A practice with :patients patients and :visits visits, ten a provider and day, straight into the tables.
-- Rows are made as the modules make them; only the random numbers are fixed, so that two runs hold the same rows.
select setseed(0.42);

create function pg_temp.uuid_of(kind int, n bigint) returns uuid language sql immutable as
    $$ select ('0190' || lpad(to_hex(kind), 4, '0') || '-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid $$;

-- Providers and rooms belong to the two locations in turn.
create function pg_temp.place(n bigint) returns uuid language sql immutable as
    $$ select ('00000000-0000-7000-8000-0000000000a' || (2 - n % 2))::uuid $$;

create temp table first_names as
select row_number() over () - 1 as i, name, 'M' as sex from unnest(
    '{James,John,Robert,Michael,William,David,Richard,Joseph,Thomas,Charles,Daniel,Matthew,Anthony,Mark,Steven,Paul,Andrew,Joshua,Kevin,Brian,José,Luis,Carlos,Juan,Ángel,Andrés,Wei,Raj,Ahmed,Dmitri,Jürgen,François,Søren,Owen,Caleb,Isaac,Elijah,Marcus,Theo,Walter}'::text[]) as m(name)
union all
select 40 + row_number() over () - 1, name, 'F' from unnest(
    '{Mary,Patricia,Jennifer,Linda,Elizabeth,Barbara,Susan,Jessica,Sarah,Karen,Lisa,Nancy,Betty,Sandra,Margaret,Ashley,Kimberly,Emily,Donna,Michelle,María,Sofía,Lucía,Guadalupe,Inés,Zoë,Mei,Priya,Fatima,Olga,Chloé,Renée,Siobhán,Hannah,Grace,Ruth,Naomi,Ivy,Amara,Nora}'::text[]) as f(name);

create temp table last_names as
select row_number() over () - 1 as i, name from unnest(
    '{Smith,Johnson,Williams,Brown,Jones,García,Miller,Davis,Rodríguez,Martínez,Hernández,López,González,Wilson,Anderson,Thomas,Taylor,Moore,Jackson,Martin,Lee,Pérez,Thompson,White,Harris,Sánchez,Clark,Ramírez,Lewis,Robinson,Walker,Young,Allen,King,Wright,Scott,Torres,Nguyen,Hill,Flores,Green,Adams,Nelson,Baker,Hall,Rivera,Campbell,Mitchell,Carter,Roberts,O''Brien,O''Connor,Müller,Schäfer,Nuñez,Peña,Muñoz,Ibáñez,Kowalski,Lindqvist,Okafor,Abara,Tanaka,Yamamoto,Chen,Wang,Patel,Singh,Khan,Rossi,Bianchi,Ferrari,Dubois,Lefèvre,Moreau,Novák,Svoboda,Petrov,Ivanova,Andersson,Jørgensen,Sørensen,Van Dyke,De Luca,MacDonald,McCarthy,Fitzgerald,Whitaker,Holloway,Pemberton,Ashworth,Castellano,Montgomery,Blackwood,Fairchild,Goodwin,Hargrove,Kingsley,Langford,Merriweather}'::text[]) as l(name);

-- A third of all people carry one of thousands of rare names, the others the common ones, the first ones most often.
create temp table people as
select n, f.name as first_name, f.sex,
       case when rare < 0.33 then
           (array['Bar','Cal','Dor','Ell','Far','Gil','Har','Kel','Lan','Mar','Nor','Pel','Quin','Rad','Stan','Thor','Val','Wes','Yar','Zel'])[1 + (a * 19.99)::int % 20]
           || (array['ber','col','den','fer','gan','lin','man','ner','ram','sen','tor','ver','wick','land','mont'])[1 + (b * 14.99)::int % 15]
           || (array['','s','son','ton','ley','ford','ski','ez','o','a','er','field'])[1 + (c * 11.99)::int % 12]
       else l.name end as last_name,
       (date '2025-12-31' - (d * d * 3000 + d * 30000)::int) as birth_date,
       (2000000000 + (e * 7999999999)::bigint)::text as mobile_phone,
       case when c < 0.3 then (2000000000 + (a * 7999999999)::bigint)::text end as home_phone
from (select n, random() as a, random() as b, random() as c, random() as d, random() as e, random() as rare,
             (random() * 79.99)::int as fi, (power(random(), 2) * 99.99)::int as li
      from generate_series(1, :patients) n) r
join first_names f on f.i = fi % 80 join last_names l on l.i = li % 100
order by n;

insert into patients.patients (id, record_number, first_name, last_name, birth_date, sex, address, city, state, zip, mobile_phone, home_phone, email, registered_at)
select pg_temp.uuid_of(1, n), (1000 + n)::text, first_name, last_name, birth_date, sex, n || ' Main Street', 'Fairhaven', 'OH', '44001',
       mobile_phone, home_phone, 'patient' || n || '@example.com', timestamptz '2020-01-01' + n * interval '12 minutes'
from people order by n;
select setval('patients.record_numbers', 1001 + :patients);

insert into core.search (module, kind, entity_id, title, detail, link, permission, patient_id, words)
select 'patients', 'Patient', pg_temp.uuid_of(1, n), last_name || ', ' || first_name, to_char(birth_date, 'Mon FMDD, YYYY') || ' · ' || sex || ' · ' || (1000 + n),
       '/patients/charts/' || pg_temp.uuid_of(1, n), 'patients.patient.read', pg_temp.uuid_of(1, n),
       concat_ws(' ', trim(regexp_replace(replace(lower(public.unaccent(last_name || ' ' || first_name)), '''', ''), '[^a-z0-9]+', ' ', 'g')),
           (1000 + n)::text, mobile_phone, home_phone, to_char(birth_date, 'YYYY MM DD YYYYMMDD MMDDYY MMDDYYYY'))
from people order by n;

insert into scheduling.patients (id, version, record_number, name, birth_date, sex, phone, find)
select pg_temp.uuid_of(1, n), 1, (1000 + n)::text, last_name || ', ' || first_name, birth_date, sex, mobile_phone,
       ' ' || lower(public.unaccent(last_name || ' ' || first_name || ' ' || (1000 + n) || ' ' || mobile_phone))
from people order by n;

-- Forty providers, twenty a location, each bookable eight to five on every day of the week.
insert into core.staff_members (id, first_name, last_name, credentials, is_provider)
select pg_temp.uuid_of(2, n), 'Provider', 'Number ' || n, 'MD', true from generate_series(1, 40) n;
insert into scheduling.providers (id, version, name, active) select id, 1, first_name || ' ' || last_name || ', MD', true from core.staff_members where is_provider;
insert into scheduling.bookability (id, provider_id, location_id) select pg_temp.uuid_of(3, n), pg_temp.uuid_of(2, n), pg_temp.place(n) from generate_series(1, 40) n;
insert into scheduling.templates (id, provider_id, location_id, weekday, opens, closes, valid_from)
select pg_temp.uuid_of(4, n * 7 + day), pg_temp.uuid_of(2, n), pg_temp.place(n), day, '08:00', '17:00', '1980-01-01' from generate_series(1, 40) n, generate_series(0, 6) day;
insert into core.rooms (id, location_id, name) select pg_temp.uuid_of(5, n), pg_temp.place(n), 'Room ' || n from generate_series(1, 24) n;
insert into scheduling.rooms (id, version, location_id, name, active) select id, 1, location_id, name, true from core.rooms;
insert into scheduling.appointment_types (id, name, minutes, kind, needs_room)
select pg_temp.uuid_of(6, n), name, minutes, kind, room from (values
    (1, 'Office visit', 30, 'visit', false), (2, 'New patient', 30, 'new', false), (3, 'Procedure', 30, 'proc', true),
    (4, 'Telehealth', 30, 'tele', false), (5, 'Well visit', 30, 'well', false), (6, 'Nurse visit', 30, 'nurse', false)) t(n, name, minutes, kind, room);

-- Ten half hours from eight to one for every provider and day; the afternoon stays free for booking. A fiftieth of the days lies ahead.
insert into scheduling.visits (id, patient_id, provider_id, location_id, type_id, patient_name, provider_name, type_name, kind, zone,
    starts_at, ends_at, held_from, held_to, status, reason, booking_key, booked_at, booked_by, arrived_at, arrived_by, checked_out_at, checked_out_by, ended_at, ended_by)
select pg_temp.uuid_of(7, v.n), p.id, d.id, pg_temp.place(v.provider), t.id, p.name, d.name, t.name, t.kind, 'America/New_York',
       v.starts, v.starts + interval '30 minutes', v.starts, v.starts + interval '30 minutes',
       v.status, case when v.status = 'canceled' then 'Patient asked' end, pg_temp.uuid_of(8, v.n), v.starts - interval '9 days', 'Dana Ruiz',
       case when v.status in ('arrived', 'checked-out') then v.starts - interval '5 minutes' end, case when v.status in ('arrived', 'checked-out') then 'Dana Ruiz' end,
       case when v.status = 'checked-out' then v.starts + interval '25 minutes' end, case when v.status = 'checked-out' then 'Dana Ruiz' end,
       case when v.status in ('canceled', 'no-show') then v.starts - interval '1 hour' end, case when v.status in ('canceled', 'no-show') then 'Dana Ruiz' end
from (
    select n, provider, starts, 1 + (n * 7919) % :patients as patient,
           case when n % 25 = 0 then 'canceled'
                when starts > now() then 'booked'
                when n % 29 = 0 then 'no-show'
                when starts > now() - interval '1 hour' then 'arrived'
                else 'checked-out' end as status
    from (
        select (day * 400 + (provider - 1) * 10 + slot)::bigint as n, provider,
               ((current_date - (:visits / 400 * 49 / 50) + day)::timestamp + time '08:00' + slot * interval '30 minutes') at time zone 'America/New_York' as starts
        from generate_series(0, :visits / 400 - 1) day, generate_series(1, 40) provider, generate_series(0, 9) slot) s) v
join scheduling.patients p on p.id = pg_temp.uuid_of(1, v.patient)
join scheduling.providers d on d.id = pg_temp.uuid_of(2, v.provider)
join scheduling.appointment_types t on t.id = pg_temp.uuid_of(6, 1 + v.n % 6)
order by v.n;

create table public.benchmark (day date not null, patients int not null, visits int not null);
insert into public.benchmark values (current_date, :patients, :visits);
