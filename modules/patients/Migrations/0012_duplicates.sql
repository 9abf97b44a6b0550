-- Set while the record is merged into another: then it is in no list. The host moved its rows; this row stays for the undo.
alter table patients
    add column merged_into uuid references patients,
    add column legal_hold text check (length(legal_hold) between 3 and 300),     -- why nothing of the patient may be erased
    add constraint patients_merged check (merged_into <> id);
create index patients_merged_into on patients (merged_into) where merged_into is not null;

-- 03/04 typed as 04/03; itself when the day is no month.
create function day_month_swapped(d date) returns date language sql immutable parallel safe strict as
    $$ select case when extract(day from d) <= 12 then make_date(extract(year from d)::int, extract(day from d)::int, extract(month from d)::int) else d end $$;

create function plain_all(words text[]) returns text[] language sql immutable parallel safe as
    $$ select coalesce(array_agg(patients.plain(w)), '{}') from unnest(words) w $$;

-- How much two records look like one person, 0 to 100 and the same from both sides. What families share (phone, address)
-- weighs little; what tells twins and juniors apart weighs against.
create function duplicate_score(a patients, b patients) returns int language sql immutable parallel safe as $$
    select greatest(0, least(100,
        case when a.birth_date = b.birth_date then 30
             when a.birth_date = patients.day_month_swapped(b.birth_date) then 25
             when (extract(year from a.birth_date) = extract(year from b.birth_date))::int + (extract(month from a.birth_date) = extract(month from b.birth_date))::int
                + (extract(day from a.birth_date) = extract(day from b.birth_date))::int = 2 then 20
             else -20 end
      + case when n.la = n.fb and n.lb = n.fa and n.la <> n.fa then 35
             else case when n.la = n.lb then 20
                       when n.la = any (patients.plain_all(b.former_names)) or n.lb = any (patients.plain_all(a.former_names)) then 15
                       when public.similarity(n.la, n.lb) >= 0.5 then 12
                       else -15 end
                + case when n.fa = n.fb then 15
                       when n.fa = patients.plain(coalesce(b.preferred_name, '')) or n.fb = patients.plain(coalesce(a.preferred_name, '')) then 12
                       when left(n.fa, 3) = left(n.fb, 3) then 10
                       when public.similarity(n.fa, n.fb) >= 0.3 then 8
                       else -25 end
             end
      + case when a.sex <> b.sex and a.sex <> 'U' and b.sex <> 'U' then -15 else 0 end
      + case when a.ssn_last4 = b.ssn_last4 then 20 when a.ssn_last4 <> b.ssn_last4 then -25 else 0 end
      + case when array_remove(array[a.mobile_phone, a.home_phone, a.work_phone], null) && array_remove(array[b.mobile_phone, b.home_phone, b.work_phone], null) then 10 else 0 end
      + case when lower(a.email) = lower(b.email) then 10 else 0 end
      + case when a.zip = b.zip and patients.plain(a.address) = patients.plain(b.address) then 5 else 0 end
      + case when left(patients.plain(a.middle_name), 1) <> left(patients.plain(b.middle_name), 1) then -10 else 0 end
      + case when patients.plain(a.suffix) <> patients.plain(b.suffix) then -25 else 0 end))
    from (select patients.plain(a.last_name) as la, patients.plain(b.last_name) as lb, patients.plain(a.first_name) as fa, patients.plain(b.first_name) as fb) n
$$;

-- Who may be the same person as this one, saved or not. Each arm of the "or" has an index.
create function similar_to(p patients, lowest int) returns table (id uuid, score int) language sql stable as $$
    select c.id, patients.duplicate_score(p, c) from patients.patients c
    where c.id <> p.id and c.merged_into is null
      and (c.birth_date in (p.birth_date, patients.day_month_swapped(p.birth_date))
           or (p.mobile_phone is not null and c.find_numbers like '%' || p.mobile_phone || '%')
           or c.sort_name like patients.plain(p.last_name) || ' ' || patients.plain(p.first_name) || '%')
      and patients.duplicate_score(p, c) >= lowest
    order by 2 desc, c.sort_name limit 5
$$;

-- Pairs that look like one person, each once: the lower id first, so that a pair is the same from both sides.
create table duplicates (
    id         uuid primary key,
    version    int not null default 1,
    first_id   uuid not null references patients,
    second_id  uuid not null references patients,
    score      int not null check (score between 0 and 100),
    found_at   timestamptz not null,
    state      text not null default 'open' check (state in ('open', 'different', 'merged')),
    decided_at timestamptz,
    decided_by text,
    check (first_id < second_id),
    check ((state = 'open') = (decided_at is null)),
    unique (first_id, second_id)
);
create index duplicates_open on duplicates (score desc, id) where state = 'open';
create index duplicates_second on duplicates (second_id);
select core.patient_table('patients', 'duplicates', 'first_id', 'keep', 'projection');
select core.patient_table('patients', 'duplicates', 'second_id', 'keep', 'projection');

-- Brings the list up to date. A pair that somebody judged is not asked about again.
create function find_duplicates(lowest int, moment timestamptz) returns int language plpgsql as $$
declare
    changed int;
begin
    insert into patients.duplicates as d (id, first_id, second_id, score, found_at)
    select gen_random_uuid(), a.id, b.id, patients.duplicate_score(a, b), moment
    from (
        select a.id as x, b.id as y from patients.patients a join patients.patients b on a.birth_date = b.birth_date and a.id < b.id
            and (left(a.sort_name, 2) = left(b.sort_name, 2) or patients.plain(a.last_name) = patients.plain(b.first_name))
        union
        select least(a.id, b.id), greatest(a.id, b.id) from patients.patients a join patients.patients b on b.birth_date = patients.day_month_swapped(a.birth_date) and a.id <> b.id
            and left(a.sort_name, 4) = left(b.sort_name, 4) where patients.day_month_swapped(a.birth_date) <> a.birth_date
        union
        select least(a.id, b.id), greatest(a.id, b.id) from patients.patients a join patients.patients b on a.sort_name = b.sort_name and a.id <> b.id
        union
        select least(a.id, b.id), greatest(a.id, b.id) from patients.patients a join patients.patients b on a.mobile_phone = b.mobile_phone and a.id <> b.id and left(patients.plain(a.first_name), 3) = left(patients.plain(b.first_name), 3)
    ) pair
    join patients.patients a on a.id = pair.x join patients.patients b on b.id = pair.y
    where a.merged_into is null and b.merged_into is null and patients.duplicate_score(a, b) >= lowest
    on conflict (first_id, second_id) do update set score = excluded.score where d.state = 'open' and d.score <> excluded.score;
    get diagnostics changed = row_count;
    delete from patients.duplicates d using patients.patients a, patients.patients b
    where d.state = 'open' and a.id = d.first_id and b.id = d.second_id and (a.merged_into is not null or b.merged_into is not null or patients.duplicate_score(a, b) < lowest);
    return changed;
end $$;
