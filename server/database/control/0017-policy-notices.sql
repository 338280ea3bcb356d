-- 0017: which organization was told by mail of an announced version of the policy (OC-9), and what became of it.

create table policy_notices (
  id               uuid         primary key default gen_random_uuid(),
  organization_id  uuid         not null references organizations on delete cascade,
  number           integer      not null references policy_versions,
  mail             text         not null default 'waiting' constraint mail_state_is_known
                                check (mail in ('waiting', 'sent', 'refused', 'no-address', 'no-mail-server')),
  mailed_at        timestamptz, -- the mail server has taken it
  mailed_to        integer      not null default 0,  -- for so many addresses
  tries            integer      not null default 0,
  constraint told_once_of_each unique (organization_id, number),
  constraint mail_is_dated_when_sent check ((mail = 'sent') = (mailed_at is not null))
);
