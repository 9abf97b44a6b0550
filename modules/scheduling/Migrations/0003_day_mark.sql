-- Hours, closures, providers, rooms: what a day is made of besides its visits. It changes now and then, so one number says
-- whether it did; visits change all day, and a number of theirs would make bookings wait for each other.
create table setup_mark (
    only_row boolean primary key default true check (only_row),
    number   bigint not null
);
insert into setup_mark (number) values (1);

create function count_setup() returns trigger language plpgsql as $$
begin
    update scheduling.setup_mark set number = number + 1;
    return null;
end $$;
create trigger counted after insert or update or delete on providers for each statement execute function scheduling.count_setup();
create trigger counted after insert or update or delete on rooms for each statement execute function scheduling.count_setup();
create trigger counted after insert or update or delete on bookability for each statement execute function scheduling.count_setup();
create trigger counted after insert or update or delete on templates for each statement execute function scheduling.count_setup();
create trigger counted after insert or update or delete on schedule_exceptions for each statement execute function scheduling.count_setup();
create trigger counted after insert or update or delete on closures for each statement execute function scheduling.count_setup();
create trigger counted after insert or update or delete on location_hours for each statement execute function scheduling.count_setup();
