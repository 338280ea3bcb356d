/*
 * The portal's page: posts the form into each frame, answers what bx24.js asks, shows the call cards of the user and
 * tells the background worker of their buttons.
 */
const byId = (id) => document.getElementById(id)
const { user, base } = document.body.dataset
const frames = [...document.querySelectorAll('iframe')].map((frame) => ({
  frame,
  form: byId(frame.dataset.form),
  sid: frame.dataset.sid,
  listeners: [],
}))

const callCommands = ['getStatus', 'disableAutoClose', 'enableAutoClose']
const workerCommands = [
  'CallCardSetMute',
  'CallCardSetHold',
  'CallCardSetUiState',
  'CallCardGetListUiStates',
  'CallCardSetCardTitle',
  'CallCardSetStatusText',
  'CallCardStartTimer',
  'CallCardStopTimer',
  'CallCardClose',
]
const uiStates = [
  'incoming',
  'transferIncoming',
  'outgoing',
  'connectingIncoming',
  'connectingOutgoing',
  'connected',
  'transferring',
  'transferFailed',
  'transferConnected',
  'error',
  'moneyError',
  'redial',
]
const buttons = ['answer', 'hangup', 'hold', 'mute', 'close']
/** What the worker has set on each card. */
const cardStates = new Map()
let cards = []

function note(text) {
  byId('log').append(`${text}\n`)
}

async function post(path, body) {
  const answer = await fetch(`${base}/host/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  return answer.ok ? answer.json() : undefined
}

function placementCall(surface, { command, params }) {
  const isWorker = surface.frame.dataset.placement === 'PAGE_BACKGROUND_WORKER'
  if (!(isWorker ? workerCommands : callCommands).includes(command))
    return [{ result: 'error', errorCode: 'Unknown command' }]
  if (!isWorker) return command === 'getStatus' ? { CALL_STATE: 'idle' } : []
  if (command === 'CallCardGetListUiStates') return uiStates
  const card = cards[0]
  if (card === undefined) return [{ result: 'error', errorCode: 'Call card is undefined' }]
  if (command === 'CallCardSetUiState' && !uiStates.includes(params.uiState))
    return [{ result: 'error', errorCode: 'Invalid ui state' }]
  if (command === 'CallCardClose') void closeCard(card.callId)
  const state = { ...cardStates.get(card.callId), ...params }
  if (command === 'CallCardStartTimer') state.timer = 'running'
  if (command === 'CallCardStopTimer') state.timer = 'stopped'
  cardStates.set(card.callId, state)
  render()
  return []
}

const commands = {
  getInitData({ frame, form }) {
    const fields = Object.fromEntries(new FormData(form))
    return {
      ...fields,
      MEMBER_ID: fields.member_id,
      LANG: document.body.dataset.lang,
      DOMAIN: document.body.dataset.domain,
      PROTOCOL: 0,
      INSTALL: frame.dataset.page === 'install',
      IS_ADMIN: document.body.dataset.admin === 'true',
    }
  },
  async setInstallFinish({ sid }) {
    if ((await post('install-finish', { sid })) === undefined) return { error: 'not possible' }
    const next = new URL(location.href)
    next.searchParams.delete('page')
    location.replace(next)
    return {}
  },
  refreshAuth: ({ sid }) => post('refresh', { sid }),
  resizeWindow({ frame }, { height }) {
    if (Number(height) > 0) frame.height = String(height)
    return {}
  },
  reloadWindow() {
    location.reload()
    return {}
  },
  closeApplication({ frame }) {
    frame.remove()
    return {}
  },
  getInterface: ({ frame }) => ({
    command: frame.dataset.placement === 'PAGE_BACKGROUND_WORKER' ? workerCommands : callCommands,
    event: [],
  }),
  placementCall,
}

addEventListener('message', async (event) => {
  const surface = frames.find(({ frame }) => frame.contentWindow === event.source)
  if (surface === undefined || typeof event.data !== 'string') return
  const parts = event.data.split(':')
  const [command = ''] = parts
  const [callback, sid] = parts.slice(-2)
  if (sid !== surface.sid) return
  const params = JSON.parse(parts.slice(1, -2).join(':') || 'null') ?? {}
  note(`${surface.frame.title}: ${command} ${JSON.stringify(params)}`)
  const reply = (value) =>
    event.source.postMessage(`${callback}:${JSON.stringify(value ?? null)}`, event.origin)
  if (command === 'placementBindEvent') surface.listeners.push({ event: params.event, reply })
  else reply(await commands[command]?.(surface, params))
})

function tell(event, data) {
  for (const { listeners } of frames) {
    for (const listener of listeners) if (listener.event === event) listener.reply(data)
  }
}

// --- call cards ----------------------------------------------------------------------------------------------

async function closeCard(callId) {
  await post('close-card', { user: Number(user), callId })
  await refresh()
}

function render() {
  byId('cards').replaceChildren(
    ...cards.map((card) => {
      const state = cardStates.get(card.callId) ?? {}
      const item = document.createElement('li')
      item.dataset.call = card.callId
      item.dataset.state = state.uiState ?? ''
      const words = [
        card.direction,
        card.number,
        card.name,
        state.cardTitle ?? state.title,
        state.statusText,
        state.uiState,
      ]
      item.append(words.filter(Boolean).join(', '))
      for (const name of buttons) {
        const button = document.createElement('button')
        button.type = 'button'
        button.textContent = name
        button.addEventListener('click', () => {
          tell(`BackgroundCallCard::${name}ButtonClick`, { CALL_ID: card.callId })
          if (name === 'close') void closeCard(card.callId)
        })
        item.append(' ', button)
      }
      return item
    }),
  )
}

async function refresh() {
  const answer = await fetch(`${base}/host/cards?user=${user}`)
  const next = await answer.json()
  const fresh = next.filter(({ callId }) => !cards.some((card) => card.callId === callId))
  if (fresh.length === 0 && next.length === cards.length) return
  cards = next
  render()
  for (const card of fresh) tell('BackgroundCallCard::initialized', card.placementOptions)
}

for (const button of document.querySelectorAll('.number')) {
  button.addEventListener('click', async () => {
    const { number, type, id } = button.dataset
    const made = await post('click', { user: Number(user), number, entity: { type, id: Number(id) } })
    note(made === undefined ? 'no app is chosen for outgoing calls' : `call ${made.callId}`)
    await refresh()
  })
}

for (const { form } of frames) form.submit()
setInterval(() => void refresh().catch(() => {}), 500)
void refresh()
