-- Wrong tokens typed on the first-run page; past a few the token is dead.
alter table core.first_run add column tries int not null default 0;
