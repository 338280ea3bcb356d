-- 0003: what becomes of a call's recording. The audio never comes here; what the phone system says of where it lies is
-- sealed under the hour of the call's end, and is gone as soon as the recording is attached or nothing is to be done.

create table recordings (
  id              uuid         primary key references calls on delete cascade,  -- the call's
  state           text         not null default 'waiting'
                               constraint recording_state_is_known check (state in ('waiting', 'attached', 'failed', 'left')),
  address_sealed  bytea,
  tries           integer      not null default 0,
  next_at         timestamptz,
  reason          text,        -- a stable code: why it waits, failed or was left
  expires_at      timestamptz  not null,
  constraint attached_or_left_keeps_no_address check (state in ('waiting', 'failed') or address_sealed is null)
);
create index recordings_by_expiry on recordings (expires_at);
