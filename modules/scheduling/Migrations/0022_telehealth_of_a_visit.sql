-- Whether a visit is by video stands on the visit, as its type's name and kind do: changing the type later does not change what was booked.
alter table visits add column telehealth boolean not null default false;
update visits v set telehealth = true from appointment_types t where t.id = v.type_id and t.telehealth;
