import { readFileSync } from 'node:fs'
import { demoWorldOf } from '../demo-world.ts'
import type { Answer, Incoming } from '../http.ts'
import type { Sandbox } from '../index.ts'
import { button } from './button.ts'
import { escapeHtml } from './html.ts'
import { pairButtons } from './pair-phones.ts'
import { pageParts } from './parts.ts'
import { socketPart } from './socket.ts'

const style = readFileSync(new URL('./style.css', import.meta.url), 'utf8')
const script = readFileSync(new URL('./script.js', import.meta.url), 'utf8')

const safety = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
}

/** Answers the page, its script, its style and its changing parts; undefined for other addresses. */
export function pageAnswer(sandbox: Sandbox, incoming: Incoming): Answer | undefined {
  if (incoming.method !== 'GET') return undefined
  const text = (type: string, body: string) => ({
    status: 200,
    headers: { ...safety, 'content-type': `${type}; charset=utf-8` },
    body,
  })
  switch (incoming.path) {
    case '/':
      return text('text/html', page(sandbox))
    case '/sandbox.css':
      return text('text/css', style)
    case '/sandbox.js':
      return text('text/javascript', script)
    case '/page/parts':
      return { status: 200, headers: safety, body: pageParts(sandbox) }
    case '/favicon.ico':
      return { status: 204 }
    default:
      return undefined
  }
}

type Caller = { id: number; name: string; number: string }

/** Persons whose number is known in full: from the demo world, else those written with a country code. */
function callers(sandbox: Sandbox, domain: string | undefined): Caller[] {
  const company = domain === undefined ? undefined : sandbox.pipedrive.companies.get(domain)
  if (company === undefined) return []
  const known = seededCallers(sandbox, domain)
  if (known !== undefined) return known
  return [...company.persons.values()].flatMap((person) => {
    const raw = person.phones[0]?.value.replace(/^00/, '+') ?? ''
    if (person.is_deleted || !raw.startsWith('+')) return []
    return [{ id: person.id, name: person.name, number: `+${raw.replace(/\D/g, '')}` }]
  })
}

function seededCallers(sandbox: Sandbox, domain: string | undefined): Caller[] | undefined {
  try {
    const world = demoWorldOf(sandbox)
    return world.company.domain === domain ? world.persons : undefined
  } catch {
    return undefined
  }
}

function option(value: string, label: string): string {
  return `<option value="${escapeHtml(value)}">${escapeHtml(label)}</option>`
}

