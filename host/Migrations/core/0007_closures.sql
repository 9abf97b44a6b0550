-- A closure that was taken back stays, so that a module enabled later, or one that was off meanwhile, hears of it.
alter table core.closures add version int not null default 1, add active boolean not null default true;
