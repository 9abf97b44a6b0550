-- A unique column that may be empty is a key as long as its index holds every row: of two who file the same scan at once each would wait
-- for the other. An index of the filled ones keeps the same promise.
alter table scans drop constraint scans_document_id_key;
create unique index scans_document on scans (document_id) where document_id is not null;
alter table agreements drop constraint agreements_signature_id_key;
create unique index agreements_signature on agreements (signature_id) where signature_id is not null;
