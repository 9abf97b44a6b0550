-- What was done for a patient, by whom, where and on which days; made by a kept visit, by a person or by a program.
create table encounters (
    id               uuid primary key,
    version          int not null default 1,
    location_id      uuid not null,
    zone             text not null,
    entity_id        uuid,                     -- in whose name it is charged; there when it is ready
    cost_centre_id   uuid,
    patient_id       uuid not null,
    patient_name     text not null,
    visit_id         uuid constraint encounters_visit unique,
    form_key         uuid constraint encounters_form unique,   -- made with the form or the row: sent twice, it is one encounter
    source           text not null check (source in ('visit', 'form', 'rounds', 'program', 'import', 'hl7')),
    service_from     date not null,
    service_to       date not null,
    what             text not null check (length(what) between 1 and 300),
    place_of_service text not null check (place_of_service ~ '^[0-9]{2}$'),
    facility         text check (length(facility) between 1 and 80),
    rendering_id     uuid,
    rendering        text,
    supervising_id   uuid,
    supervising      text,
    ordering_id      uuid,
    ordering         text,
    referring        text check (length(referring) between 1 and 80),
    referring_npi    text check (referring_npi ~ '^[0-9]{10}$'),
    incident_to      boolean not null default false,
    case_id          uuid,
    note             text check (length(note) between 1 and 300),
    state            text not null default 'open' check (state in ('open', 'entered', 'ready', 'no-charge', 'void')),
    total            numeric(12, 2) not null default 0 check (total between 0 and 9999999.99),
    end_reason       text check (length(end_reason) between 1 and 200),
    due_on           date not null,
    owner_id         uuid,
    owner            text,
    constraint encounters_days check (service_to >= service_from and service_to <= service_from + 366),
    constraint encounters_incident_to check (not incident_to or supervising_id is not null),
    check ((end_reason is not null) = (state in ('no-charge', 'void'))),
    check (state <> 'ready' or (entity_id is not null and rendering_id is not null))
);
create index encounters_to_enter on encounters (location_id, due_on) where state in ('open', 'entered');
create index encounters_patient on encounters (patient_id, service_from);
create index encounters_service on encounters (service_from);
create table encounter_steps (
    id          uuid primary key,
    row_id      uuid not null references encounters on delete cascade,
    row_version int not null,
    at          timestamptz not null,
    by          text not null,
    step        text,
    from_state  text not null,
    to_state    text not null,
    said        text not null check (length(said) between 1 and 1000),
    tone        text not null default '',
    before      jsonb
);
create index encounter_steps_row on encounter_steps (row_id, at);

-- 837P takes twelve diagnoses (HI), fifty lines (2400) and four pointers a line (SV107).
create table diagnoses (
    encounter_id uuid not null references encounters on delete cascade,
    position     int not null constraint diagnoses_twelve check (position between 1 and 12),
    code         text not null check (code ~ '^[A-Z][0-9][0-9A-Z][0-9A-Z]{0,4}$'),
    name         text not null,
    primary key (encounter_id, position),
    constraint diagnoses_once unique (encounter_id, code) deferrable initially deferred
);
create table charge_lines (
    id           uuid primary key,
    encounter_id uuid not null references encounters on delete cascade,
    position     int not null constraint charge_lines_fifty check (position between 1 and 50),
    service_on   date not null,
    code         text not null check (code ~ '^[A-Z0-9]{5}$'),
    name         text not null,
    modifiers    text[] not null default '{}' check (cardinality(modifiers) <= 4),
    pointers     int[] not null default '{}' constraint charge_lines_pointers check (cardinality(pointers) <= 4),
    units        numeric(9, 2) not null constraint charge_lines_units check (units > 0 and units <= 9999),
    price        numeric(12, 2) check (price between 0 and 999999.99),   -- of one unit; null while no schedule has it
    own_price    boolean not null default false,                         -- typed, and not the schedule's
    amount       numeric(12, 2) not null,
    ndc          text check (ndc ~ '^[0-9]{11}$'),
    ndc_quantity numeric(10, 3) check (ndc_quantity > 0),
    ndc_unit     text check (ndc_unit in ('F2', 'GR', 'ME', 'ML', 'UN')),
    note         text check (length(note) between 1 and 80),
    constraint charge_lines_amount check (amount = round(coalesce(price, 0) * units, 2)),
    constraint charge_lines_ndc check ((ndc is null) = (ndc_quantity is null) and (ndc is null) = (ndc_unit is null)),
    constraint charge_lines_order unique (encounter_id, position) deferrable initially deferred
);

-- Who pays, by rank, as it was known when the charges were closed.
create table encounter_coverages (
    id           uuid primary key,
    encounter_id uuid not null references encounters on delete cascade,
    rank         int not null check (rank between 1 and 9),
    coverage_id  uuid not null,
    payer_id     uuid not null,
    payer        text not null,
    member_id    text not null,
    constraint encounter_coverages_rank unique (encounter_id, rank) deferrable initially deferred
);

