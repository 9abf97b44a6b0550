-- Holds are kept for all modules in one place, which took these over.
alter table patients drop column legal_hold;
