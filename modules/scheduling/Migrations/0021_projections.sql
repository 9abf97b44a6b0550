-- Providers are kept in the shape that every module keeps those who work here. Numbers of before come with the next change, or with a rebuild.
alter table providers add column npi text;