-- The ledger of charges. What is posted stays; a correction reverses it and posts anew.
create table charges (
    id             uuid primary key,
    encounter_id   uuid not null references encounters on delete cascade,
    line_id        uuid not null,
    kind           text not null check (kind in ('charge', 'reversal')),
    reverses_id    uuid constraint charges_reversed_once unique references charges,
    posted_at      timestamptz not null,
    posted_by      text not null,
    service_on     date not null,
    code           text not null,
    modifiers      text[] not null,
    diagnoses      text[] not null,
    units          numeric(9, 2) not null,
    amount         numeric(12, 2) not null,
    rendering_id   uuid not null,
    location_id    uuid not null,
    entity_id      uuid not null,
    cost_centre_id uuid,
    check ((kind = 'reversal') = (reverses_id is not null)),
    check (kind = 'charge' and amount >= 0 and units > 0 or kind = 'reversal' and amount <= 0 and units < 0)
);
create index charges_encounter on charges (encounter_id);
create index charges_posted on charges (posted_at);

-- What a provider charges and diagnoses most comes first as they type.
create table code_uses (
    provider_id uuid not null,
    system      text not null,
    code        text not null,
    uses        int not null check (uses > 0),
    last_on     date not null,
    primary key (provider_id, system, code)
);

-- The latest that was heard of a visit, so that messages may come late, twice and in any order.
create table heard_visits (
    id        uuid primary key,
    version   int not null,
    completed boolean not null                 -- what the visit was is known too, not only that it was kept
);

-- The host erases a patient with all that hangs on their rows; nothing else takes closed charges away.
create function being_erased() returns boolean language plpgsql as $$
declare
    stack text;
begin
    get diagnostics stack = pg_context;
    return stack like '%function core.erase_patient(%' or pg_trigger_depth() > 1;
end $$;

-- The ledger is written once.
create function charges_stay() returns trigger language plpgsql as $$
begin
    if tg_op = 'DELETE' and billing.being_erased() then
        return old;
    end if;
    raise exception 'A posted charge is not changed: reverse it.' using errcode = '23514', constraint = 'charges_stay';
end $$;
create trigger charges_stay before update or delete on charges for each row execute function charges_stay();

-- Diagnoses and lines of an encounter that is ready or ended are not edited.
create function lines_locked() returns trigger language plpgsql as $$
declare
    which uuid := case when tg_op = 'DELETE' then old.encounter_id else new.encounter_id end;
begin
    if tg_op = 'DELETE' and billing.being_erased() then
        return old;
    end if;
    if exists (select from billing.encounters e where e.id = which and e.state not in ('open', 'entered')) then
        raise exception 'The charges of this encounter are closed.' using errcode = '23514', constraint = 'encounters_locked';
    end if;
    return case when tg_op = 'DELETE' then old else new end;
end $$;
create trigger lines_locked before insert or update or delete on charge_lines for each row execute function lines_locked();
create trigger lines_locked before insert or update or delete on diagnoses for each row execute function lines_locked();

-- At the end of a write: pointers name diagnoses, the total is the sum of the lines, and the ledger says what the encounter says.
create function check_encounter() returns trigger language plpgsql as $$
declare
    which uuid;
    e record;
    lines numeric;
    posted numeric;
begin
    if tg_table_name = 'encounters' then
        which := new.id;
    elsif tg_op = 'DELETE' then
        which := old.encounter_id;
    else
        which := new.encounter_id;
    end if;
    select * into e from billing.encounters where id = which;
    if not found then
        return null;
    end if;
    if exists (select from billing.charge_lines l, unnest(l.pointers) p where l.encounter_id = which
            and not exists (select from billing.diagnoses d where d.encounter_id = which and d.position = p)) then
        raise exception 'A line points to a diagnosis that is not there.' using errcode = '23514', constraint = 'charge_lines_pointed';
    end if;
    select coalesce(sum(amount), 0) into lines from billing.charge_lines where encounter_id = which;
    if e.total <> lines then
        raise exception 'The total is not the sum of the lines.' using errcode = '23514', constraint = 'encounters_total';
    end if;
    select coalesce(sum(amount), 0) into posted from billing.charges where encounter_id = which;
    if e.state = 'ready' and (posted <> e.total or lines = 0 and not exists (select from billing.charge_lines where encounter_id = which))
        or e.state in ('no-charge', 'void') and posted <> 0 then
        raise exception 'The ledger does not say what the encounter says.' using errcode = '23514', constraint = 'encounters_posted';
    end if;
    return null;
end $$;
create constraint trigger check_encounter after insert or update on encounters deferrable initially deferred for each row execute function check_encounter();
create constraint trigger check_encounter after insert or update or delete on charge_lines deferrable initially deferred for each row execute function check_encounter();
create constraint trigger check_encounter after insert or update or delete on diagnoses deferrable initially deferred for each row execute function check_encounter();
create constraint trigger check_encounter after insert on charges deferrable initially deferred for each row execute function check_encounter();

select core.patient_table('billing', 'encounters', 'patient_id', 'move', 'record');
