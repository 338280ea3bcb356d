-- 0006: which calls are written (rules), as whom and for whom they were, and the follow-up of each missed caller.

create table rules (
  id              uuid     primary key,
  connection_id   uuid     not null references connections on delete cascade,  -- the CRM they are written to
  left_out_kinds  text[]   not null default '{}' constraint left_out_kinds_are_known check (left_out_kinds <@
                             array['inbound-answered', 'inbound-missed', 'voicemail', 'outbound-answered', 'outbound-not-reached']),
  follow_ups      boolean  not null default true,
  numbers_sealed  bytea,   -- numbers whose calls are left out; null: none
  constraint one_set_of_rules unique (connection_id)
);

-- One promise to call back. What it is about stands in the missed call, and goes with it.
create table follow_ups (
  id               uuid         primary key,
  connection_id    uuid         not null references connections on delete cascade,
  caller_hash      bytea        not null constraint caller_hash_is_hmac check (octet_length(caller_hash) = 32),
  call_id          uuid         not null references calls on delete cascade,   -- the missed call it was made for
  state            text         not null default 'waiting' constraint follow_up_state_is_known
                                check (state in ('waiting', 'sending', 'open', 'closing', 'closed', 'failed', 'forgotten')),
  marker           text         not null,
  owner_ref        text,        -- whom it is for, in the CRM's own ids; null: whoever's access writes it
  activity_id      text,
  written_by       uuid,        -- the installation whose token sent it; the same one asks
  sent_at          timestamptz, -- the last request left then, outcome unknown until it is told
  next_at          timestamptz,
  tries            integer      not null default 0,
  reason           text,        -- a stable code: why it waits, failed or was forgotten
  reached_call_id  uuid         references calls on delete set null,  -- the call in which somebody spoke with the caller
  again_call_id    uuid         references calls on delete set null,  -- missed again: is it still open there?
  expires_at       timestamptz  not null
);
create unique index one_open_follow_up_per_caller on follow_ups (connection_id, caller_hash)
  where state in ('waiting', 'sending', 'open', 'closing');
create index follow_ups_by_call on follow_ups (call_id);
create index follow_ups_by_reached_call on follow_ups (reached_call_id) where reached_call_id is not null;
create index follow_ups_by_again_call on follow_ups (again_call_id) where again_call_id is not null;
create index follow_ups_by_expiry on follow_ups (expires_at);

alter table call_logs
  add column written_as    text,  -- whose access wrote it, in the CRM's own ids
  add column written_for   text,  -- whose call it was
  add column follow_up_id  uuid references follow_ups on delete set null;
create index call_logs_by_follow_up on call_logs (follow_up_id) where follow_up_id is not null;

-- "was the caller reached since, and by whom last?"
create index calls_by_remote on calls (remote_hash, arrival desc) where remote_hash is not null;
