-- 0002: what an administrator sets for a connection: addresses, credentials, choices. One sealed value, so that it is
-- never half old; null: nothing was set.

alter table connections add column settings_sealed bytea;
