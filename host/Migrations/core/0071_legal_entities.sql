-- Who the practice is before the law: one entity as a rule, several where a group bought another. Locations and staff belong to one.
create table core.legal_entities (
    id           uuid primary key,
    version      int not null default 1,
    main         boolean not null default false,      -- whom a location belongs to when nobody says
    name         text not null check (length(name) between 1 and 120),
    tax_id       text check (tax_id ~ '^[0-9]{9}$'),
    npi          text check (npi ~ '^[0-9]{10}$'),    -- of type 2: an organization's
    address      text,
    city         text,
    state        text check (state ~ '^[A-Z]{2}$'),
    zip          text check (zip ~ '^[0-9]{5}([0-9]{4})?$'),
    fiscal_month int not null default 1 check (fiscal_month between 1 and 12), -- in which its fiscal year begins
    active       boolean not null default true,
    check (active or not main)
);
create unique index legal_entities_main on core.legal_entities (main) where main;
create unique index legal_entities_name on core.legal_entities (lower(name));

-- Its number and tax id were the practice's.
insert into core.legal_entities (id, main, name, tax_id, npi, address, city, state, zip)
    select gen_random_uuid(), true, name, tax_id, npi, address, city, state, zip from core.profile;
alter table core.profile drop tax_id, drop npi;

create function core.main_entity() returns uuid language sql stable as $$ select id from core.legal_entities where main $$;
alter table core.locations add entity_id uuid not null default core.main_entity() references core.legal_entities;
alter table core.staff_members add entity_id uuid not null default core.main_entity() references core.legal_entities;

-- What costs are gathered by: a department, a service line, a place.
create table core.cost_centres (
    id        uuid primary key,
    version   int not null default 1,
    code      text not null check (length(code) between 1 and 20),
    name      text not null check (length(name) between 1 and 80),
    entity_id uuid references core.legal_entities,    -- null: all entities use it
    active    boolean not null default true
);
create unique index cost_centres_code on core.cost_centres (lower(code));
