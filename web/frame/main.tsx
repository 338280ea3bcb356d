import { useEffect, useState } from 'react'
import { carryBearer } from '../api/request.ts'
import { type FrameAddress, readAddress, withoutSecrets } from './address.ts'
import { FrameApp } from './frame-app.tsx'
import { FrameGate } from './frame-gate.tsx'
import { HostedSession } from './frame-session.ts'
import { connectHost, type Host } from './host.ts'
import { Coloured, mount } from './mount.tsx'
import './styles.ts'

/** What a call card needs; the panel grows with what it shows. */
const firstHeight = { window: 620, panel: 200 }

const address = readAddress(globalThis.location.search)
globalThis.history.replaceState(null, '', withoutSecrets(globalThis.location.href))
document.documentElement.dataset['mantineColorScheme'] = address.theme
document.documentElement.dataset['surface'] = address.record === undefined ? 'window' : 'panel'

/** The host waits for a word from us, so that comes first of all. */
function connected({ id }: FrameAddress): { host: Host; session: HostedSession } | undefined {
  if (id === undefined || globalThis.parent === globalThis.window) return undefined
  const height = address.record === undefined ? firstHeight.window : firstHeight.panel
  const host = connectHost({ ...address, id }, { height })
  const session = new HostedSession({ firstToken: address.token, freshToken: () => host.freshToken() })
  carryBearer(session)
  void session.open()
  return { host, session }
}

const place = connected(address)

function Framed() {
  const [scheme, setScheme] = useState(address.theme)
  useEffect(() => place?.host.onTheme(setScheme), [])
  return (
    <Coloured scheme={scheme}>
      {place === undefined ? (
        <FrameGate why="outside" />
      ) : (
        <FrameApp host={place.host} session={place.session} record={address.record} />
      )}
    </Coloured>
  )
}

void mount(<Framed />)
