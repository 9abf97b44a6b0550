-- The words that names are made of, each once: 200,000 patients have some 5,000. A name typed wrong is compared with these,
-- and the patients are then found by the words that are alike, as fast as by a name typed right. Words are only added; one that
-- nobody is called any more finds nobody.
create table name_words (word text primary key);
create index name_words_alike on name_words using gin (word public.gin_trgm_ops);

create function add_name_words() returns trigger language plpgsql as $$
begin
    -- In order, so that two imports at once wait for each other and never in a circle.
    insert into patients.name_words
    select distinct w from changed p, unnest(string_to_array(trim(p.find_names), ' ')) w
    where length(w) >= 3 and not exists (select from patients.name_words k where k.word = w) order by w
    on conflict do nothing;
    return null;
end $$;
create trigger name_words_added after insert on patients referencing new table as changed
    for each statement execute function patients.add_name_words();
create trigger name_words_changed after update on patients referencing new table as changed
    for each statement execute function patients.add_name_words();

insert into name_words
select distinct w from patients p, unnest(string_to_array(trim(p.find_names), ' ')) w where length(w) >= 3;

-- A pattern for find_names: the words of names that look like the one typed, the likest first, or the one typed as far as it
-- goes, because another word of the question may be the wrong one. The threshold is the lowest at which a missing, doubled or
-- swapped letter in a name of five still finds it; the function sets it because the operator, unlike the function, uses the index.
drop function names_like(text);
create function names_like(typed text) returns text language sql stable set pg_trgm.word_similarity_threshold = 0.4 as $$
    with asked as (select regexp_replace(patients.plain(typed), '[^[:alnum:]]+', '', 'g') as word)
    select format(' (%s%s)', (select string_agg(word || ' |', '') from (
            select k.word from patients.name_words k where k.word operator(public.%>) a.word
            order by public.similarity(k.word, a.word) desc, k.word limit 12) alike), a.word)
    from asked a
$$;

-- In the order of an index, the first page of the list, or of the beginning of a common name, is read without the thousands
-- behind it. Names are compared byte by byte, whatever the server's language: they are plain lower-case letters.
drop index patients_sort_name;
create index patients_sort_name on patients (sort_name collate "C", id);
create index patients_living on patients (sort_name collate "C", birth_date, id) where deceased_on is null;
