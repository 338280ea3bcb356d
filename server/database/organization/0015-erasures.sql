-- 0015: erasures of single persons (L-17): what was asked, how far it is, who was told; and keyed hashes by which the
-- erased are kept from coming back with the CRM's next reading (L-17.4).

create table erasures (
  id             uuid         primary key,  -- the ledger's
  asked_at       timestamptz  not null default ringfence.now(),
  asked_by       uuid,         -- the user who asked for it here; null: the operator on instruction, or a restored database
  cause          text         not null constraint erasure_cause_is_known check (cause in ('page', 'command', 'ledger')),
  at_crm         text         not null default 'nothing' constraint at_crm_is_known check (at_crm in ('nothing', 'ours', 'person', 'list')),
  counts         jsonb        not null default '{}',  -- rows by table

  unreachable_at timestamptz,  -- E1
  unreadable_at  timestamptz,  -- E2
  unreadable_by  timestamptz,  -- E2, where something waits for its key's own end: by then at the latest
  files_at       timestamptz,  -- E3: table files rewritten
  log_at         timestamptz,  -- E3: write-ahead log recycled; null on a server that is not ours
  finished_at    timestamptz,
  expires_at     timestamptz  not null
);
create index erasures_by_expiry on erasures (expires_at);

-- `lifted`: the organization let the person come back. The hashes are keyed by the organization's own key.
create table erased (
  hash        bytea        not null constraint hash_is_hmac check (octet_length(hash) = 32),
  what        text         not null constraint erased_is_known check (what in ('number', 'person')),
  erasure_id  uuid         not null,
  erased_at   timestamptz  not null,
  primary key (hash, erasure_id)
);

-- Each who received something of the person and what came of telling them (Art. 19).
create table erasure_recipients (
  id             uuid         primary key,
  erasure_id     uuid         not null references erasures on delete cascade,
  connection_id  uuid         not null,
  recipient      text         not null,
  what           text         not null constraint recipient_what_is_known check (what in ('call', 'activity', 'person', 'calls')),
  external_id    text,        -- the CRM's id, until it is done
  activity_id    text,
  written_by     uuid,        -- the installation whose token wrote it there
  state          text         not null default 'to do' constraint recipient_state_is_known
                              check (state in ('to do', 'told', 'confirmed', 'by people', 'refused')),
  reason         text,        -- a stable code
  told_at        timestamptz,
  final_at       timestamptz, -- gone for good there by then
  tries          integer      not null default 0,
  expires_at     timestamptz  not null
);
create index erasure_recipients_by_erasure on erasure_recipients (erasure_id);
create index erasure_recipients_by_expiry on erasure_recipients (expires_at);

-- Names of keys (the first bytes of what they sealed) that were replaced: nothing sealed by them may be stored any more,
-- not even by a node that has not heard of it. The triggers that refuse it follow from policy/.
create table retired_keys (
  name        bytea        primary key constraint name_is_eight_bytes check (octet_length(name) = 8),
  retired_at  timestamptz  not null default ringfence.now()
);
