-- 0001: the database of one organization. Sealed values are bytea made by server/keys; in clear stand only ids,
-- expires_at and what a query needs. Row security comes from policy/ and is put on after the migrations.

create schema ringfence;

create table ringfence.clock (
  one    boolean  primary key default true constraint clock_is_one_row check (one),
  shift  interval not null default '0'
);
insert into ringfence.clock default values;

create function ringfence.now() returns timestamptz
  language sql stable parallel safe
  as 'select now() + (select shift from ringfence.clock)';

create table connections (
  id                   uuid        primary key,
  side                 text        not null constraint side_is_known check (side in ('phone', 'crm')),
  adapter              text        not null,
  state                text        not null default 'waiting' constraint connection_state_is_known
                                   check (state in ('waiting', 'working', 'refused', 'away', 'allowance-used-up')),
  own_numbers_sealed   bytea,       -- phone: the lines of the organization itself, which never match a contact
  company_ref          text,        -- crm: the company this connection belongs to
  hook_ids             text[]      not null default '{}',  -- crm: the hooks made there
  last_event_at        timestamptz,
  mirror_state         text        not null default 'not-started' constraint mirror_state_is_known
                                   check (mirror_state in ('not-started', 'copying', 'complete')),
  mirror_cursor        text,        -- opaque place in the CRM's own order; null: from the start
  mirror_started_at    timestamptz,
  mirror_completed_at  timestamptz,
  mirror_checked_at    timestamptz, -- changes up to here have been read
  allowance_left       bigint,
  allowance_limit      bigint,
  created_at           timestamptz not null default ringfence.now()
);

-- Deliveries and their fate, counted per day: no content, no sender.
create table delivery_counts (
  connection_id  uuid    not null references connections on delete cascade,
  day            date    not null,
  what           text    not null,
  count          bigint  not null,
  primary key (connection_id, day, what)
);

create table allowance_spent (
  connection_id  uuid    not null references connections on delete cascade,
  day            date    not null,
  feature        text    not null,
  tokens         bigint  not null,
  primary key (connection_id, day, feature)
);

create table users (
  id             uuid        primary key,
  connection_id  uuid        not null references connections on delete cascade,
  external_id    text        not null,
  name_sealed    bytea       not null,
  role           text        not null default 'agent' constraint role_is_known check (role in ('administrator', 'agent')),
  sees           text        not null default 'own' constraint sees_is_known check (sees in ('own', 'all')),
  language       text        not null default 'en' constraint language_is_known check (language in ('en', 'cs')),
  created_at     timestamptz not null default ringfence.now(),
  constraint one_user_per_crm_user unique (connection_id, external_id)
);

create table user_extensions (
  extension  text  primary key constraint extension_is_short_digits check (extension ~ '^[0-9*#]{1,8}$'),
  user_id    uuid  not null references users on delete cascade
);
create index user_extensions_by_user on user_extensions (user_id);

create table agreements (
  id           uuid        primary key,
  version      text        not null,
  text_hash    bytea       not null constraint text_hash_is_sha_256 check (octet_length(text_hash) = 32),
  accepted_by  uuid        not null,  -- a user's id; the name is found while the user is there
  accepted_at  timestamptz not null default ringfence.now()
);

-- The mirror of the CRM's contacts: one per CRM company. bucket: which of its 256 keys seals the row.
create table persons (
  id                   uuid        primary key,
  connection_id        uuid        not null references connections on delete cascade,
  external_id          text        not null,
  bucket               smallint    not null constraint bucket_is_a_byte check (bucket between 0 and 255),
  name_sealed          bytea       not null,
  company_external_id  text,
  owner_external_id    text,
  shared               boolean     not null,
  updated_at           timestamptz not null,
  walk                 integer     not null default 0,  -- the full read that last saw it
  constraint one_row_per_person unique (connection_id, external_id)
);

create table companies (
  id             uuid      primary key,
  connection_id  uuid      not null references connections on delete cascade,
  external_id    text      not null,
  bucket         smallint  not null constraint bucket_is_a_byte check (bucket between 0 and 255),
  name_sealed    bytea     not null,
  constraint one_row_per_company unique (connection_id, external_id)
);

create table person_numbers (
  id             uuid   primary key,
  person_id      uuid   not null references persons on delete cascade,
  number_sealed  bytea  not null,
  exact_hash     bytea  constraint exact_hash_is_hmac check (octet_length(exact_hash) = 32),
  typed_hash     bytea  constraint typed_hash_is_hmac check (octet_length(typed_hash) = 32)
);
create index person_numbers_by_person on person_numbers (person_id);
-- "who is calling?": the same number, and the ways it may have been typed
create index person_numbers_by_exact on person_numbers (exact_hash) where exact_hash is not null;
create index person_numbers_by_typed on person_numbers (typed_hash) where typed_hash is not null;

-- One conversation. While it lives, what is known is sealed under the hour of its first event; once it has ended,
-- under the hour of its end. `arrival` orders the journal without telling a time.
create table calls (
  id             uuid         primary key,  -- derived from the connection and the vendor's id: the same call is the same row
  connection_id  uuid         not null references connections on delete cascade,
  arrival        bigint       not null generated always as identity,
  version        integer      not null default 1,
  state          text         not null constraint call_state_is_known check (state in ('ringing', 'answered', 'ended')),
  rang           text[]       not null default '{}',  -- extensions it rang or that took part: whose desk it belongs to
  remote_hash    bytea        constraint remote_hash_is_hmac check (octet_length(remote_hash) = 32),  -- null: withheld, inner or unreadable number
  facts_sealed   bytea        not null,
  last_event_at  timestamptz  not null,     -- for the watchdog, rounded to the minute
  expires_at     timestamptz  not null
);
create index calls_by_arrival on calls (arrival desc);
create index calls_open on calls (last_event_at) where state <> 'ended';
create index calls_by_expiry on calls (expires_at);

-- What becomes of a call in the CRM. The intent, with its marker, is committed before the request leaves.
create table call_logs (
  call_id        uuid         primary key references calls on delete cascade,
  connection_id  uuid         not null references connections on delete cascade,
  state          text         not null constraint log_state_is_known check (state in ('waiting', 'sending', 'written', 'failed', 'left-out')),
  marker         text         not null,
  written_by     uuid,        -- the installation whose token sent it; the same one asks
  sent_at        timestamptz, -- the last request left then, outcome unknown until written
  next_at        timestamptz,
  tries          integer      not null default 0,
  reason         text,        -- a stable code: why it waits, failed or was left out
  external_id    text,
  activity_id    text,
  written_at     timestamptz,
  expires_at     timestamptz  not null
);
create index call_logs_waiting on call_logs (next_at) where state in ('waiting', 'sending');
