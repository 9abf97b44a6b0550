-- The clock of a request: 30 days, once 30 more with a written reason (45 CFR 164.524(b)(2)). One that is closed has stopped.
alter table record_requests
    add clock_started_on  date,
    add clock_days        int not null default 30 check (clock_days >= 0),
    add clock_count       text not null default 'calendar' check (clock_count = 'calendar'),
    add clock_citation    text not null default '45 CFR 164.524(b)(2)' check (length(clock_citation) between 1 and 200),
    add clock_paused_on   date check (clock_paused_on >= clock_started_on),
    add clock_resumed_on  date check (clock_resumed_on >= clock_paused_on),
    add clock_paused_days int not null default 0 check (clock_paused_days >= 0),
    add clock_stopped_on  date check (clock_stopped_on >= clock_started_on);
alter table record_requests rename due_on to clock_due_on;
alter table record_requests rename extended_because to clock_extended_because;
update record_requests set
    clock_started_on = received_on,
    clock_days = case when clock_extended_because is null then 30 else 60 end,
    clock_stopped_on = closed_on;
alter table record_requests
    alter clock_started_on set not null,
    add constraint record_requests_clock check (clock_started_on = received_on and clock_stopped_on is not distinct from closed_on),
    add constraint record_requests_clock_due check (clock_due_on >= clock_started_on);
