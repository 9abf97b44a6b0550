-- Who looks after a pair: the list of possible duplicates is shared by several people.
alter table duplicates add owner_id uuid, add owner text;

-- Brings the list up to date. A pair that somebody judged is not asked about again, and one that somebody has is left to them.
create or replace function find_duplicates(lowest int, moment timestamptz) returns int language plpgsql as $$
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
    where d.state = 'open' and d.owner_id is null and a.id = d.first_id and b.id = d.second_id and (a.merged_into is not null or b.merged_into is not null or patients.duplicate_score(a, b) < lowest);
    return changed;
end $$;
