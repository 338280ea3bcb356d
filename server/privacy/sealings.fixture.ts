import { onTestFinished } from 'vitest'
import type { Place } from '../keys/contract.ts'
import { OrganizationKeysOfRing } from '../keys/organization-keys.ts'

export interface Sealing {
  place: Place
  plain: string
  sealed: Buffer
}

/** Everything this process seals from now on until the test ends: what the log and backups could hold. */
export function rememberSealings(): Sealing[] {
  const sealings: Sealing[] = []
  const { seal } = OrganizationKeysOfRing.prototype
  OrganizationKeysOfRing.prototype.seal = function (place, content, choice) {
    const sealed = seal.call(this, place, content, choice)
    const plain = typeof content === 'string' ? content : JSON.stringify(content)
    sealings.push({ place, plain, sealed })
    return sealed
  }
  onTestFinished(() => {
    OrganizationKeysOfRing.prototype.seal = seal
  })
  return sealings
}
