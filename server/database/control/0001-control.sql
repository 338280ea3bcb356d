-- 0001: the control database: which organizations there are, where each lives, who may come in, and what waits to be done.
-- Nothing here names a caller or a contact. Ids, hashes and sealed values only.

create schema ringfence;

-- One row: how far the clock is moved. Zero but in rehearsals of retention.
create table ringfence.clock (
  one    boolean  primary key default true constraint clock_is_one_row check (one),
  shift  interval not null default '0'
);
insert into ringfence.clock default values;

create function ringfence.now() returns timestamptz
  language sql stable parallel safe
  as 'select now() + (select shift from ringfence.clock)';

-- The key ring these databases were sealed with. A start with another ring, or an older copy of it, is refused.
create table key_ring (
  one      boolean     primary key default true constraint key_ring_is_one_row check (one),
  id       text        not null,
  version  bigint      not null
);

create table organizations (
  id             uuid        primary key,
  name           text        not null constraint organization_has_a_name check (length(name) between 1 and 200),
  database_name  text        not null constraint database_name_is_random check (database_name ~ '^rf_[a-z0-9]{20}$'),
  country        text        not null constraint country_is_iso_3166 check (country ~ '^[A-Z]{2}$'),
  time_zone      text        not null,
  language       text        not null default 'en' constraint language_is_known check (language in ('en', 'cs')),
  state          text        not null default 'making' constraint organization_state_is_known check (state in ('making', 'active', 'leaving')),
  created_at     timestamptz not null default ringfence.now(),
  constraint one_database_each unique (database_name)
);

-- Hooks: the key in the address is stored as its SHA-256, the secret beside it sealed.
create table hook_keys (
  hash             bytea       primary key constraint hook_hash_is_sha_256 check (octet_length(hash) = 32),
  organization_id  uuid        not null references organizations on delete cascade,
  connection_id    uuid        not null,
  side             text        not null constraint hook_side_is_known check (side in ('phone', 'crm')),
  adapter          text        not null,
  id               uuid        not null,  -- the row the secret is bound to
  secret_sealed    bytea       not null,
  created_at       timestamptz not null default ringfence.now()
);
create index hook_keys_by_connection on hook_keys (connection_id);

-- One authorization of one CRM user. Tokens are sealed as one value, so that a pair can never be half new.
create table installations (
  id               uuid        primary key,
  organization_id  uuid        not null references organizations on delete cascade,
  connection_id    uuid        not null,
  crm              text        not null,
  company_ref      text        not null,
  user_ref         text        not null,
  administrator    boolean     not null default false,
  api_base         text        not null,
  tokens_sealed    bytea       not null,
  tokens_expire_at timestamptz not null,
  version          integer     not null default 1,
  lease_until      timestamptz,  -- a node is refreshing the pair until then
  state            text        not null default 'active' constraint installation_state_is_known check (state in ('active', 'refused')),
  created_at       timestamptz not null default ringfence.now(),
  constraint one_installation_per_user unique (crm, company_ref, user_ref)
);
create index installations_by_connection on installations (connection_id);

-- Sessions: SHA-256 of the token; gone at sign-out. organization_id is null for the operator.
create table sessions (
  token_hash       bytea       primary key constraint session_hash_is_sha_256 check (octet_length(token_hash) = 32),
  organization_id  uuid        references organizations on delete cascade,
  user_id          uuid,
  expires_at       timestamptz not null,
  created_at       timestamptz not null default ringfence.now(),
  constraint user_belongs_to_an_organization check ((organization_id is null) = (user_id is null))
);
create index sessions_by_user on sessions (user_id);

-- What is used once and soon: the operator's sign-in link, the state of an OAuth round trip, an invitation to connect.
create table one_time_tokens (
  token_hash       bytea       primary key constraint token_hash_is_sha_256 check (octet_length(token_hash) = 32),
  purpose          text        not null constraint token_purpose_is_known check (purpose in ('operator-sign-in', 'oauth', 'install')),
  organization_id  uuid        references organizations on delete cascade,
  expires_at       timestamptz not null
);

-- Nodes say every few seconds that they live; a silent one's jobs are taken over.
create table nodes (
  id       uuid        primary key,
  workers  text[]      not null default '{}',
  seen_at  timestamptz not null default now()  -- real time: a moved clock must not make a node look dead
);
