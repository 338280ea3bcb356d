-- 0005: the app's own policy: every version that was in force, and which organization used which since when. No personal data.

create table policy_versions (
  number        integer     primary key generated always as identity,  -- in the order they were put in force
  version       text        not null,  -- hash of the content; one that was in force before may come back
  content       jsonb       not null,  -- facts and words in every language: an earlier version stays readable
  changes       jsonb       not null,  -- against the version before, in words of every language
  effective_at  timestamptz not null default ringfence.now()
);
create index policy_versions_by_version on policy_versions (version, number desc);

-- What was in force is never rewritten, by nobody.
create function ringfence.refuse_change() returns trigger
  language plpgsql
  as $$ begin raise exception 'versions of the policy are never changed'; end $$;
create trigger versions_are_never_changed
  before update or delete or truncate on policy_versions
  for each statement execute function ringfence.refuse_change();

create table policy_uses (
  organization_id  uuid         not null references organizations on delete cascade,
  number           integer      not null references policy_versions,
  since            timestamptz  not null default ringfence.now(),
  primary key (organization_id, number)
);
