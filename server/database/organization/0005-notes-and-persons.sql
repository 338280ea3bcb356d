-- 0005: what people do with a call: what they write and choose, how far that is in the CRM, and persons that are made
-- there from a number nobody knew.

-- The organization's own results; none: the defaults of its language.
create table results (
  id        text     primary key constraint result_id_is_short check (id ~ '^[a-z0-9-]{1,40}$'),
  label     text     not null constraint result_label_is_short check (char_length(label) between 1 and 40),
  outcome   text     not null constraint result_outcome_is_known check (outcome in
              ('connected', 'no-answer', 'left-message', 'left-voicemail', 'wrong-number', 'busy')),
  position  integer  not null constraint one_result_per_position unique
);

-- The id is the call's. Sealed as its facts are: under the hour of its first event, once it has ended under that of its
-- end. Version 0: nobody has written anything, only the person is to be linked.
create table call_notes (
  id           uuid         primary key references calls on delete cascade,
  version      integer      not null default 0,
  note_sealed  bytea,        -- the text and the chosen result
  sent_sealed  bytea,        -- our own words as they may stand in the CRM: by them we know what is ours there
  crm_version  integer      not null default 0,  -- the version that surely stands in the CRM
  state        text         not null default 'idle' constraint note_state_is_known
                            check (state in ('idle', 'waiting', 'sending', 'failed', 'left')),
  sent_at      timestamptz,  -- a change left then, outcome unknown until it is idle again
  next_at      timestamptz,
  tries        integer      not null default 0,
  reason       text,         -- a stable code: why it waits, failed or was left
  expires_at   timestamptz  not null
);
create index call_notes_by_expiry on call_notes (expires_at);

-- Written without a person: by this number it is found when somebody has it. null: linked, or nobody is to be.
alter table call_logs
  add column unlinked_hash  bytea constraint unlinked_hash_is_hmac check (octet_length(unlinked_hash) = 32);
create index call_logs_unlinked on call_logs (unlinked_hash) where unlinked_hash is not null;

-- One row for each number somebody is being made of: the intent, committed before the request leaves.
create table new_persons (
  id             uuid         primary key,  -- derived from connection and number: who asks second finds the first
  connection_id  uuid         not null references connections on delete cascade,
  number_hash    bytea        not null constraint number_hash_is_hmac check (octet_length(number_hash) = 32),
  person_sealed  bytea,       -- name and number, until the person is made
  asked_by       uuid         not null,  -- the user who owns the person there
  acting_ref     text,        -- the CRM's id of the user whose access is used
  state          text         not null default 'waiting' constraint new_person_state_is_known
                              check (state in ('waiting', 'sending', 'made', 'failed')),
  written_by     uuid,        -- the installation whose token sent it; the same one asks
  sent_at        timestamptz,
  next_at        timestamptz,
  tries          integer      not null default 0,
  reason         text,        -- a stable code: why it waits or failed
  expires_at     timestamptz  not null,
  constraint made_keeps_no_name check (state <> 'made' or person_sealed is null)
);
create index new_persons_by_number on new_persons (number_hash);
create index new_persons_by_expiry on new_persons (expires_at);
