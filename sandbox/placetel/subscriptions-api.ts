import { z } from 'zod'
import type { Reply } from '../http.ts'
import type { Subscription } from './account.ts'
import { dialledNumber } from './numbers.ts'
import { type Route, type RouteCall, refused } from './route.ts'

/** Where else events are sent to, set by API instead of in the portal. */
export const subscriptionRoutes: readonly Route[] = [
  { method: 'GET', template: '/subscriptions', run: list },
  { method: 'PUT', template: '/subscriptions', run: put },
  { method: 'DELETE', template: '/subscriptions/:id', run: remove },
]

const Input = z.object({
  service: z.string().min(1),
  url: z.url(),
  incoming: z.boolean().default(false),
  outgoing: z.boolean().default(false),
  hungup: z.boolean().default(false),
  accepted: z.boolean().default(false),
  phone: z.boolean().default(false),
  numbers: z.array(z.string()).optional(),
})

function list({ account }: RouteCall): Reply {
  return { status: 200, body: [...account.subscriptions.values()].map(wire) }
}

/** Changes the subscription of the same key, or adds one. The answer has no body. */
function put({ placetel, account, json }: RouteCall): Reply {
  const input = Input.safeParse(json)
  if (!input.success) return refused(placetel, 422)
  const key = placetel.settings.subscriptionKey
  const before = [...account.subscriptions.values()].find((item) => item[key] === input.data[key])
  const id = before?.id ?? `sub-${placetel.random.hex(6)}`
  const numbers = input.data.numbers?.map(dialledNumber) ?? []
  account.subscriptions.set(id, { ...input.data, id, numbers })
  return { status: 200 }
}

function remove({ placetel, account, params }: RouteCall): Reply {
  return account.subscriptions.delete(params['id'] ?? '') ? { status: 204 } : refused(placetel, 404)
}

/** `service` is not shown. */
function wire({ service: _, ...rest }: Subscription) {
  return rest
}
