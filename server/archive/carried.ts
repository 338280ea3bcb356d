/**
 * What the catalogue and the declarations cannot tell of a column on its way out of an organization and into another.
 * Everything that is not named here is carried as it is: a column that is added tomorrow comes along by itself, sealed
 * ones as the text they hold.
 */

/** Names under which structures keep an instant as milliseconds since 1970 UTC: in the archive it is ISO 8601. */
export const instants: Readonly<Record<string, readonly string[]>> = {
  'calls.facts_sealed': [
    'firstArrival',
    'endBase',
    'firstAt',
    'at',
    'startedAt',
    'answeredAt',
    'ringingAt',
    'joinedAt',
    'leftAt',
  ],
  'live_calls.live_sealed': ['startedAt', 'begunAt'],
  'requested_calls.request_sealed': ['askedAt'],
}

/** Names under which structures keep ids of rows. */
export const idsWithin: Readonly<Record<string, readonly string[]>> = {
  'phone_lines.line_sealed': ['users'],
  'live_calls.live_sealed': ['requestId'],
}

/** Credentials of machines. Nothing is known of a person by them, and whoever holds the archive must not act with them. */
export const credentials: Readonly<Record<string, string>> = {
  'installations.tokens_sealed': 'The CRM is connected again by signing in there.',
  'portals.application_token_sealed': 'The portal tells it again when the app is installed there.',
  'phone_accesses.tokens_sealed': 'Access to the phone system is granted again.',
  'hook_keys.secret_sealed': 'A hook has a new address and a new secret.',
  'hook_keys.hash': 'A hook has a new address and a new secret.',
  'sessions.token_hash': 'Users sign in again.',
}

/** Columns that say how a connection stands at the other side: it is made anew there. */
export const ofTheConnection: Readonly<Record<string, string>> = {
  'connections.state': 'A connection waits until it is connected again.',
  'connections.hook_ids': 'Hooks at the CRM belong to the organization that made them.',
  'connections.hooks_by': 'Hooks at the CRM belong to the organization that made them.',
  'connections.hooks_state': 'Hooks at the CRM belong to the organization that made them.',
  'connections.hooks_checked_at': 'Hooks at the CRM belong to the organization that made them.',
}

/** Columns that follow from the organization's keys. */
export const madeAnew: Readonly<Record<string, string>> = {
  'persons.bucket': 'By which of a mirror’s keys somebody is sealed follows from the keys.',
  'companies.bucket': 'By which of a mirror’s keys a company is sealed follows from the keys.',
}

/** Tables of a database itself, which every database has of its own. */
export const ofTheDatabase: readonly string[] = ['clock', 'schema_migrations', 'retired_keys', 'restores']

/** Tables that are given out, for whoever wants to read them, and never taken in. */
export const onlyGivenOut: Readonly<Record<string, string>> = {
  erased:
    'Erased people are known by keyed hashes, which mean nothing under other keys. Those whom the CRM still has by an id are kept away all the same.',
  organizations: 'The organization’s settings stand in this manifest, and are taken from here.',
  installations: 'The CRM is connected again by signing in there.',
  portals: 'The CRM is connected again by signing in there.',
  hook_keys: 'A hook has a new address and a new secret.',
  phone_accesses: 'Access to the phone system is granted again.',
  sessions: 'Users sign in again.',
  breach_notices:
    'What the organization was told of a breach belongs to the record of the operator who told it.',
  organization_documents:
    'What was added to a record of processing, and approved, was about that installation: it is made and approved anew.',
  spool: 'It is applied within moments by the server it was sent to.',
}
