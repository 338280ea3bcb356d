-- 0004: connections that we hold open to a phone system. Each is held by one node: who has the lease, and for how long;
-- what its card says; and when it was not connected, so that nobody takes silence for quiet. Nothing here names a person.

create table held_connections (
  connection_id    uuid        primary key,
  organization_id  uuid        not null references organizations on delete cascade,
  wish             integer     not null default 1,  -- grows with each change of its settings: whoever holds it begins anew
  node_id          uuid,        -- who holds it; null: nobody
  held_until       timestamptz, -- real time, as for nodes: a moved clock must not end a lease
  version          bigint      not null default 0,  -- grows with each taking: who was asleep finds another number
  state            text        not null default 'waiting' constraint held_state_is_known
                               check (state in ('waiting', 'connected', 'unconfirmed', 'away', 'refused', 'no-such-address', 'not-allowed')),
  since            timestamptz not null default ringfence.now(),  -- in this state
  alive_at         timestamptz, -- the last moment it is known to have been connected; null: never yet
  constraint held_by_a_node_until check ((node_id is null) = (held_until is null))
);

create table held_gaps (
  connection_id  uuid        not null references held_connections on delete cascade,
  began_at       timestamptz not null,
  ended_at       timestamptz not null,
  expires_at     timestamptz not null,
  constraint one_gap_at_a_time primary key (connection_id, began_at),
  constraint gap_ends_after_it_began check (ended_at > began_at)
);
create index held_gaps_by_expiry on held_gaps (expires_at);
