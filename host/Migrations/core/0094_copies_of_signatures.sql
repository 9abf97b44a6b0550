-- By which link it was signed at home: the same link shows a copy of it until it ends.
alter table core.signatures add column link_id uuid;
create unique index signatures_link on core.signatures (link_id) where link_id is not null;
