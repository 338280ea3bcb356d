-- 0014: the subscription of an organization: it runs, it is a trial until a day, or it has ended. One that has ended has
-- a name here, and nothing else; `ending` is being carried out, and nobody gets in any more.

alter table organizations
  add column trial_until date, -- the last day of a trial, where the organization is; null: no trial
  drop constraint organization_state_is_known,
  add constraint organization_state_is_known check (state in ('making', 'active', 'ending', 'ended', 'leaving'));

-- Which companies of a CRM had ended with it, so that their sign-in can say so: a keyed hash, under the installation's key.
create table ended_companies (
  hash             bytea  primary key constraint company_hash_is_hmac check (octet_length(hash) = 32),
  organization_id  uuid   not null references organizations on delete cascade
);

-- A receipt of a whole organization names no connection, and says what could not be ended at others.
alter table receipts
  alter column connection_id drop not null,
  alter column crm drop not null,
  add column left_there jsonb,       -- per system what may still be there; at first everything
  add column left_at    timestamptz, -- others were left then; null: not yet, or not to the end
  drop constraint receipt_says_what_ended,
  add constraint receipt_says_what_ended check (ended in ('user', 'company', 'organization')),
  drop constraint receipt_cause_is_known,
  add constraint receipt_cause_is_known check (cause in ('uninstall', 'lost uninstall', 'end of subscription')),
  add constraint receipt_names_its_connection check (ended = 'organization' or (connection_id is not null and crm is not null));
create unique index one_end_of_subscription on receipts (organization_id) where ended = 'organization' and done_at is null;
