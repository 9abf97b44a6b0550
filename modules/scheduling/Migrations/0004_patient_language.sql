-- What a patient takes home is in the patient's language. Known from the next message about the patient; "rebuild" fills it at once.
alter table patients add column language text not null default 'en';
