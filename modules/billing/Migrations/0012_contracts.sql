-- What was agreed with a payer, for whom and until when. Who is in which network comes from here until credentialing tells it by provider.
create table payer_contracts (
    id             uuid primary key,
    version        int not null default 1,
    payer_id       uuid not null,
    entity_id      uuid,                      -- null: all entities
    products       text not null check (length(products) between 1 and 300),   -- HMO, PPO, Medicare Advantage
    starts_on      date not null,
    ends_on        date,                      -- the last day; null: until notice
    renews         boolean not null default false,
    notice_days    int check (notice_days between 1 and 730),
    notice_due     boolean not null default false,   -- set by the nightly job
    representative text,
    phone          text,
    email          text,
    note           text,
    check (ends_on >= starts_on)
);
create index payer_contracts_payer on payer_contracts (payer_id);
