-- 0004: who owns the hooks, how far the nightly walk is, and second copies of a call that wait to be removed.

alter table connections
  add column hooks_by          uuid,  -- the installation whose user owns the hooks at the CRM
  add column hooks_state       text not null default 'none' constraint hooks_state_is_known
                               check (hooks_state in ('none', 'made', 'refused')),
  add column hooks_checked_at  timestamptz,
  add column mirror_sees       text not null default 'everything' constraint mirror_sees_is_known
                               check (mirror_sees in ('everything', 'part')),  -- read as an administrator, or not
  add column walk              bigint,  -- the walk under way: the second it began
  add column walk_cursor       text,    -- opaque place in the CRM's own order
  add column walked_at         timestamptz,
  add column compared_at       timestamptz,
  add column allowance_day     date;    -- of which day allowance_left was told

-- The second in which the CRM last showed it. What a whole walk did not see, and nothing since, has gone from there.
alter table persons alter column walk type bigint;
alter table companies add column walk bigint not null default 0;

alter table call_logs
  add column twin_external_id  text,  -- a second copy at the CRM, whose removal is decided
  add column twin_activity_id  text,
  add column twin_of           uuid;  -- the installation that may remove it
