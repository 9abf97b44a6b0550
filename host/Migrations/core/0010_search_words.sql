-- Every word that a search row holds, once, numbers left out: what was typed wrong is compared with some thousand words instead
-- of every row, and the rows are then found by the words that are alike, as fast as by words typed right. Words are only added;
-- one that no row holds any more finds nothing.
create table core.search_words (word text primary key);
create index search_words_alike on core.search_words using gin (word public.gin_trgm_ops);

create function core.add_search_words() returns trigger language plpgsql as $$
begin
    -- In order, so that two imports at once wait for each other and never in a circle.
    insert into core.search_words
    select distinct w from changed s, unnest(string_to_array(s.words, ' ')) w
    where w ~ '^[^0-9]{3,}$' and not exists (select from core.search_words k where k.word = w) order by w
    on conflict do nothing;
    return null;
end $$;
create trigger search_words_added after insert on core.search referencing new table as changed
    for each statement execute function core.add_search_words();
create trigger search_words_changed after update on core.search referencing new table as changed
    for each statement execute function core.add_search_words();

insert into core.search_words
select distinct w from core.search s, unnest(string_to_array(s.words, ' ')) w where w ~ '^[^0-9]{3,}$';

-- The asked words as a question to the lexemes, each as it was typed or as one of the words that look like it. 0.4 lets one
-- swapped or missing letter in five pass; the function sets it because the operator, unlike word_similarity(), uses the index.
drop function core.search_typos(text[], boolean, text[], boolean, uuid[], text, text[], int);
drop index core.search_typos;
-- No question begins with the first word of a row: only the order of what was found asks for it.
drop index core.search_start;
create function core.search_alike(asked text[]) returns tsquery language sql stable set pg_trgm.word_similarity_threshold = 0.4 as $$
    select string_agg(format('(%L:*%s)', a.word, (
        select string_agg(format('|%L', k.word), '') from (
            select k.word from core.search_words k where k.word operator(public.%>) a.word
            order by public.similarity(k.word, a.word) desc, k.word limit 8) k
        where length(a.word) >= 4 and a.word ~ '^[^0-9]+$')), '&')::tsquery
    from unnest(asked) a(word)
$$;
