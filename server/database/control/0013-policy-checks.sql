-- 0013: what the daily check of the running installation against policy/ found: checks, counts and columns, no personal data.

create table policy_checks (
  number      integer      primary key generated always as identity,
  checked_at  timestamptz  not null default ringfence.now(),
  holds       boolean      not null,  -- nothing is wrong
  took_ms     integer      not null,
  version     text         not null,  -- of the policy in force
  results     jsonb        not null   -- per check: what it looked at and what is wrong
);
create index policy_checks_by_time on policy_checks (checked_at desc);
