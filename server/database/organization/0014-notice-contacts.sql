-- 0014: where the organization wants to be told of a breach (Art. 33(2) GDPR), and indexes by which the rows of a time
-- are counted and swept without reading the others.

create table notice_contacts (
  id              uuid         primary key,
  address_sealed  bytea        not null,
  created_at      timestamptz  not null default ringfence.now()
);

create index call_logs_by_expiry on call_logs (expires_at);
create index call_deals_by_expiry on call_deals (expires_at);
