import type { Egress } from '../egress/index.ts'
import type { Settings } from '../settings.ts'
import type { PhoneSystem } from './contract.ts'
import { optimcall } from './optimcall/index.ts'

/** The phone systems of this installation, by name: those that need an app of their own are there when one is set. */
export function phoneSystems(_settings: Settings, _egress: Egress): ReadonlyMap<string, PhoneSystem> {
  return new Map([optimcall].map((phone) => [phone.name, phone]))
}
