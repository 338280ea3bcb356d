import type { Egress } from '../egress/index.ts'
import type { Settings } from '../settings.ts'
import type { PhoneSystem } from './contract.ts'
import { generic } from './generic/index.ts'
import { saidToOptimCall } from './optimcall/declared-fields.ts'
import { optimcall } from './optimcall/index.ts'
import { sentToPlacetel } from './placetel/declared-fields.ts'
import { createPlacetel } from './placetel/index.ts'
import { sentToWebex } from './webex/declared-fields.ts'
import { createWebex } from './webex/index.ts'

/** What each is sent that we ask, whether or not this installation has an app for it. */
export const sentToPhones = [saidToOptimCall, sentToPlacetel, sentToWebex]

/** The phone systems of this installation, by name: one that needs an app of ours is there when that is set. */
export function phoneSystems(
  { placetel, webex }: Settings,
  egress: Egress,
): ReadonlyMap<string, PhoneSystem> {
  const phones: PhoneSystem[] = [optimcall, createPlacetel({ egress, ...placetel }), generic]
  if (webex) phones.push(createWebex({ egress, ...webex }))
  return new Map(phones.map((phone) => [phone.name, phone]))
}
