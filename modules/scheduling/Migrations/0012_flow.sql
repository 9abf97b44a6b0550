-- How far a patient who is here has come. A step that was skipped stays empty; what is taken back is emptied again.
alter table visits
    add column roomed_at   timestamptz,
    add column seen_at     timestamptz,
    add column finished_at timestamptz,
    add column in_room_id  uuid references rooms,
    -- What was gone through at check-in: demographics, coverage, notices.
    add column checked     text[] not null default '{}' check (checked <@ array['demographics', 'coverage', 'notices']),
    -- What the visit was, for whoever bills it, or why it is not billed.
    add column outcome     text check (length(outcome) <= 300),
    add column no_charge   text check (length(no_charge) <= 100),
    add constraint visits_flow_after_arrival check (arrived_at is not null or (roomed_at is null and seen_at is null and finished_at is null and in_room_id is null)),
    add constraint visits_flow_in_order check (seen_at >= coalesce(roomed_at, arrived_at) and finished_at >= coalesce(seen_at, roomed_at, arrived_at) and roomed_at >= arrived_at);
create index visits_here on visits (location_id) where status = 'arrived';
