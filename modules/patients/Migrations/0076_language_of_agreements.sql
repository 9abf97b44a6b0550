-- In which language the wording is: it is read out and kept as such, whatever language stands around it.
alter table agreement_forms add language text not null default 'en' check (language in ('en', 'es'));
