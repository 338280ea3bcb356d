-- 0010: who takes an extension for themself sees the calls that reach us from then on. What it had been before may have
-- been a colleague's; an administrator who gives it, or confirms it, says that it is not.
alter table user_extensions
  add column sees_after bigint not null default 0;  -- calls.arrival; what came no later is not theirs to see
