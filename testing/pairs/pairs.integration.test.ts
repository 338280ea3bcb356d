import { describe } from 'vitest'
import type { Hub } from '../hub.ts'
import { itWithHub } from '../it.ts'
import { bitrix24 } from './bitrix24.ts'
import { pairsEnv } from './environment.ts'
import type { CrmHand, PhoneHand } from './hands.ts'
import { optimcall } from './optimcall.ts'
import { Pair } from './pair.ts'
import { pipedrive } from './pipedrive.ts'
import { placetel } from './placetel.ts'
import {
  answeredCall,
  clickedNumber,
  disconnectedPhone,
  missedCalls,
  nothingLostOrTwice,
  recordings,
  removedApp,
  untoldCall,
} from './scenario.ts'
import { webex } from './webex.ts'

const it = itWithHub({ env: pairsEnv })

const phones = [optimcall, placetel, webex]

/** Opened by the first test of the pair; the others go on with what it left. */
function opening(phone: PhoneHand, crm: CrmHand): (hub: Hub) => Promise<Pair> {
  let opened: Promise<Pair> | undefined
  return (hub) => {
    opened ??= Pair.open(hub, phone, crm)
    return opened
  }
}

describe.each(phones)('$name with Pipedrive', (phone) => {
  const pair = opening(phone, pipedrive)

  it('PD-3/PD-4 shows a call where it rings and logs it once, though its events come twice', async ({
    hub,
  }) => {
    await answeredCall(await pair(hub))
  })
  it('PD-4 logs missed calls once each, though events come in another order and Pipedrive fails', async ({
    hub,
  }) => {
    await missedCalls(await pair(hub))
  })
  it('PD-6 rings the telephone of whoever clicks a number, and logs that call once', async ({ hub }) => {
    await clickedNumber(await pair(hub))
  })
  it('PD-5 attaches the recording, and offers nothing else', async ({ hub }) => {
    await recordings(await pair(hub), ['attach'])
  })
  it('PD-4 finds a call of which nobody told, where the telephone system has a list', async ({ hub }) => {
    await untoldCall(await pair(hub), phone.name)
  })
  it('PD-4 lost nothing, and nothing is there twice', async ({ hub }) => {
    await nothingLostOrTwice(await pair(hub))
  })
  it('shows nothing more of a telephone that its user has disconnected', async ({ hub }) => {
    await disconnectedPhone(await pair(hub))
  })
  it('PD-8 leaves nothing behind when the last user has removed the app', async ({ hub }) => {
    await removedApp(await pair(hub))
  })
})

describe.each(phones)('$name with Bitrix24', (phone) => {
  const pair = opening(phone, bitrix24)

  it('BX-1/BX-2 opens the cards where a call rings, and is one record, though its events come twice', async ({
    hub,
  }) => {
    await answeredCall(await pair(hub))
  })
  it('BX-2 is one record for each missed call, though events come in another order and Bitrix24 fails', async ({
    hub,
  }) => {
    await missedCalls(await pair(hub))
  })
  it('BX-4 rings the telephone of whoever clicks a number, on our page or in Bitrix24', async ({ hub }) => {
    await clickedNumber(await pair(hub))
  })
  it('BX-3 hands a recording on as a copy or a link where the telephone system can, and else offers nothing', async ({
    hub,
  }) => {
    await recordings(await pair(hub), phone === optimcall ? [] : ['copy', 'link'])
  })
  it('BX-2 finds a call of which nobody told, where the telephone system has a list', async ({ hub }) => {
    await untoldCall(await pair(hub), phone.name)
  })
  it('BX-2 lost nothing, and nothing is there twice', async ({ hub }) => {
    await nothingLostOrTwice(await pair(hub))
  })
  it('BX-6 shows nothing more of a telephone that its user has disconnected', async ({ hub }) => {
    await disconnectedPhone(await pair(hub))
  })
  it('BX-7 leaves nothing behind when the portal has removed the app', async ({ hub }) => {
    await removedApp(await pair(hub))
  })
})
