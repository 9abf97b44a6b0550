-- Names at which a practice's pages for people without an account answer, and nothing else of it; with none they answer at all its names.
alter table practices add column public_hosts text[] not null default '{}';
