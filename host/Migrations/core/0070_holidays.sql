-- Which federal holiday a closure is for: one row for each day it is observed on, that people decided about. Taken back, the practice works.
alter table core.closures
    add holiday text check (length(holiday) between 1 and 40),
    add check (holiday is null or (location_id is null and from_date = to_date));
create unique index closures_holiday on core.closures (holiday, from_date) where holiday is not null;
