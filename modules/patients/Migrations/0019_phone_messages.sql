-- "Slips" are called what they are: messages of callers.
alter table slips rename to phone_messages;
alter table slip_notes rename to phone_message_notes;
alter table phone_message_notes rename column slip_id to phone_message_id;
alter index slips_open rename to phone_messages_open;
alter index slips_patient rename to phone_messages_patient;
alter index slips_newest rename to phone_messages_newest;
alter index slip_notes_slip rename to phone_message_notes_message;
update core.patient_tables set table_name = 'phone_messages' where schema_name = 'patients' and table_name = 'slips';
