import { cp, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect } from 'vitest'
import type { Hub } from '../testing/hub.ts'
import { itWithHub } from '../testing/it.ts'
import { failureOf } from './failure.ts'

const it = itWithHub()

/** What the start says with these folders and databases; the nodes are stopped before and run again afterwards. */
async function startSays(hub: Hub, change: () => Promise<void>, undo: () => Promise<void>): Promise<string> {
  await hub.node(0).stop()
  await change()
  try {
    await hub.node(0).start()
    return 'it started'
  } catch (error) {
    const failure = failureOf(error)
    return failure?.code === 'setting' ? failure.sentence : `no sentence: ${failure?.code ?? error}`
  } finally {
    await hub.node(0).stop()
    await undo()
    await hub.node(0).start()
  }
}

describe('the start', () => {
  it('is refused without the keys the databases were sealed with, and makes no new ones', async ({ hub }) => {
    const keys = join(hub.folder, 'keys')
    const aside = join(hub.folder, 'keys-aside')
    const said = await startSays(
      hub,
      async () => {
        await cp(keys, aside, { recursive: true })
        await rm(keys, { recursive: true })
      },
      async () => {
        expect(await readdir(keys).catch(() => [])).toEqual([])
        await cp(aside, keys, { recursive: true })
      },
    )
    expect(said).toMatch(/^[A-Z][^\n]*\.$/)
    expect(said).toMatch(/key/i)
  })

  it('is refused with an older copy of the keys', async ({ hub }) => {
    const keys = join(hub.folder, 'keys')
    const older = join(hub.folder, 'keys-older')
    const newest = join(hub.folder, 'keys-newest')
    await hub.restart(() => cp(keys, older, { recursive: true }))
    await hub.given.organization({ set: 'created' })
    const put = async (folder: string) => {
      await rm(keys, { recursive: true })
      await cp(folder, keys, { recursive: true })
    }
    const said = await startSays(
      hub,
      async () => {
        await cp(keys, newest, { recursive: true })
        await put(older)
      },
      () => put(newest),
    )
    expect(said).toMatch(/^[A-Z][^\n]*\.$/)
    expect(said).toMatch(/older|newer|copy/i)
  })

  it('GD-9 is refused when a database holds a column that no declaration covers', async ({ hub }) => {
    const acme = await hub.given.organization({ set: 'created' })
    const said = await startSays(
      hub,
      () => acme.query('alter table users add column birthday date').then(() => undefined),
      () => acme.query('alter table users drop column birthday').then(() => undefined),
    )
    expect(said).toBe('The database and policy/ differ: users.birthday is not declared.')
  })

  it('GD-9 is refused when row security was taken off a table whose rows end', async ({ hub }) => {
    const acme = await hub.given.organization({ set: 'created' })
    const said = await startSays(
      hub,
      () => acme.query('alter table calls disable row level security').then(() => undefined),
      () => acme.query('alter table calls enable row level security').then(() => undefined),
    )
    expect(said).toMatch(/^The database and policy\/ differ: calls.*\.$/)
  })

  it('goes on where it was: same address, sessions, hooks, contacts and calls', async ({ hub }) => {
    const acme = await hub.given.organization()
    await acme.given.person({ name: 'Ada Lovelace', number: '+442079460123' })
    const colleague = await acme.given.user({ extension: '21' })
    const call = await acme.phone.rings({ from: '+442079460123', to: '21' })

    await hub.restart()

    expect(await colleague.client.ok('GET', `/api/v1/calls/${call.id}`)).toMatchObject({
      state: 'ringing',
      matches: [{ name: 'Ada Lovelace' }],
    })
    await acme.phone.answers(call, '21')
    await acme.phone.hangsUp(call)
    await acme.written(call)
  })
})
