-- The history is kept as for every row that takes steps. Steps of before are read, and no longer taken back.
alter table visit_changes rename to visit_steps;
alter index visit_changes_visit rename to visit_steps_row;
alter table visit_steps rename column visit_id to row_id;
alter table visit_steps
    add column row_version int not null default 0,   -- the version that the visit has with it
    add column step text,                            -- null for what is no step, such as a step that was taken back
    add column from_state text,
    add column to_state text,
    add column before jsonb;                         -- what the step changed, as it was
update visit_steps s set from_state = v.status, to_state = v.status, step = case when s.was_start is not null then 'move' end,
    before = case when s.was_start is not null then jsonb_build_object('StartsAt', s.was_start, 'ProviderId', s.was_provider, 'LocationId', s.was_location) end
from visits v where v.id = s.row_id;
alter table visit_steps
    drop column was_start, drop column was_provider, drop column was_location,
    drop constraint visit_changes_said_check, add check (length(said) between 1 and 1000),
    alter column row_version drop default, alter column from_state set not null, alter column to_state set not null;
