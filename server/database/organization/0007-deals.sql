-- 0007: open deals and leads of the CRM, by their ids alone, and which of them a call is about.

alter table connections
  add column deals_state    text    not null default 'not-read' constraint deals_state_is_known
                            check (deals_state in ('not-read', 'reading', 'read')),
  add column deals_without  text[]  not null default '{}',  -- kinds that the app was not allowed to read
  add column deals_cursor   text,    -- opaque place in the CRM's own order; null: from the start
  add column deals_walk     bigint,  -- the reading under way: the second it began
  add column deals_read_at  timestamptz;

-- Hooks made before know nothing of deals: the next reading of contacts makes them anew.
update connections set hook_ids = '{}', hooks_checked_at = null where mirror_state <> 'not-started';

-- What a row says is all there is: which one, and whose. Without a person it is not open, or nobody's, and stays until the
-- next whole reading only so that an older word of it, which may come later, changes nothing.
create table open_deals (
  connection_id       uuid         not null references connections on delete cascade,
  kind                text         not null constraint deal_kind_is_known check (kind in ('deal', 'lead')),
  external_id         text         not null,
  person_external_id  text,
  told_at             timestamptz  not null,            -- when the CRM says that it became so
  walk                bigint       not null default 0,  -- the second in which the CRM last showed it
  primary key (connection_id, kind, external_id)
);
-- "which deals are this person's?"
create index open_deals_by_person on open_deals (connection_id, person_external_id) where person_external_id is not null;

-- Which deal a call is about: what somebody chose, and what was last sent with the call's entry. `waiting`: the entry does
-- not have the choice yet.
create table call_deals (
  call_id            uuid         primary key references calls on delete cascade,
  connection_id      uuid         not null references connections on delete cascade,  -- of the CRM
  chosen             boolean      not null default false,  -- without a kind: none of them
  kind               text         constraint chosen_kind_is_known check (kind in ('deal', 'lead')),
  external_id        text,
  sent_kind          text         constraint sent_kind_is_known check (sent_kind in ('deal', 'lead')),
  sent_external_id   text,
  state              text         not null default 'settled'
                                  constraint call_deal_state_is_known check (state in ('settled', 'waiting', 'failed', 'left')),
  tries              integer      not null default 0,
  next_at            timestamptz,
  unsure_until       timestamptz, -- a change whose outcome is unknown may take effect until then: no other goes out before
  reason             text,        -- a stable code: why it waits, failed or was left
  expires_at         timestamptz  not null,
  constraint chosen_is_whole check ((kind is null) = (external_id is null) and (chosen or kind is null)),
  constraint sent_is_whole check ((sent_kind is null) = (sent_external_id is null))
);
