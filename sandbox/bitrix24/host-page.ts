import { escapeHtml } from '../page/html.ts'
import { phonesOf } from './crm-store.ts'
import { entityName } from './entity-view.ts'
import type { Bitrix24 } from './index.ts'
import type { Opening } from './opening.ts'
import type { Entity, Portal, User } from './world.ts'

const shownEntities = 20

/** A frame and the form posted into it; the frame's name is what the script in it learns its place from. */
function frame(bitrix: Bitrix24, portal: Portal, opening: Opening): string {
  const name = `${bitrix.domain(portal)}|0|${opening.appSid}`
  const isWorker = opening.placement === 'PAGE_BACKGROUND_WORKER'
  const title = isWorker ? 'Background worker' : opening.page === 'install' ? 'Installer' : 'App'
  const inputs = Object.entries(opening.fields).map(
    ([key, value]) => `<input type="hidden" name="${key}" value="${escapeHtml(value)}">`,
  )
  const size = isWorker ? 'width="1" height="1" tabindex="-1"' : 'width="1000" height="640"'
  return `<form id="form-${opening.appSid}" method="post" action="${escapeHtml(opening.url)}" target="${escapeHtml(name)}">${inputs.join('')}</form>
<iframe name="${escapeHtml(name)}" title="${title}" ${size} data-form="form-${opening.appSid}" data-sid="${opening.appSid}" data-page="${opening.page}" data-placement="${escapeHtml(opening.placement)}"></iframe>`
}

function numbers(bitrix: Bitrix24, entity: Entity): string {
  const name = escapeHtml(entityName(bitrix.needle, entity))
  return phonesOf(entity)
    .map(({ value }) => {
      const number = escapeHtml(value)
      return `<li>${name} <button type="button" class="number" data-number="${number}" data-type="${entity.type}" data-id="${entity.id}">${number}</button></li>`
    })
    .join('')
}

/** The page around the app: people and their numbers, call cards, frames. */
export function hostHtml(bitrix: Bitrix24, portal: Portal, user: User, openings: readonly Opening[]): string {
  const base = `/bitrix24/${portal.name}`
  const people = [
    ...portal.entities.CONTACT.values(),
    ...portal.entities.COMPANY.values(),
    ...portal.entities.LEAD.values(),
  ]
  const frames =
    openings.length === 0
      ? '<p role="status">The application is not fully installed. Ask the administrator to finish the installation.</p>'
      : openings.map((opening) => frame(bitrix, portal, opening)).join('')
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>Stand-in for Bitrix24</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="/sandbox.css">
<script src="${base}/host/host.js" defer></script>
</head>
<body data-user="${user.id}" data-base="${base}" data-domain="${escapeHtml(bitrix.domain(portal))}" data-lang="${escapeHtml(portal.language)}" data-admin="${user.admin}">
<main>
<h1>Stand-in for Bitrix24: ${escapeHtml(portal.name)}</h1>
<p>${escapeHtml(bitrix.needle.name(`${user.name} ${user.lastName}`.trim()))}</p>
${frames}
<h2 id="cards-title">Call cards</h2>
<ul id="cards" aria-labelledby="cards-title"></ul>
<h2 id="people-title">People</h2>
<ul aria-labelledby="people-title">${people
    .slice(0, shownEntities)
    .map((entity) => numbers(bitrix, entity))
    .join('')}</ul>
<h2 id="log-title">What went between it and the app</h2>
<pre id="log" role="log" aria-labelledby="log-title" tabindex="0"></pre>
</main>
</body>
</html>`
}
