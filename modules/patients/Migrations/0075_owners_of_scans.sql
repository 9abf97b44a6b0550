-- Who files a document: the inbox is shared by several people.
alter table scans add owner_id uuid, add owner text, add check ((owner_id is null) = (owner is null));
