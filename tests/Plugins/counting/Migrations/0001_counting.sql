-- No unique keys on purpose: a message handled twice must show.
create table firsts (number int not null, node int not null default pg_backend_pid());
create table seconds (number int not null);
create table thirds (number int not null);
create table calls (number int not null, envelope uuid not null);
create table tries (number int not null, attempt int not null);
create table steps (nr int generated always as identity, walk text not null, step int not null);
create table lines (line int not null, together int not null);
create table projection (number int primary key, version int not null, text text not null, filling boolean not null);
