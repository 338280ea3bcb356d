// The host's side of the messages between Pipedrive and an app's frames: {payload, id} with a port to answer on.

const user = Number(document.body.dataset.user)
const person = Number(document.body.dataset.person)
const byId = (id) => document.getElementById(id)
const log = byId('log')
/** A page that does not initialise within this time is not shown. */
const patienceMs = 10_000

/** What each surface may be sized to, in pixels; the panel's width is fixed. */
const sizes = {
  floatingWindow: { width: [200, 800], height: [70, 700] },
  panel: { height: [100, 750] },
}

const surfaces = ['floatingWindow', 'panel'].flatMap((name) => {
  const frame = byId(name)
  return frame === null
    ? []
    : [{ name, frame, id: frame.dataset.id, initialised: false, focusMode: false, listeners: new Map() }]
})
const floating = surfaces.find((surface) => surface.name === 'floatingWindow')

function note(text) {
  const line = document.createElement('p')
  line.textContent = text
  log.prepend(line)
}

// --- the floating window -------------------------------------------------------------------------------------

const box = byId('window')
const isOpen = () => box.dataset.open === 'true'

/** Opens or closes it and tells the app, with who did it and whatever came along. */
function show(open, invoker, context = {}) {
  box.dataset.open = String(open)
  byId('dock').setAttribute('aria-expanded', String(open))
  if (open) setFocusMode(false)
  tell(floating, 'visibility', { is_visible: open, context: { ...context, invoker } })
}

function setFocusMode(on) {
  floating.focusMode = on
  byId('window-close').hidden = on
}

byId('dock').addEventListener('click', () => {
  if (floating?.initialised) show(!isOpen(), 'user')
})
byId('window-close').addEventListener('click', () => show(false, 'user'))

let grip
byId('window-head').addEventListener('pointerdown', (event) => {
  if (event.target.closest('button') !== null) return
  const { left, top } = box.getBoundingClientRect()
  grip = { x: event.clientX - left, y: event.clientY - top }
  event.currentTarget.setPointerCapture(event.pointerId)
})
byId('window-head').addEventListener('pointermove', (event) => {
  if (grip === undefined) return
  Object.assign(box.style, {
    left: `${event.clientX - grip.x}px`,
    top: `${event.clientY - grip.y}px`,
    right: 'auto',
    bottom: 'auto',
  })
})
byId('window-head').addEventListener('pointerup', () => {
  grip = undefined
})

function resize(surface, size) {
  for (const [side, value] of Object.entries(size)) {
    const limits = sizes[surface.name][side]
    if (limits === undefined) throw new Error(`${side} cannot be changed`)
    if (!(value >= limits[0] && value <= limits[1]))
      throw new Error(`${side} must be ${limits[0]} to ${limits[1]}`)
    surface.frame.style[side] = `${value}px`
  }
}

// --- commands ------------------------------------------------------------------------------------------------

async function signedToken(surface) {
  const kind = byId('fresh').value
  if (kind === 'refused') throw new Error('Unauthorized')
  const response = await fetch('host/token', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ user, surface: surface.name, kind }),
  })
  if (!response.ok) throw new Error('Unauthorized')
  return response.json()
}

/** Asks the person in front; resolves to whether they said yes. */
function ask({ title, text = '', yes = 'OK', no = 'Cancel' }) {
  const dialog = byId('dialog')
  byId('dialog-title').textContent = title
  byId('dialog-text').textContent = text
  byId('dialog-yes').textContent = yes
  byId('dialog-no').textContent = no
  dialog.returnValue = ''
  dialog.showModal()
  byId('dialog-yes').onclick = () => dialog.close('yes')
  byId('dialog-no').onclick = () => dialog.close('no')
  return new Promise((resolve) => {
    dialog.onclose = () => resolve(dialog.returnValue === 'yes')
  })
}

const views = ['deals', 'leads', 'organizations', 'contacts', 'campaigns', 'projects', 'settings']

