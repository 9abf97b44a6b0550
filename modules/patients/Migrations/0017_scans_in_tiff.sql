-- Faxes and scans in TIFF are kept as they came, like the others.
alter table scan_files drop constraint scan_files_type_check;
alter table scan_files add constraint scan_files_type_check check (type in ('application/pdf', 'image/jpeg', 'image/png', 'image/tiff'));
