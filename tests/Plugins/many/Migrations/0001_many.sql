create table things (id uuid primary key);
insert into things (id, name) values (gen_random_uuid(), 'there is no such column');
