import type { Place } from '../keys/contract.ts'
import { DerivedKeys } from '../keys/derived-keys.ts'
import type { SealedHeader } from '../keys/index.ts'
import { parseMasterKey, readMasterKeyFile } from '../keys/master-key.ts'
import { OrganizationKeysOfRing } from '../keys/organization-keys.ts'
import { readRing } from '../keys/read-ring.ts'

/**
 * The keys as they stand in a folder at one moment, for whoever asks what somebody could read who has that folder. It
 * only reads, takes no lock, and later changes of the folder do not reach it.
 */
export interface KeyReading {
  /** @returns the text, or undefined when no key of the folder opens it there */
  open(organizationId: string, place: Place, sealed: Buffer): string | undefined
  /** Is there a key of that class and number at all? */
  has(organizationId: string, header: KeyOf): boolean
  /** the key itself, to search for */
  raw(organizationId: string, header: KeyOf): Buffer | undefined
  /** Whose keys there are. */
  readonly held: readonly HeldKeys[]
}

export interface HeldKeys {
  organizationId: string
  /** connections whose mirrors have keys */
  mirrors: readonly string[]
  /** some were replaced and are not destroyed yet */
  retiring: boolean
}

type KeyOf = Pick<SealedHeader, 'class' | 'number' | 'generation'>

/** @param masterKey RINGFENCE_MASTER_KEY; without it the file in the folder */
export async function readKeys(folder: string, masterKey?: string): Promise<KeyReading> {
  const key = masterKey === undefined ? await readMasterKeyFile(folder) : parseMasterKey(masterKey)
  if (!key) throw new Error('the key folder has no file master.key')
  const { content, organizations } = readRing({ folder, masterKey: key })
  const derived = new DerivedKeys(4_096)
  const of = (id: string) => (id === '' ? content.installation : organizations.get(id))
  const raw: KeyReading['raw'] = (id, header) => {
    switch (header.class) {
      case 'organization':
        return of(id)?.key
      case 'mirror bucket':
        return of(id)?.bySerial.get(header.number)
      case 'arrival hour':
      case 'call hour':
        return of(id)?.parts.has(header.class, header.number, header.generation)
          ? content.hours[header.class].get(header.number)
          : undefined
    }
  }
  const readOnly = async () => {
    throw new Error('a reading of keys changes none')
  }
  return {
    open(id, place, sealed) {
      const keys = new OrganizationKeysOfRing(id, {
        find: () => of(id),
        hours: () => content.hours,
        derived,
        refresh: () => false,
        makeMirror: readOnly,
        destroyMirror: readOnly,
        renew: readOnly,
        destroyRetiring: readOnly,
      })
      try {
        return keys.open(place, sealed)
      } catch {
        return undefined // no key, or not there: for the question asked it is the same
      }
    },
    has: (id, header) => raw(id, header) !== undefined,
    raw,
    held: [...organizations].map(([organizationId, { mirrors, hourParts }]) => ({
      organizationId,
      mirrors: [...mirrors.keys()],
      retiring:
        hourParts.some((part) => part.retiring) ||
        [...mirrors.values()].some((mirror) => mirror.retiring.length > 0),
    })),
  }
}
