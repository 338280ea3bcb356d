-- 0013: calls while they last, in a CRM that opens a card of its own; and calls that somebody asked for inside it.

-- none: a CRM whose contacts are not mirrored has begun its work
alter table connections
  drop constraint mirror_state_is_known,
  add constraint mirror_state_is_known check (mirror_state in ('not-started', 'copying', 'complete', 'none'));

-- The words a call is begun with are committed before they leave, because begun again with the same words it is the same
-- call there. Sealed as the call's facts are; the id that the CRM gives it tells when it began, so it is sealed too.
create table live_calls (
  call_id        uuid         primary key references calls on delete cascade,
  connection_id  uuid         not null references connections on delete cascade,  -- the CRM
  state          text         not null constraint live_state_is_known check (state in ('beginning', 'open', 'not-shown')),
  live_sealed    bytea        not null,  -- words, when they left, the CRM's id, whose cards are open
  begun_by       uuid,        -- the installation whose token began it; the same one goes on
  seen_version   integer      not null default 0,  -- of the call, when its cards were last looked at
  tries          integer      not null default 0,
  next_at        timestamptz,
  reason         text,        -- a stable code: why it waits or is not shown
  expires_at     timestamptz  not null
);
create index live_calls_by_expiry on live_calls (expires_at);

create table requested_calls (
  id              uuid         primary key,  -- derived from the connection and the CRM's id: told twice it is one
  connection_id   uuid         not null references connections on delete cascade,
  user_id         uuid         references users on delete cascade,  -- null: nobody of ours has that telephone
  number_hash     bytea        not null constraint number_hash_is_hmac check (octet_length(number_hash) = 32),
  request_sealed  bytea        not null,  -- number as it was clicked, the CRM's id of the call it has opened, and when
  state           text         not null default 'asked' constraint requested_state_is_known
                               check (state in ('asked', 'dialling', 'waiting', 'taken', 'closing', 'closed', 'failed')),
  tries           integer      not null default 0,
  next_at         timestamptz,
  reason          text,        -- a stable code: why nothing came of it
  expires_at      timestamptz  not null
);
create index requested_calls_by_number on requested_calls (number_hash);
create index requested_calls_by_expiry on requested_calls (expires_at);
