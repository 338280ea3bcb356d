import { useEffect, useSyncExternalStore } from 'react'
import { dial } from '../calls/dialling.ts'

let letters = true
const watchers = new Set<() => void>()

/** Whether single letters act as shortcuts; for as long as the page is open. */
export function useLetterShortcuts(): [boolean, (on: boolean) => void] {
  const on = useSyncExternalStore(
    (changed) => {
      watchers.add(changed)
      return () => watchers.delete(changed)
    },
    () => letters,
  )
  return [on, setLetters]
}

function setLetters(on: boolean): void {
  letters = on
  for (const tell of watchers) tell()
}

/** Listens for the keys that work everywhere. Letters typed into a field are never taken. */
export function useShortcuts(actions: { palette: () => void; list: () => void }): void {
  useEffect(() => {
    const pressed = (event: KeyboardEvent): void => {
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k') {
        event.preventDefault()
        actions.palette()
        return
      }
      if (!letters || event.ctrlKey || event.metaKey || event.altKey || typedInto(event.target)) return
      if (event.key === '?') actions.list()
      if (event.key === 'j') moveRow(1)
      if (event.key === 'k') moveRow(-1)
      if (event.key === 'c') dialSelected()
      if (event.key === 'n' && focusNote()) event.preventDefault() // or it would be typed there
    }
    document.addEventListener('keydown', pressed)
    return () => document.removeEventListener('keydown', pressed)
  }, [actions])
}

function typedInto(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    target.closest('input, textarea, select, [contenteditable], [role=dialog]') !== null
  )
}

/** The number of the row that has the focus, else the one on the card; either carries `data-dial`. */
function dialSelected(): void {
  const row = document.activeElement?.closest<HTMLElement>('main [data-row][data-dial]')
  const selected = row ?? document.querySelector<HTMLElement>('main .call-card [data-dial]')
  const { dial: number, dialShown } = selected?.dataset ?? {}
  if (number !== undefined) void dial(number, dialShown)
}

/** Moves the focus between the rows of the page; a row is whatever carries `data-row`. */
function moveRow(step: 1 | -1): void {
  const rows = [...document.querySelectorAll<HTMLElement>('main [data-row]')]
  const at = rows.indexOf(document.activeElement as HTMLElement) // -1 too when it is no row
  const start = rows.findIndex((row) => row.getAttribute('aria-current') !== null)
  const next = at === -1 ? Math.max(0, start) : Math.min(rows.length - 1, Math.max(0, at + step))
  rows[next]?.focus()
}

/** @returns whether the page shows a call's note */
function focusNote(): boolean {
  const note = document.querySelector<HTMLElement>('main [data-note]')
  note?.focus()
  return note !== null
}
