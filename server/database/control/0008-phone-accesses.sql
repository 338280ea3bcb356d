-- 0008: by what we may ask a phone system: an administrator's key, which stands in the connection's settings, or what each
-- user granted for their own telephone. Tokens are sealed as one value. And whether it tells us of calls.

create table phone_accesses (
  id                uuid         primary key,
  organization_id   uuid         not null references organizations on delete cascade,
  connection_id     uuid         not null,
  user_id           uuid,        -- whose telephone; null: the whole phone system, by a key
  phone             text         not null,
  tokens_sealed     bytea,
  tokens_expire_at  timestamptz,
  version           integer      not null default 1,
  lease_until       timestamptz, -- a node is refreshing the pair until then
  state             text         not null default 'active' constraint access_state_is_known check (state in ('active', 'refused', 'ending')),
  renewed_at        timestamptz  not null default ringfence.now(),
  refused_at        timestamptz, -- first refused, and not accepted since
  refused_again_at  timestamptz,
  ends_at           timestamptz, -- refused twice, a day apart: then it counts as taken back
  subscription_ids  text[]       not null default '{}',
  told              text         not null default 'not-yet' constraint told_is_known
                                 check (told in ('not-yet', 'subscribed', 'refused', 'away', 'by-hand')),
  checked_at        timestamptz, -- the last moment it is known that calls are told
  compared_at       timestamptz, -- calls that ended before were looked for in the phone system's own list
  compared_calls    integer,     -- of the last time: how many it had, and how many of them nobody had told
  missing_calls     integer,
  created_at        timestamptz  not null default ringfence.now(),
  constraint one_access_each unique nulls not distinct (connection_id, user_id),
  constraint grant_has_tokens check ((user_id is null) = (tokens_sealed is null) and (tokens_sealed is null) = (tokens_expire_at is null))
);
create index phone_accesses_by_user on phone_accesses (user_id);

-- A hook that was made for a subscription goes with it; the others were told to an administrator.
alter table hook_keys add column access_id uuid references phone_accesses on delete cascade;
create index hook_keys_by_access on hook_keys (access_id);

-- A user goes to the phone system to grant access: from our page to a browser tab, and on to the phone system and back.
alter table one_time_tokens
  drop constraint token_purpose_is_known,
  add constraint token_purpose_is_known check (purpose in ('operator-sign-in', 'oauth', 'install', 'user-sign-in', 'phone-connect', 'phone-oauth'));
