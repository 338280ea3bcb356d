-- 0016: when this database was put back from a backup. What was done between the backup and then is unknown here, so
-- whatever may have been sent to a CRM meanwhile is asked for before it is sent again.

create table restores (
  at           timestamptz  primary key default ringfence.now(),
  taken_at     timestamptz  not null,  -- the instant the backup shows
  replayed_at  timestamptz             -- what had ended after that instant has been ended again; null: not yet
);
