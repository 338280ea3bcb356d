-- 0017: what was put right of single persons (Art. 16): what was asked, how far it is, who was told (Art. 19). What was
-- wrong and what is right stands sealed in a table of its own, and goes when the CRM has it.

create table corrections (
  id                  uuid         primary key,
  connection_id       uuid         not null,  -- of the CRM
  person_external_id  text,        -- the CRM's id, until every recipient has confirmed
  asked_at            timestamptz  not null default ringfence.now(),
  asked_by            uuid,        -- the user who asked for it here; null: the operator on instruction
  cause               text         not null constraint correction_cause_is_known check (cause in ('page', 'command')),
  at_crm              text         not null constraint correction_at_crm_is_known check (at_crm in ('person', 'list')),
  fields              text[]       not null constraint corrected_fields_are_known check (fields <@ array['name', 'number']),
  corrected_at        timestamptz, -- here, for every reader
  files_at            timestamptz, -- table files rewritten
  log_at              timestamptz, -- write-ahead log recycled; null on a server that is not ours
  expires_at          timestamptz  not null
);
create index corrections_by_expiry on corrections (expires_at);

create table correction_changes (
  id                  uuid         primary key references corrections on delete cascade,
  connection_id       uuid         not null,
  person_external_id  text         not null,
  changes_sealed      bytea        not null,  -- what was wrong and what is right; sealed as the person is
  tries               integer      not null default 0,
  expires_at          timestamptz  not null
);
create index correction_changes_by_expiry on correction_changes (expires_at);

-- Each who received something of the person and what came of telling them. As `erasure_recipients`, and one more state:
-- what stays as it is, because it was right when it was written.
create table correction_recipients (
  id             uuid         primary key,
  correction_id  uuid         not null references corrections on delete cascade,
  connection_id  uuid         not null,
  recipient      text         not null,
  what           text         not null constraint told_what_is_known check (what in ('call', 'person', 'calls')),
  external_id    text,        -- the CRM's id, until it has confirmed
  activity_id    text,
  state          text         not null constraint told_state_is_known
                              check (state in ('to do', 'confirmed', 'by people', 'refused', 'stays')),
  reason         text,        -- a stable code
  told_at        timestamptz,
  final_at       timestamptz,
  expires_at     timestamptz  not null
);
create index correction_recipients_by_correction on correction_recipients (correction_id);
create index correction_recipients_by_expiry on correction_recipients (expires_at);
