-- Erasing a patient takes their series and the visits of it in whatever order.
alter table visits drop constraint visits_series_id_fkey;
alter table visits add constraint visits_series_id_fkey foreign key (series_id) references series on delete cascade;
