import { z } from 'zod'

/** What may be told of Webex either way: the vendor does not say, or organizations differ. */
export const WebexSettings = z.strictObject({
  accessTokenSeconds: z.number().int().positive().default(1_209_600),
  /** Counted from the last use. */
  refreshTokenSeconds: z.number().int().positive().default(7_776_000),
  codeSeconds: z.number().int().positive().default(300),
  /** A refresh gives a new refresh token and the old one dies; otherwise the same one comes back. */
  rotateRefreshTokens: z.boolean().default(true),
  refusedGrantStatus: z.union([z.literal(400), z.literal(401)]).default(400),
  /** `errors` may be missing in an error's body. */
  listsErrors: z.boolean().default(true),

  /** 200 in the description, 201 was seen. */
  webhookCreateStatus: z.union([z.literal(200), z.literal(201)]).default(200),
  /** Whether `telephony_calls` can be had for the whole organization; not in the documented list. */
  orgLevelCalls: z.boolean().default(false),
  /** `event: "all"` is not in the description's list, but widely used. */
  acceptsAllEvents: z.boolean().default(true),
  /** The real service refuses plain http. */
  requireHttpsWebhooks: z.boolean().default(false),
  /** So many failed deliveries in so many seconds make a webhook inactive. */
  webhookFailureLimit: z.number().int().positive().default(100),
  webhookFailureSeconds: z.number().positive().default(300),
  webhookTimeoutMs: z.number().positive().default(15_000),
  /**
   * `X-Webex-Signature`, beside the `X-Spark-Signature` that is always there: not sent; `sha256=<hex>`; the bare
   * digits; `sha256=<hex>,sha512=<hex>`; both bare; `sha512=<hex>` alone.
   */
  webexSignature: z
    .enum(['absent', 'sha256', 'bare', 'sha256,sha512', 'bare;bare', 'sha512'])
    .default('absent'),

  /** `observed`: every change is `updated`; `named`: `answered`, `held`, ... as a blog of the vendor has them. */
  eventTypes: z.enum(['observed', 'named']).default('observed'),
  /** What the first event of an outgoing call is called; not known. */
  outgoingEventType: z.string().default('originated'),
  /** An `updated` one millisecond after `created`, seen for calls of a queue. */
  updatedAfterCreated: z.enum(['queue', 'always', 'never']).default('queue'),
  /** Seen: a queue call that the caller abandoned ends with `completedElsewhere: true` for every agent. */
  abandonedCompletedElsewhere: z.boolean().default(true),
  /** Whether the call of whom a caller is sent on to belongs to the caller's session. */
  blindTransferSession: z.enum(['same', 'new']).default('same'),
  /** The same for a call that was asked about first; `joins`: a session of its own until the transfer. */
  attendedTransferSession: z.enum(['same', 'joins', 'new']).default('same'),
  /** How long the phones of whoever asked for a call ring before it counts as not placed. */
  setupSeconds: z.number().positive().default(30),
  /** Whether lists of people carry numbers only when an administrator asks for `callingData`. */
  callingFieldsInList: z.enum(['asked', 'always']).default('asked'),

  cdrFeedDelaySeconds: z.number().nonnegative().default(300),
  cdrStreamDelaySeconds: z.number().nonnegative().default(60),
  /** How far back `cdr_feed` goes: 48 in the parameters' text, 720 (30 days) in the overview. */
  cdrHistoryHours: z.number().positive().default(48),
  cdrSpanHours: z.number().positive().default(12),
  cdrInitialPerMinute: z.number().int().positive().default(1),
  cdrPagesPerMinute: z.number().int().positive().default(10),
  /** Smaller pages are made this large. */
  cdrLeastPerPage: z.number().int().positive().default(500),
  /** `Release time` as in the examples, without T and Z, or as all other times. */
  cdrReleaseTime: z.enum(['blank', 'iso']).default('blank'),
  /** Where `Duration` begins. */
  cdrDurationFrom: z.enum(['start', 'answer']).default('start'),
  /** Whether `Correlation ID` is the session of the webhooks: plausible, not verified. */
  cdrCorrelation: z.enum(['session', 'other']).default('session'),
  cdrPrivateNumber: z.enum(['anonymous', '']).default('anonymous'),

  /** How long a download link lives. */
  linkSeconds: z.number().positive().default(10_800),
  /** What a download of a recording needs: nothing, the access token, or no token at all. */
  audioLink: z.enum(['bare', 'token', 'bare-only']).default('bare'),
  /** What the webhook of a recording tells; only the id is sure. */
  recordingEvent: z.enum(['item', 'id']).default('id'),
})
export type WebexSettings = z.output<typeof WebexSettings>
