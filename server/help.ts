import type { Command } from './command.ts'

/** Where what a command does begins in its line. */
const column = 45

/** What `ringfence --help` says. */
export const helpOn = (commands: ReadonlyMap<string, Command>): string =>
  `ringfence — phone systems and CRMs, and nothing kept that was not promised

${[...commands].flatMap(([name, { help }]) => help.map((line) => lineOf(name, line))).join('\n')}

Settings are environment variables: HOST, PORT, RINGFENCE_URL, RINGFENCE_TRUST_PROXY, RINGFENCE_DATA, RINGFENCE_KEYS,
RINGFENCE_KEYS_COPY, RINGFENCE_MASTER_KEY, RINGFENCE_BACKUPS, DATABASE_URL, RINGFENCE_CONNECTIONS,
RINGFENCE_PRIVATE_HOSTS, RINGFENCE_LOG_LEVEL, RINGFENCE_OPERATOR_NAME, RINGFENCE_OPERATOR_CONTACT,
RINGFENCE_OPERATOR_SEAT, RINGFENCE_OPERATOR_COUNTRY, RINGFENCE_OPERATOR_REPRESENTATIVE, RINGFENCE_OPERATOR_OFFICER,
RINGFENCE_OPERATOR_AUTHORITY, RINGFENCE_POLICY_APPROVED_BY, RINGFENCE_REGION, RINGFENCE_HOST_NAME,
RINGFENCE_HOST_COUNTRY, RINGFENCE_SMTP_URL, RINGFENCE_SMTP_COUNTRY, RINGFENCE_MAIL_FROM, RINGFENCE_ADAPTERS,
PLACETEL_URL, PIPEDRIVE_CLIENT_ID, PIPEDRIVE_CLIENT_SECRET, PIPEDRIVE_JWT_SECRET, PIPEDRIVE_OAUTH_URL,
BITRIX24_CLIENT_ID, BITRIX24_CLIENT_SECRET, BITRIX24_OAUTH_URL, BITRIX24_SCRIPT_URL, BITRIX24_LOCAL_APPS,
BITRIX24_PORTALS, WEBEX_CLIENT_ID, WEBEX_CLIENT_SECRET, WEBEX_URL.
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
