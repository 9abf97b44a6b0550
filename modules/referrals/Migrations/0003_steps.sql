-- The history is kept as for every row that takes steps. Steps of before are read, and no longer taken back.
alter table referral_changes rename to referral_steps;
alter index referral_changes_referral rename to referral_steps_row;
alter table referral_steps rename column referral_id to row_id;
alter table referral_steps
    add column row_version int not null default 0,   -- the version that the referral has with it
    add column step text,                            -- null for what is no step, such as a step that was taken back
    add column from_state text,
    add column to_state text;
update referral_steps s set from_state = r.step, to_state = r.step, before = null from referrals r where r.id = s.row_id;
alter table referral_steps
    drop constraint referral_changes_said_check, add check (length(said) between 1 and 1000),
    alter column row_version drop default, alter column from_state set not null, alter column to_state set not null;
