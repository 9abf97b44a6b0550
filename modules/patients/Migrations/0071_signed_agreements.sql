-- Signed on a screen: the certificate has the exact text.
alter table agreements add column signature_id uuid unique;
