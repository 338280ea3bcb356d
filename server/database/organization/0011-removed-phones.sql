-- 0011: a phone system that an administrator removed. Its settings go at once; the row stays for its calls until their
-- week is over, and is swept then.
alter table connections
  add column removed_at timestamptz constraint only_phones_are_removed check (removed_at is null or side = 'phone');
