-- 0003: a grant that the CRM refuses again and again is an uninstall nobody told us of; one that is never used dies.

alter table installations
  add column renewed_at       timestamptz not null default ringfence.now(),  -- the grant was used with success
  add column refused_at       timestamptz,  -- first refused, and not accepted since
  add column refused_again_at timestamptz,  -- last refused
  add column ends_at          timestamptz,  -- refused twice, a day apart: then it counts as uninstalled
  drop constraint installation_state_is_known,
  add constraint installation_state_is_known check (state in ('active', 'refused', 'ending'));
