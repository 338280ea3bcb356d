-- 0007: portals that post to our pages and tell their events without a hook key; and sign-in links for their users, who
-- have no other way from the portal's frame into a tab of its own.

create table portals (
  connection_id             uuid   primary key,
  organization_id           uuid   not null references organizations on delete cascade,
  crm                       text   not null,
  company_ref               text   not null,
  application_token_sealed  bytea,  -- proves an event to be the portal's; null: it has told none yet
  set_up_at                 timestamptz,  -- its lines and events were made last; null: not yet, or not all
  constraint one_portal_per_company unique (crm, company_ref)
);

alter table one_time_tokens
  drop constraint token_purpose_is_known,
  add constraint token_purpose_is_known check (purpose in ('operator-sign-in', 'oauth', 'install', 'user-sign-in'));
