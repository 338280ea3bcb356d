-- 0013: a version of the policy that allows more than the one in force is announced first, and takes effect at its date.

alter table policy_versions
  add column announced_at  timestamptz,  -- null: it took effect when it was made
  add column verdict       text         check (verdict in ('less restrictive', 'stricter', 'neutral')),  -- against the version in force then; null: the first
  add column reasons       jsonb,       -- why it allows more or less, in words of every language
  add constraint announced_before_it_takes_effect check (announced_at < effective_at);
