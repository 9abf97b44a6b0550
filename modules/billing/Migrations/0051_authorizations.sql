-- What a payer allows beforehand, or a physician's referral that it wants: its number, for how many visits and until when.
create table authorizations (
    id           uuid primary key,
    version      int not null default 1,
    patient_id   uuid not null,
    patient_name text not null,
    payer_id     uuid not null,
    payer        text not null,
    kind         text not null check (kind in ('authorization', 'referral')),
    state        text not null default 'to-request' check (state in ('to-request', 'requested', 'approved', 'denied', 'ended')),
    number       text check (length(number) between 1 and 50),     -- REF*G1, REF*9F
    what         text not null check (length(what) between 1 and 200),
    codes        text[] not null default '{}',
    visit_type   text check (length(visit_type) between 1 and 100), -- null: any
    provider_id  uuid,                                              -- null: any
    visits       int constraint authorizations_visits check (visits between 1 and 999),  -- null: no limit
    used         int not null default 0,                            -- counted by authorization_uses
    valid_from   date,
    valid_to     date,
    expedited    boolean not null default false,
    requested_on date,
    decided_on   date,
    due_on       date not null,
    note         text check (length(note) between 1 and 500),
    owner_id     uuid,
    owner        text,
    constraint authorizations_used check (used <= visits),
    constraint authorizations_days check (valid_to >= valid_from),
    constraint authorizations_approved check (state <> 'approved' or (number is not null and valid_from is not null))
);
create unique index authorizations_number on authorizations (payer_id, kind, number) where number is not null;
create index authorizations_open on authorizations (due_on) where state in ('to-request', 'requested');
create index authorizations_patient on authorizations (patient_id);
select core.patient_table('billing', 'authorizations', 'patient_id', 'move', 'record');

-- The kept visits that used one; always what the visits and the authorizations of the patient come to.
create table authorization_uses (
    id               uuid primary key,
    authorization_id uuid not null references authorizations on delete cascade,
    kind             text not null,
    visit_id         uuid not null,
    patient_id       uuid not null,
    day              date not null,
    constraint authorization_uses_once unique (visit_id, kind)
);
create index authorization_uses_of on authorization_uses (authorization_id);
create index authorization_uses_patient on authorization_uses (patient_id);
select core.patient_table('billing', 'authorization_uses', 'patient_id', 'move', 'record');

-- Locks the authorization: of two visits at its last unit the second finds none left, whoever writes them.
create function count_authorization() returns trigger language plpgsql as $$
begin
    if tg_op <> 'INSERT' then
        update billing.authorizations a set used = (select count(*) from billing.authorization_uses u where u.authorization_id = a.id)
            where a.id = old.authorization_id;
    end if;
    if tg_op <> 'DELETE' then
        update billing.authorizations a set used = (select count(*) from billing.authorization_uses u where u.authorization_id = a.id)
            where a.id = new.authorization_id;
    end if;
    return null;
end $$;
create trigger count_authorization after insert or update of authorization_id or delete on authorization_uses
    for each row execute function count_authorization();

-- Which visits need one, as payers say.
create table authorization_needs (
    id         uuid primary key,
    version    int not null default 1,
    payer_id   uuid not null,
    kind       text not null check (kind in ('authorization', 'referral')),
    visit_type text check (length(visit_type) between 1 and 100),   -- null: every visit
    source     text not null check (length(source) between 1 and 300)
);
create unique index authorization_needs_once on authorization_needs (payer_id, kind, coalesce(lower(visit_type), ''));

-- By when a payer has to answer, by 837P SBR09.
create table authorization_clocks (
    filing_code text not null,
    expedited   boolean not null,
    days        int not null check (days > 0),
    valid_from  date not null,
    source      text not null,
    primary key (filing_code, expedited, valid_from)
);
insert into authorization_clocks (filing_code, expedited, days, valid_from, source) values
    ('16', false, 7, '2026-01-01', '42 CFR 422.568(b)(1)'),
    ('16', true, 3, '2026-01-01', '42 CFR 422.572(a)(1): 72 hours'),
    ('MC', false, 7, '2026-01-01', '42 CFR 438.210(d)(1), 440.230(e)(1)'),
    ('MC', true, 3, '2026-01-01', '42 CFR 438.210(d)(2), 440.230(e)(1): 72 hours');
