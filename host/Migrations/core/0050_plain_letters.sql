-- What a handler's exception said may hold what somebody typed or what a row held. Kind and places stay.
update bus.wolverine_dead_letters set
    exception_message = 'A handler failed: ' || coalesce(kind, exception_type, ''),
    detail = coalesce((select string_agg(line, E'\n' order by number) from regexp_split_to_table(detail, E'\r?\n') with ordinality as lines (line, number) where line like '   at %'), '');
