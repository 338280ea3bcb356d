import type { Command } from './command.ts'

/** Where what a command does begins in its line. */
const column = 45

/** What `ringfence --help` says. */
export const helpOn = (commands: ReadonlyMap<string, Command>): string =>
  `ringfence — phone systems and CRMs, and nothing kept that was not promised

${[...commands].flatMap(([name, { help }]) => help.map((line) => lineOf(name, line))).join('\n')}

Settings are environment variables: HOST, PORT, DATABASE_URL, RINGFENCE_URL, _TRUST_PROXY, _DATA, _KEYS, _KEYS_COPY, _MASTER_KEY,
_BACKUPS, _PRIVATE_HOSTS, _CONNECTIONS, _LOG_LEVEL, _REGION, _HOST_NAME, _HOST_COUNTRY, _SMTP_URL, _SMTP_COUNTRY, _MAIL_FROM,
_OPERATOR_NAME, _OPERATOR_CONTACT, _OPERATOR_SEAT, _OPERATOR_COUNTRY, _OPERATOR_REPRESENTATIVE, _OPERATOR_OFFICER,
_OPERATOR_AUTHORITY, _POLICY_APPROVED_BY, _ADAPTERS, all with RINGFENCE before them; PIPEDRIVE_CLIENT_ID, _CLIENT_SECRET,
_JWT_SECRET, _OAUTH_URL; BITRIX24_CLIENT_ID, _CLIENT_SECRET, _LOCAL_APPS, _PORTALS, _OAUTH_URL, _SCRIPT_URL; WEBEX_CLIENT_ID,
_CLIENT_SECRET, _URL; PLACETEL_URL.
See README.md.
`

function lineOf(name: string, [takes, does]: Command['help'][number]): string {
  const begin = `  ringfence ${name} `
  const usage = `${begin}${takes.replaceAll('\n', `\n${' '.repeat(begin.length)}`)}`.trimEnd()
  if (does === undefined) return usage
  const last = usage.slice(usage.lastIndexOf('\n') + 1)
  const room = column - last.length
  const told = does.replaceAll('\n', `\n${' '.repeat(column)}`)
  return room >= 2 ? `${usage}${' '.repeat(room)}${told}` : `${usage}\n${' '.repeat(column)}${told}`
}
