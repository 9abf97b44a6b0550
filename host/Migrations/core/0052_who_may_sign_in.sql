-- When somebody's sign-in ends, known beforehand; and the last half minute of their authenticator app that was used: it and older ones are worth nothing.
alter table core.people
    add column sign_in_ends_at timestamptz,
    add column totp_step bigint;

-- A practice has one owner at all places who may sign in, whatever two people do at the same moment: the lock makes the second one look
-- when the first one's change is there to be seen.
create function core.keep_an_owner() returns trigger language plpgsql as $$
begin
    perform pg_advisory_xact_lock(hashtextextended('core.people', 0));
    if tg_table_name = 'people' and not exists (select from core.person_roles r where r.person_id = new.id and r.preset = 'owner') then
        return null;
    end if;
    if not exists (
        select from core.people p join core.person_roles r on r.person_id = p.id and r.preset = 'owner'
        where p.active and p.all_locations and p.sign_in_ends_at is null)
    then
        raise exception 'The practice would be left without an owner.' using errcode = 'check_violation', constraint = 'people_keep_an_owner';
    end if;
    return null;
end
$$;
create constraint trigger people_keep_an_owner after update of active, all_locations, sign_in_ends_at on core.people
    deferrable initially deferred for each row
    when (old.active and old.all_locations and old.sign_in_ends_at is null
        and not (new.active and new.all_locations and new.sign_in_ends_at is null))
    execute function core.keep_an_owner();
create constraint trigger person_roles_keep_an_owner after delete on core.person_roles
    deferrable initially deferred for each row when (old.preset = 'owner')
    execute function core.keep_an_owner();

-- Somebody asked that a person's authenticator app and passkeys be removed; somebody else has to agree.
create table core.second_factor_removals (
    id            uuid primary key,
    version       int not null default 1,
    person_id     uuid not null unique references core.people on delete cascade,
    asked_by      uuid not null,
    asked_by_name text not null,
    asked_at      timestamptz not null
);

-- Wrong tries are counted by what was tried, by whom and from where: the digest is of all that, and old rows are swept.
create index sign_in_failures_old on core.sign_in_failures (first_at);
