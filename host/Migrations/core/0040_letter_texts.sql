-- The practice's own words of a letter, a row each time somebody saves them; the row with the highest number counts. Rows stay as they
-- are: an earlier text can be looked at and taken up again.
create table core.letter_texts (
    id       uuid primary key,
    kind     text not null check (kind ~ '^[a-z][a-z0-9-]*\.[a-z][a-z0-9-]*$'),
    language text not null check (language ~ '^[a-z]{2}$'),
    number   int not null check (number > 0),
    text     text check (length(text) between 1 and 50000), -- null: the standard text again
    saved_at timestamptz not null,
    saved_by text not null,
    unique (kind, language, number)
);
