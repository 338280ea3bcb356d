-- 0011: grounds on which data may go to a recipient outside the region (Chapter V GDPR), and what was refused.

-- No personal data: recipients are companies, documents are named by their reference.
create table transfer_grounds (
  id          uuid         primary key,
  recipient   text         not null,
  ground      text         not null constraint ground_is_known check (ground in ('in-region', 'adequacy', 'clauses')),
  country     text         not null constraint country_is_iso_3166 check (country ~ '^[A-Z]{2}$'),
  document    text         not null constraint document_is_named check (length(document) between 1 and 300),
  dated       date         not null,
  assessment  text,        -- of the transfer: clauses without one are no ground
  since       timestamptz  not null default ringfence.now(),
  jws         text         not null,
  ended_at    timestamptz,
  end_jws     text,
  constraint clauses_have_an_assessment check (ground <> 'clauses' or assessment is not null),
  constraint end_is_signed check ((ended_at is null) = (end_jws is null))
);

-- Requests that were not sent, counted: the host they were meant for, never an address below it. Kept for 90 days.
create table refused_requests (
  organization_id  uuid    references organizations on delete cascade,  -- null: on behalf of no organization
  connection_id    uuid,
  day              date    not null,
  host             text    not null,
  why              text    not null,
  count            bigint  not null,
  constraint one_count_each unique nulls not distinct (organization_id, connection_id, day, host, why)
);
