-- 0012: whose telephone is which, and who is rung by which line, for phone systems that name people in their own way.
-- Only people of ours stand here; their names and e-mails there are compared in memory and kept nowhere.

create table phone_people (
  id             uuid   primary key,  -- derived from the connection and the phone system's id of them
  connection_id  uuid   not null references connections on delete cascade,
  user_id        uuid   not null references users on delete cascade,
  person_sealed  bytea  not null      -- the phone system's id of them, and their extension
);
create index phone_people_by_connection on phone_people (connection_id);
create index phone_people_by_user on phone_people (user_id);

create table phone_lines (
  id             uuid   primary key,  -- derived from the connection and the number
  connection_id  uuid   not null references connections on delete cascade,
  line_sealed    bytea  not null      -- the number, and the users whom an administrator has it ring; none said: everybody
);
create index phone_lines_by_connection on phone_lines (connection_id);

-- Somebody chose these extensions, or that there are none: reading the phone system again changes nothing of it.
alter table users add column extensions_by_hand boolean not null default false;
update users set extensions_by_hand = true where exists (select from user_extensions e where e.user_id = users.id);
