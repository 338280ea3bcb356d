import { cp, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, onTestFinished } from 'vitest'
import { tablesWith } from '../../testing/everything.ts'
import { it } from '../../testing/it.ts'
import { ada, ben, companyWithTwo, eraseAda, lost, needles, openable } from './erase.fixture.ts'
import { rememberSealings } from './sealings.fixture.ts'

describe('a database from before the erasure', () => {
  it('L-E.3 is erased again before anybody is connected, whatever of the keys is old too', async ({
    hub,
  }) => {
    const sealings = rememberSealings()
    const { acme } = await companyWithTwo(hub)
    const call = await acme.phone.calls({ from: ada, to: '21' })
    await acme.written(call)
    const other = await acme.phone.calls({ from: ben, to: '21' })
    await acme.written(other)
    const { keysFolder } = hub.app.settings
    const older = join(hub.folder, 'older-keys')
    const database = await hub.databases.of(acme.id)
    const server = (sql: string) => hub.databases.in('postgres', sql)
    const put = async (from: string, to: string) => {
      await server(
        `select pg_terminate_backend(pid) from pg_stat_activity where datname in ('${from}', '${to}')`,
      )
      await server(`drop database if exists ${to}`)
      await server(`create database ${to} template ${from}`)
      await server(`grant connect on database ${to} to ${database}_app, ${database}_officer`)
    }
    onTestFinished(() =>
      server(`drop database if exists ${database}_older with (force)`).then(() => undefined),
    )
    await hub.restart(async () => {
      await put(database, `${database}_older`)
      await cp(keysFolder, older, { recursive: true })
    })
    await eraseAda(hub, acme)

    // first the database alone, then the ring as it was then as well: all that is left of the ledger is the second copy's
    for (const keysToo of [false, true]) {
      await hub.restart(async () => {
        await put(`${database}_older`, database)
        await server(`alter database ${database} owner to ${database}_owner`)
        if (!keysToo) return
        for (const name of await readdir(keysFolder))
          if (name.startsWith('ring') || name.startsWith('organization-')) await rm(join(keysFolder, name))
        for (const name of await readdir(older))
          if (name.startsWith('ring') || name.startsWith('organization-'))
            await cp(join(older, name), join(keysFolder, name))
        await hub.control('update key_ring set version = 1')
      })
      expect(await tablesWith(hub, needles)).toEqual([])
      // a key destroyed since sealed the other's call too: in the backup it is nobody's any more, unless the key is back
      expect(await acme.query('select id from calls')).toEqual(keysToo ? [{ id: other.id }] : [])
      expect(await acme.query('select cause from erasures')).toEqual([{ cause: 'ledger' }])
      expect(await openable(hub, acme, sealings)).toEqual([])
      expect(await lost(hub, acme)).toEqual([])
    }
  })
})
