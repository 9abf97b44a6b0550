-- What a document was before somebody filed a better scan of it. Hangs on its document.
create table document_versions (
    id          uuid primary key,
    document_id uuid not null references documents on delete cascade,
    number      int not null check (number >= 1),
    file_id     uuid not null,
    added_at    timestamptz not null,
    added_by    text not null,
    replaced_at timestamptz not null,
    replaced_by text not null,
    unique (document_id, number)
);
