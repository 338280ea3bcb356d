-- 0008: how often somebody asked for a call, so that dialling can be limited on all nodes together. Counters only: whom
-- they called is not kept here. The row without a user counts the whole organization.

create table dial_counts (
  user_id         uuid         references users on delete cascade,
  window_seconds  integer      not null constraint window_is_positive check (window_seconds > 0),
  begun_at        timestamptz  not null,  -- with the first call in it
  count           integer      not null constraint count_is_positive check (count > 0),
  constraint one_count_per_window unique nulls not distinct (user_id, window_seconds)
);
