-- A claim names the subscriber in parts (837P NM103 to NM107), and a bill the guarantor; both were one text until now.
--
-- A name is taken apart only where there is one way to read it: "Ruiz, Ana Maria", two words, or an initial between two words. A double
-- family name cannot be told from a middle name, nor a firm from a person: any other name stays whole in last_name, without a first name,
-- where people see it and can put it right. A guess would go out on a claim as if somebody had typed it.
create function name_parts(whole text) returns table (first_name text, middle_name text, last_name text, suffix text) language plpgsql immutable as $$
declare
    said text := btrim(regexp_replace(whole, '\s+', ' ', 'g'));
    rest text := said;
    words text[];
begin
    rest := regexp_replace(rest, '^((mr|mrs|ms|miss|dr)\.? )+', '', 'i');
    suffix := substring(rest from '(?i),? ((?:jr|sr)\.?|ii|iii|iv)$');
    rest := regexp_replace(rest, ',? ((jr|sr)\.?|ii|iii|iv)$', '', 'i');
    if rest ~ '^[^,]+, [^,]+$' and split_part(rest, ', ', 2) !~* '^(inc|llc|llp|ltd|corp|co|pc|pllc|md|do|np|pa|rn|phd|esq)\.?$' then
        last_name := split_part(rest, ', ', 1);
        words := string_to_array(split_part(rest, ', ', 2), ' ');
        first_name := words[1];
        middle_name := nullif(array_to_string(words[2:], ' '), '');
    elsif rest ~ '^[^, ]+ [^, ]+$' then
        first_name := split_part(rest, ' ', 1);
        last_name := split_part(rest, ' ', 2);
    elsif rest ~ '^[^, ]+ [[:alpha:]]\.? [^, ]+$' then
        first_name := split_part(rest, ' ', 1);
        middle_name := split_part(rest, ' ', 2);
        last_name := split_part(rest, ' ', 3);
    else
        suffix := null;
        last_name := said;
    end if;
    return next;
end $$;

alter table coverages
    add column group_name text check (length(group_name) <= 120),
    -- A person, or an employer: then there is no first name.
    add column subscriber_first_name  text check (length(subscriber_first_name) between 1 and 120),
    add column subscriber_middle_name text check (length(subscriber_middle_name) between 1 and 120),
    add column subscriber_last_name   text check (length(subscriber_last_name) between 1 and 120),
    add column subscriber_suffix      text check (length(subscriber_suffix) between 1 and 20),
    add column subscriber_sex         text check (subscriber_sex in ('F', 'M', 'X', 'U')),
    add column subscriber_address     text,
    add column subscriber_address2    text,
    add column subscriber_city        text,
    add column subscriber_state       text check (subscriber_state ~ '^[A-Z]{2}$'),
    add column subscriber_zip         text check (subscriber_zip ~ '^[0-9]{5}([0-9]{4})?$'),
    -- How often others were told anew because the patient, who is the subscriber, changed: no change of the coverage, but newer for a reader.
    add column subscriber_version     int not null default 0;

-- Whose plan a case is under may be an employer: its name is not taken apart.
update coverages c set (subscriber_first_name, subscriber_middle_name, subscriber_last_name, subscriber_suffix) =
    (select p.first_name, p.middle_name, p.last_name, p.suffix from name_parts(c.subscriber_name) p)
    where c.subscriber_name is not null and c.benefit_line <> 'case';
update coverages set subscriber_last_name = subscriber_name where subscriber_name is not null and benefit_line = 'case';

alter table coverages
    drop column subscriber_name,
    drop constraint coverages_relationship_check,
    add constraint coverages_relationship_check check (relationship in
        ('self', 'spouse', 'child', 'partner', 'employee', 'organ-donor', 'cadaver-donor', 'other', 'unknown')),
    -- The patient's own facts stand in the patient's row alone.
    add constraint coverages_subscriber check (case when relationship = 'self'
        then num_nonnulls(subscriber_first_name, subscriber_middle_name, subscriber_last_name, subscriber_suffix, subscriber_birth_date, subscriber_sex,
            subscriber_address, subscriber_address2, subscriber_city, subscriber_state, subscriber_zip) = 0
        else subscriber_last_name is not null end);

-- Claim filing indicator (837P SBR09): what kind of payer a claim goes to. Nobody asked until now, and the name of a payer does not tell.
alter table payers add column claim_filing_code text check (claim_filing_code in
    ('11', '12', '13', '14', '15', '16', '17', 'AM', 'BL', 'CH', 'CI', 'DS', 'FI', 'HM', 'LM', 'MA', 'MB', 'MC', 'OF', 'TV', 'VA', 'WC', 'ZZ'));

-- The people around a patient, the guarantor among them.
alter table contacts
    add column first_name  text check (length(first_name) between 1 and 120),
    add column middle_name text check (length(middle_name) between 1 and 120),
    add column last_name   text check (length(last_name) between 1 and 120),
    add column suffix      text check (length(suffix) between 1 and 20),
    add column address2    text;
update contacts c set (first_name, middle_name, last_name, suffix) =
    (select p.first_name, p.middle_name, p.last_name, p.suffix from name_parts(c.name) p);
alter table contacts alter column last_name set not null, drop column name;
