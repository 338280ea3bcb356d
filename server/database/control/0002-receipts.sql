-- 0002: receipts of uninstalls. No personal data, and no foreign key: a receipt outlives the organization it is about.

create table receipts (
  id               uuid        primary key,  -- of the installation that ended: random, and it names nobody
  organization_id  uuid        not null,
  connection_id    uuid        not null,
  crm              text        not null,
  ended            text        not null constraint receipt_says_what_ended check (ended in ('user', 'company')),
  cause            text        not null constraint receipt_cause_is_known check (cause in ('uninstall', 'lost uninstall')),
  asked_at         timestamptz not null default ringfence.now(),
  agreement        text,         -- the version the company had accepted
  counts           jsonb,        -- rows by table, counted before they went; null: not counted yet
  user_id          uuid,         -- whose, while it is being carried out; then nobody's
  done_at          timestamptz,  -- null: being carried out
  jws              text,         -- what is handed out: the signed receipt
  constraint receipt_is_signed_when_done check ((done_at is null) = (jws is null)),
  constraint receipt_names_nobody_when_done check (done_at is null or user_id is null)
);
create index receipts_under_way on receipts (connection_id) where done_at is null;