const commands = {
  initialize(surface, args) {
    if (args?.size) resize(surface, args.size)
    surface.initialised = true
    surface.frame.dataset.initialised = 'true'
  },
  show_floating_window: (_, args) => show(true, 'command', args?.context),
  hide_floating_window: (_, args) => show(false, 'command', args?.context),
  resize: (surface, args) => resize(surface, args ?? {}),
  set_notification(_, args) {
    const number = args?.number ?? 0
    byId('badge').hidden = number === 0
    byId('badge').textContent = number > 9 ? '9+' : String(number)
  },
  set_focus_mode(_, on) {
    if (!isOpen()) throw new Error('The window is not visible')
    setFocusMode(on === true)
  },
  get_signed_token: signedToken,
  redirect_to(_, { view, id }) {
    if (!views.includes(view)) throw new Error('Invalid view')
    note(`would go to ${id === undefined ? view : `${view}/${id}`}`)
  },
  async open_modal(_, args) {
    const kinds = ['deal', 'person', 'organization', 'activity', 'json_modal', 'custom_modal']
    if (!kinds.includes(args?.type)) throw new Error('Invalid modal')
    const submitted = await ask({
      title: `New ${args.type}`,
      text: JSON.stringify(args.prefill ?? args.data ?? {}),
      yes: 'Save',
    })
    return submitted
      ? { status: 'submitted', id: 1000 + Math.floor(performance.now()) }
      : { status: 'closed' }
  },
  show_snackbar(_, { message, link }) {
    byId('snackbar').textContent = link === undefined ? message : `${message} ${link.label}`
    setTimeout(() => byId('snackbar').replaceChildren(), 5000)
  },
  async show_confirmation(_, { title, description, okText, cancelText }) {
    return { confirmed: await ask({ title, text: description, yes: okText, no: cancelText }) }
  },
  get_metadata: () => ({ windowHeight: innerHeight, windowWidth: innerWidth }),
}

async function run(surface, { command, args }, port) {
  note(`${surface.name}: ${command} ${JSON.stringify(args) ?? ''}`)
  try {
    const known = commands[command]
    if (known === undefined) throw new Error('Invalid command')
    if (!surface.initialised && command !== 'initialize') throw new Error('Not initialized')
    port.postMessage({ data: await known(surface, args) })
  } catch (error) {
    note(`${surface.name}: ${command} refused: ${error.message}`)
    port.postMessage({ error: error.message })
  }
}

// --- events --------------------------------------------------------------------------------------------------

function tell(surface, event, data) {
  note(`${surface.name}: told ${event} ${JSON.stringify(data)}`)
  for (const port of surface.listeners.get(event) ?? []) port.postMessage({ data })
}

function listen(surface, event, port) {
  if (!['visibility', 'close_custom_modal', 'user_settings_change'].includes(event)) {
    port.postMessage({ error: 'Invalid event' })
    return
  }
  surface.listeners.set(event, [...(surface.listeners.get(event) ?? []), port])
}

addEventListener('message', (event) => {
  const surface = surfaces.find(
    ({ frame, id }) => frame.contentWindow === event.source && event.data?.id === id,
  )
  const payload = event.data?.payload
  const [port] = event.ports
  if (surface === undefined || payload === undefined) return
  if (payload.type === 'command' && port) void run(surface, payload, port)
  if (payload.type === 'listener' && port) listen(surface, payload.event, port)
  if (payload.type === 'track') note(`${surface.name}: ${payload.event}`)
})

setTimeout(() => {
  for (const surface of surfaces) {
    if (surface.initialised) continue
    note(`${surface.name}: did not initialise in time`)
    surface.frame.remove()
  }
}, patienceMs)

byId('theme').addEventListener('click', () => {
  const theme = document.documentElement.dataset.theme === 'dark' ? 'light' : 'dark'
  document.documentElement.dataset.theme = theme
  for (const surface of surfaces) tell(surface, 'user_settings_change', { theme })
})

/** What the click says; Pipedrive documents no shape, so there are several. */
function contextOf(number) {
  return {
    phone: { phone: number, person_id: person },
    phone_number: { phone_number: number, deal_id: 7 },
    number: { number },
    nested: { data: { phone: number, person_id: person } },
    person: { person_id: person },
    strange: { what: { is: { this: number } } },
  }[byId('click').value]
}

for (const button of document.querySelectorAll('.number')) {
  button.addEventListener('click', () => {
    if (floating?.initialised) show(true, 'user', contextOf(button.dataset.number))
  })
}
