-- Why a process cannot work by a practice's present state, for those who look from outside it.
alter table node_gates
    add column fault       text,
    add column fault_since timestamptz;
