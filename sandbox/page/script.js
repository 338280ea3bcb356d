// The page's buttons send JSON to /control/..., and the parts that change are fetched anew each second.

const said = document.getElementById('said')

/** Sends one command; shows what went wrong, if anything did. */
async function command(name, input, done) {
  try {
    const response = await fetch(`/control/${name}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(input),
    })
    const answer = await response.json()
    said.textContent = response.ok ? done : `Not done: ${answer.error ?? response.status}`
  } catch {
    said.textContent = 'The sandbox does not answer.'
  }
  await refresh()
}

/** Values of a form as an object; several checkboxes of one name become a list, empty fields are left out. */
function valuesOf(form) {
  const values = {}
  for (const field of form.elements) {
    if (field.name === '' || field.disabled) continue
    if (field.type === 'checkbox') {
      values[field.name] ??= []
      if (field.checked) values[field.name].push(field.value)
    } else if (field.value !== '') {
      values[field.name] = field.dataset.number === undefined ? field.value : Number(field.value)
    }
  }
  return values
}

async function onClick(event) {
  const button = event.target.closest('button[data-command]')
  if (button === null) return
  event.preventDefault()
  const form = button.form
  const fixed = JSON.parse(button.dataset.input ?? '{}')
  const input = form === null ? fixed : { ...valuesOf(form), ...fixed }
  await command(button.dataset.command, shaped(button.dataset.command, input), button.dataset.done ?? 'Done.')
}

/** The person forms are flat; the command wants the person's fields in an object. */
function shaped(name, { newName, newPhone, ...input }) {
  if (!name.endsWith('-person') || name === 'pipedrive/delete-person') return input
  const person = {}
  if (newName !== undefined) person.name = newName
  if (newPhone !== undefined) person.phones = [{ value: newPhone, primary: true }]
  return { ...input, person }
}

/** Replaces the parts that have changed; keyboard focus stays on the button it was on. */
async function refresh() {
  try {
    const response = await fetch('/page/parts')
    const parts = await response.json()
    for (const [id, html] of Object.entries(parts)) {
      const place = document.getElementById(id)
      if (place === null || place.dataset.shown === html) continue
      const focused = place.contains(document.activeElement) ? document.activeElement.dataset.key : undefined
      place.innerHTML = html
      place.dataset.shown = html
      if (focused !== undefined) place.querySelector(`[data-key="${CSS.escape(focused)}"]`)?.focus()
    }
  } catch {
    said.textContent = 'The sandbox does not answer.'
  }
}

document.addEventListener('click', onClick)
setInterval(refresh, 1000)
refresh()
