-- Patients are kept in the shape that every module keeps them. Languages of before come with the next change, or with a rebuild.
alter table patients add column language text not null default 'en';
