-- 0010: breaches (Art. 33 GDPR): the operator's record, and what each affected organization was told.

-- One breach is the entries about it, in their order. What is recorded is signed, sealed by the installation's key, and
-- never changed; an entry ends with the time it is kept for.
create table breach_entries (
  id            uuid         primary key,
  breach_id     uuid         not null,
  number        integer      not null constraint entries_are_counted check (number > 0),
  entry_sealed  bytea        not null,
  at            timestamptz  not null default ringfence.now(),
  expires_at    timestamptz  not null,
  constraint one_entry_each unique (breach_id, number)
);

create function ringfence.refuse_change_of_record() returns trigger
  language plpgsql
  as $$ begin raise exception 'what is on record is never changed'; end $$;
create trigger entries_are_never_changed
  before update or truncate on breach_entries
  for each statement execute function ringfence.refuse_change_of_record();
create trigger entries_stay_until_their_time
  before delete on breach_entries
  for each row when (old.expires_at > ringfence.now()) execute function ringfence.refuse_change_of_record();

-- What one organization was told: the words themselves, sealed by its own key, and what became of them.
create table breach_notices (
  id               uuid         primary key,
  breach_id        uuid         not null,
  organization_id  uuid         not null references organizations on delete cascade,
  number           integer      not null constraint notices_are_counted check (number > 0),
  language         text         not null constraint notice_language_is_known check (language in ('en', 'cs')),
  notice_sealed    bytea        not null,
  made_at          timestamptz  not null default ringfence.now(),
  mail             text         not null default 'waiting' constraint mail_state_is_known
                                check (mail in ('waiting', 'sent', 'refused', 'no-address', 'no-mail-server')),
  mailed_at        timestamptz, -- the mail server has taken it
  mailed_to        integer      not null default 0,  -- for so many addresses
  tries            integer      not null default 0,
  shown_at         timestamptz, -- an administrator has first opened it
  constraint one_notice_each unique (breach_id, organization_id, number),
  constraint mail_is_dated_when_sent check ((mail = 'sent') = (mailed_at is not null))
);
create index breach_notices_by_organization on breach_notices (organization_id, made_at desc);
