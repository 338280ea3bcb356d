-- 0016: no document takes effect before a named person has approved it; records of processing; own paragraphs.

-- That something was approved, and when. Without a name: the name ends with its time, this stays.
create table approvals (
  id           uuid         primary key,
  document     text         not null constraint document_is_known check (document in ('policy', 'record')),
  hash         text         not null constraint hash_is_sha256 check (hash ~ '^[0-9a-f]{64}$'),
  approved_at  timestamptz  not null default ringfence.now()
);
-- By whom: signed together with the document's hash, sealed by the installation's key.
create table approvers (
  id            uuid         primary key references approvals,
  entry_sealed  bytea        not null,
  expires_at    timestamptz  not null
);

alter table policy_versions add column approval_id uuid references approvals;  -- null: of before approval was asked for

-- The operator's record of processing (Art. 30 GDPR), each version that was approved. Organizations stand in it by their ids.
create table record_versions (
  number       integer  primary key generated always as identity,
  version      text     not null,
  content      jsonb    not null,
  approval_id  uuid     not null references approvals
);

-- What the operator adds to generated documents, to be published with them. The latest of each place counts; empty: none.
create table own_paragraphs (
  number    integer      primary key generated always as identity,
  document  text         not null constraint paragraph_is_of_a_document check (document in ('policy', 'agreement', 'record')),
  place     text         not null,
  texts     jsonb        not null,  -- by language
  since     timestamptz  not null default ringfence.now()
);
create index own_paragraphs_by_place on own_paragraphs (document, place, number desc);

create trigger approvals_are_never_changed
  before update or delete or truncate on approvals
  for each statement execute function ringfence.refuse_change_of_record();
create trigger records_are_never_changed
  before update or delete or truncate on record_versions
  for each statement execute function ringfence.refuse_change_of_record();
create trigger paragraphs_are_never_changed
  before update or delete or truncate on own_paragraphs
  for each statement execute function ringfence.refuse_change_of_record();
create trigger approvers_are_never_changed
  before update or truncate on approvers
  for each statement execute function ringfence.refuse_change_of_record();
create trigger approvers_stay_until_their_time
  before delete on approvers
  for each row when (old.expires_at > ringfence.now()) execute function ringfence.refuse_change_of_record();

-- The same of an organization, sealed by its own key: own paragraphs, and versions of its record that were approved.
create table organization_documents (
  id               uuid         primary key,
  organization_id  uuid         not null references organizations on delete cascade,
  connection_id    uuid         not null,  -- the CRM by which whoever wrote it is signed in: it goes with the last uninstall
  number           integer      not null generated always as identity,
  what             text         not null constraint what_is_known check (what in ('paragraph', 'record')),
  entry_sealed     bytea        not null,
  made_at          timestamptz  not null default ringfence.now()
);
create index organization_documents_by_organization on organization_documents (organization_id, number desc);
