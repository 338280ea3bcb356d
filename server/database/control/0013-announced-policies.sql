-- 0013: a version of the policy that allows more than the one in force is announced first, and takes effect at its date.

alter table policy_versions
  add column announced_at  timestamptz  not null default ringfence.now(),
  add column verdict       text         check (verdict in ('less restrictive', 'stricter', 'neutral')),  -- against the version in force then; null: the first
  add column reasons       jsonb        not null default '{"en": [], "cs": []}',  -- why it is less restrictive, in words of every language
  add constraint announced_before_effective check (announced_at <= effective_at);
-- the default of a moment ago is that of the rows that were there
