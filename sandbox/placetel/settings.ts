import { z } from 'zod'
import { numberForms } from './numbers.ts'

/** What Placetel's documents leave open. The default is what they come nearest to, else what asks most of a client. */
export const PlacetelSettings = z.strictObject({
  // --- events ---
  numberForm: z.enum(numberForms).default('national'),
  /** An earlier version of the events: `OutgoingCall.from` is the SIP user and there is no `peer`. */
  olderOutgoing: z.boolean().default(false),
  /** Whether a blocked call is announced by an `IncomingCall` before its `HungUp`. */
  blockedIsAnnounced: z.boolean().default(true),
  /**
   * How a transfer shows: not at all; as another `CallAccepted` of the same call; or as the end of the call and a new
   * call with a `call_id` of its own.
   */
  transfers: z.enum(['silent', 'accepted-again', 'new-call']).default('silent'),
  /** How it shows that a forwarded call was answered at an outside phone. */
  forwardedAnswer: z.enum(['without-peer', 'peer-is-number', 'silent']).default('without-peer'),
  /** When a requested call is told of: once the agent has picked up, or at once. */
  clickToCallIsTold: z.enum(['picked-up', 'at-once']).default('picked-up'),
  /** How long the agent's phones ring for a requested call. */
  setupSeconds: z.number().positive().default(30),
  /** Deliveries that fail are sent again so often, `deliveryRetryMs` apart. */
  deliveryRetries: z.number().int().nonnegative().default(0),
  deliveryRetryMs: z.number().nonnegative().default(1000),
  deliveryTimeoutMs: z.number().positive().default(5000),

  // --- subscriptions ---
  /** Whether deliveries of a subscription are signed with the portal's shared secret. */
  subscriptionsSigned: z.boolean().default(false),
  subscriptionEncoding: z.enum(['form', 'json']).default('form'),
  /** What a subscription without `numbers` hears. */
  subscriptionWithoutNumbers: z.enum(['none', 'all']).default('none'),
  /** What makes a PUT change a subscription that is there, instead of adding one. */
  subscriptionKey: z.enum(['url', 'service']).default('url'),

  // --- REST ---
  /** The numeric limit is not published: so many requests at once, and so many more each second. */
  rateLimit: z
    .strictObject({ burst: z.number().int().positive(), perSecond: z.number().positive() })
    .default({ burst: 60, perSecond: 5 }),
  /** What `RateLimit-Reset` says: seconds to wait, or a time in seconds since 1970. */
  rateLimitReset: z.enum(['seconds-left', 'unix-time']).default('seconds-left'),
  errorBody: z.enum(['text', 'json', 'empty']).default('text'),
  /** `GET /calls` without a date: today's, or all. */
  callsWithoutDate: z.enum(['today', 'all']).default('today'),
  /** `to_number` of `/calls`: the number nested below `number`, as described, or its fields themselves. */
  toNumber: z.enum(['nested', 'flat']).default('nested'),
  /** Whether calls that nobody answered are among the call detail records too. */
  detailRecords: z.enum(['answered', 'all']).default('answered'),
  /** Lists that give 25 whatever `per_page` says, e.g. `/recordings`. */
  ignoresPerPage: z.array(z.string()).default([]),

  // --- files ---
  /** Host name in the addresses of files; it leads here. Another than the API's, as with most stores of files. */
  fileHost: z.enum(['127.0.0.1', 'localhost']).default('localhost'),
  filePath: z
    .string()
    .regex(/^\/placetel\/[a-z-]+$/)
    .refine((path) => path !== '/placetel/v2', 'is the path of the API')
    .default('/placetel/files'),
  /** `link`: the signed address is enough. `link-alone`: with a key besides it is refused (400). `key`: the key is needed. */
  fileAuth: z.enum(['link-alone', 'link', 'key']).default('link-alone'),
  /** Whether a file's address first redirects to another one. */
  filesRedirect: z.boolean().default(false),
  /** Life of a signed address, counted from the answer that it was in. */
  linkSeconds: z
    .number()
    .positive()
    .default(20 * 60),
  expiredStatus: z.union([z.literal(403), z.literal(410)]).default(403),
})
export type PlacetelSettings = z.output<typeof PlacetelSettings>
