-- 0009: what the CRM said of each day's allowance, for the last fourteen days: counts, no persons.

create table allowance_days (
  connection_id  uuid    not null references connections on delete cascade,
  day            date    not null,  -- UTC, as in allowance_spent
  tokens_limit   bigint  not null,
  others         bigint  not null,  -- used by other apps of the company when it was last said
  primary key (connection_id, day)
);