function page(sandbox: Sandbox): string {
  const tenants = [...sandbox.optimcall.tenants.values()]
  const parts = pageParts(sandbox)
  const place = (id: string) => `<div id="${id}">${parts[id] ?? ''}</div>`
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>Ringfence sandbox</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="/sandbox.css">
<script src="/sandbox.js" defer></script>
</head>
<body>
<main>
<h1>Sandbox</h1>
<p class="quiet-text">Stand-ins for OptimCall, Placetel, Webex Calling, Pipedrive and Bitrix24. Nothing here leaves this computer, and nothing is stored.</p>
<p id="said" role="status"></p>
<noscript><p>The buttons need JavaScript.</p></noscript>
<div class="columns">
<section aria-labelledby="live-title"><h2 id="live-title">Calls</h2>
${tenants.map((tenant) => quickButtons(sandbox, tenant)).join('')}${pairButtons(sandbox)}${place('live')}</section>
<div>
${tenants.map((tenant) => telephone(sandbox, tenant)).join('')}
</div>
</div>
<section aria-labelledby="count-title"><h2 id="count-title">Count</h2>${place('numbers')}</section>
<section aria-labelledby="held-title"><h2 id="held-title">What the CRM holds</h2>${place('held')}</section>
<div class="columns">
${[...sandbox.pipedrive.companies.values()].map(({ domain, name }) => people(sandbox, domain, name)).join('')}
<section aria-labelledby="fault-title"><h2 id="fault-title">Trouble</h2>${troubleButtons()}${place('faults')}</section>
</div>
<section aria-labelledby="hooks-title"><h2 id="hooks-title">Webhooks of the CRM</h2>${place('webhooks')}</section>
<div class="columns">
<section aria-labelledby="sent-title"><h2 id="sent-title">Deliveries</h2>${place('deliveries')}</section>
<section aria-labelledby="asked-title"><h2 id="asked-title">Requests to the CRM</h2>${place('requests')}</section>
</div>
</main>
</body>
</html>`
}

type Tenant = Sandbox['optimcall']['tenants'] extends Map<string, infer T> ? T : never

function telephone(sandbox: Sandbox, tenant: Tenant): string {
  const persons = callers(sandbox, tenant.company)
  const title = `phone-${tenant.name}`
  const lines = tenant.lines.map(({ number, name }) => option(number, `${name ?? 'Line'} ${number}`))
  const rings = [...Object.keys(tenant.groups), ...tenant.extensions.map(({ number }) => number)].map(
    (number) =>
      `<label class="check"><input type="checkbox" name="ring" value="${number}"${tenant.lines[0]?.rings.includes(number) ? ' checked' : ''}> ${tenant.groups[number] === undefined ? number : `${number} (group)`}</label>`,
  )
  const extensions = tenant.extensions.map(({ number, name }) => option(number, `${number} ${name ?? ''}`))
  const people = persons.map(({ name, number }) =>
    option(number, `${sandbox.pipedrive.needle.name(name)} ${number}`),
  )
  const hidden = `<input type="hidden" name="tenant" value="${tenant.name}">`
  return `<section aria-labelledby="${title}"><h2 id="${title}">Telephone system ${escapeHtml(tenant.name)}</h2>
<h3>Somebody calls in</h3>
<form>${hidden}
<div class="row"><label>Who calls <select name="from">${people.join('')}${option('+442079460999', 'Unknown number +442079460999')}${option('withheld', 'Number withheld')}</select></label>
<label>Which line <select name="to">${lines.join('')}</select></label></div>
<div class="row" role="group" aria-label="What rings">${rings.join('')}</div>
<div class="row"><button type="submit" data-command="optimcall/ring" data-done="It rings.">Ring</button></div>
</form>
<h3>Somebody calls out</h3>
<form>${hidden}
<div class="row"><label>Who calls <select name="from">${extensions.join('')}</select></label>
<label>Number <input name="to" inputmode="tel" autocomplete="off" value="${escapeHtml(persons[0]?.number ?? '+442079460999')}"></label></div>
<div class="row"><button type="submit" data-command="optimcall/dial" data-done="It rings at the other end.">Dial</button>
<button type="submit" class="quiet" data-command="optimcall/dial" data-input="{&quot;clickToCall&quot;:true}" data-done="The own phone rings first.">Click to call</button></div>
</form>
<h3>How events are delivered</h3>
<div id="socket-${tenant.name}">${socketPart(sandbox, tenant)}</div></section>`
}

/** The usual callers at one press: a known person, a stranger, somebody who hides the number. */
function quickButtons(sandbox: Sandbox, tenant: Tenant): string {
  const [known] = callers(sandbox, tenant.company)
  const ring = (label: string, input: Record<string, unknown>) =>
    button({
      label,
      command: 'optimcall/ring',
      input: { tenant: tenant.name, ...input },
      done: `${label}: it rings.`,
    })
  return `<div class="row">${[
    ...(known === undefined ? [] : [ring(`${known.name.split(' ')[0]} calls`, callFrom(known))]),
    ring('A stranger calls', { from: '+442079460999' }),
    ring('Withheld number calls', { from: 'withheld', withheldAs: 'anonymous' }),
  ].join('')}</div>`
}

function callFrom(caller: Caller) {
  return { from: caller.number, expectedPersonId: caller.id }
}

function people(sandbox: Sandbox, domain: string, name: string): string {
  const company = sandbox.pipedrive.company(domain)
  const hidden = `<input type="hidden" name="domain" value="${domain}">`
  const persons = [...company.persons.values()]
    .filter((person) => !person.is_deleted)
    .map((person) => option(String(person.id), sandbox.pipedrive.needle.name(person.name)))
  const uninstall = [...company.users.values()].map((user) =>
    button({
      label: `${sandbox.pipedrive.needle.name(user.name)} uninstalls`,
      command: 'pipedrive/uninstall',
      input: { userId: user.id },
      done: 'The uninstall was sent.',
      quiet: true,
    }),
  )
  const inside = [...company.users.values()].map(
    (user) =>
      `<li><a href="/pipedrive/${domain}/host?user=${user.id}">${escapeHtml(sandbox.pipedrive.needle.name(user.name))}</a></li>`,
  )
  return `<section aria-labelledby="people-${domain}"><h2 id="people-${domain}">People in the CRM of ${escapeHtml(name)}</h2>
<form>${hidden}
<div class="row"><label>Person <select name="id" data-number>${persons.join('')}</select></label></div>
<div class="row"><label>New name <input name="newName" autocomplete="off"></label>
<label>New number <input name="newPhone" inputmode="tel" autocomplete="off"></label></div>
<div class="row"><button type="submit" data-command="pipedrive/edit-person" data-done="Changed.">Change</button>
<button type="submit" class="quiet" data-command="pipedrive/delete-person" data-done="Deleted.">Delete</button></div>
</form>
<h3>Add a person</h3>
<form>${hidden}
<div class="row"><label>Name <input name="newName" autocomplete="off"></label>
<label>Number <input name="newPhone" inputmode="tel" autocomplete="off"></label></div>
<div class="row"><button type="submit" data-command="pipedrive/add-person" data-done="Added.">Add</button></div>
</form>
<h3>Inside the CRM, with the app's window, as</h3>
<ul>${inside.join('')}</ul>
<h3>Uninstall the app</h3>
<div class="row">${uninstall.join('')}</div></section>`
}

function troubleButtons(): string {
  const callLogs = { method: 'POST', path: '/api/v1/callLogs' }
  const order = (label: string, input: Record<string, unknown>) =>
    button({ label, command: 'faults/order', input, done: `Ordered: ${label}.`, quiet: true })
  return `<div class="row">${[
    order('CRM down for 20 s', { kind: 'down', forMs: 20_000 }),
    order('Next log is written late, without an answer', {
      kind: 'late-effect',
      ...callLogs,
      times: 1,
      delayMs: 2000,
      cutAfterMs: 1000,
    }),
    order('Three errors 500', { kind: '500', times: 3 }),
    order('Three refusals 429', { kind: '429', times: 3 }),
    order('Access token expires', { kind: 'expired-token', times: 1 }),
    button({
      label: 'Next event comes twice',
      command: 'faults/order-delivery',
      input: { kind: 'duplicate', times: 1 },
      done: 'Ordered: next event comes twice.',
      quiet: true,
    }),
    button({ label: 'No more trouble', command: 'faults/clear', done: 'All faults are gone.' }),
  ].join('')}</div>`
}
