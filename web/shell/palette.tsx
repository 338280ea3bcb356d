import { Modal } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type KeyboardEvent, useId, useState } from 'react'
import type { SessionView } from '../../server/http/shapes.ts'
import { liveState } from '../calls/desk-groups.ts'
import { deskQuery } from '../calls/desk-query.ts'
import { dial } from '../calls/dialling.ts'
import { plain } from '../calls/journal-query.ts'
import { callLine } from '../calls/words.ts'
import { type Translate, useLanguage } from '../languages/language.tsx'
import { roomsOf } from './rooms.ts'

interface Entry {
  id: string
  label: string
  kind: string
  open: () => void
}

/** Pages and the calls on the desk, found by typing; a typed number can be called. */
export default function Palette({ session, onClose }: { session: SessionView; onClose: () => void }) {
  const { t } = useLanguage()
  const listId = useId()
  const [typed, setTyped] = useState('')
  const [marked, setMarked] = useState(0)
  const found = useEntries(session).filter((entry) => fits(entry.label, typed))
  const entries = session.kind === 'user' ? [...found, ...callEntry(typed, t)] : found
  const at = Math.min(marked, Math.max(0, entries.length - 1))

  const choose = (entry: Entry | undefined): void => {
    if (entry === undefined) return
    onClose()
    entry.open()
  }
  const pressed = (event: KeyboardEvent): void => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step !== undefined) {
      event.preventDefault()
      setMarked((at + step + entries.length) % Math.max(1, entries.length))
    }
    if (event.key === 'Enter') choose(entries[at])
  }

  return (
    <Modal
      opened
      onClose={onClose}
      withCloseButton={false}
      padding={0}
      size={520}
      yOffset="12vh"
      attributes={{ content: { 'aria-label': t('palette.label') } }}
    >
      <input
        className="palette-field"
        data-autofocus
        role="combobox"
        aria-expanded="true"
        aria-controls={listId}
        aria-activedescendant={entries[at] === undefined ? undefined : `${listId}-${at}`}
        aria-label={t('palette.label')}
        placeholder={t('palette.placeholder')}
        value={typed}
        onChange={(event) => {
          setTyped(event.currentTarget.value)
          setMarked(0)
        }}
        onKeyDown={pressed}
      />
      <div className="palette-list" id={listId} role="listbox" aria-label={t('palette.label')}>
        {entries.map((entry, index) => (
          <div
            key={entry.id}
            id={`${listId}-${index}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === at}
            className="palette-entry"
            onMouseMove={() => setMarked(index)}
            onClick={() => choose(entry)}
            onKeyDown={pressed}
          >
            <span>{entry.label}</span>
            <span className="quiet">{entry.kind}</span>
          </div>
        ))}
      </div>
      {entries.length === 0 && <p className="palette-none">{t('palette.none')}</p>}
    </Modal>
  )
}

function useEntries(session: SessionView): Entry[] {
  const { t } = useLanguage()
  const navigate = useNavigate()
  const { data } = useQuery({ ...deskQuery, enabled: false })
  const { work, setUp } = roomsOf(session)
  const pages = [...work, ...setUp].map((room) => ({
    id: room.to,
    label: t(room.label),
    kind: t('palette.page'),
    // The keyboard goes on in the page that was asked for.
    open: () => void navigate({ to: room.to }).then(() => document.getElementById('main')?.focus()),
  }))
  const live = (data?.calls ?? [])
    .filter((call) => call.state !== 'ended')
    .map((call) => ({
      id: call.id,
      label: callLine(call, t),
      kind: t(`state.${liveState(call)}`),
      open: () => void navigate({ to: '/', search: { call: call.id } }),
    }))
  return [...live, ...pages]
}

/** What was typed may be a number; whether it is one, and may be dialled, the server says. */
function callEntry(typed: string, t: Translate): Entry[] {
  const number = typed.trim()
  if (!/^[+*#]?[\d\s()./*#-]{2,40}$/.test(number)) return []
  return [
    {
      id: 'call',
      label: t('palette.call', { number }),
      kind: t('palette.call.kind'),
      open: () => void dial(number),
    },
  ]
}

/** Found when every typed word begins a word of the label, whatever the accents. */
function fits(label: string, typed: string): boolean {
  const words = plain(label).split(/[\s,]+/)
  return plain(typed)
    .split(/\s+/)
    .every((part) => words.some((word) => word.startsWith(part)))
}
