import { z } from 'zod'

/**
 * Where the vendor's documents are silent or disagree, a setting chooses; each default is the strict one. Seconds
 * unless the name says otherwise.
 */
export const Bitrix24Settings = z.strictObject({
  accessTokenSeconds: z.number().int().positive().default(3600),
  refreshTokenDays: z.number().positive().default(180),
  /** How long a replaced refresh token still works. */
  refreshGraceSeconds: z.number().nonnegative().default(0),
  codeSeconds: z.number().positive().default(30),
  /** Whether a refresh works at the other region's OAuth server too. */
  oauthServersShared: z.boolean().default(false),
  /** `domain` of a token answer: the OAuth host (new) or the portal (old). */
  tokenDomain: z.enum(['oauth', 'portal']).default('oauth'),
  /** `scope` of a token answer may be just `app`. */
  tokenScope: z.enum(['app', 'scopes']).default('app'),
  paymentRequiredStatus: z.number().int().default(401),
  /** What the OAuth server says to a refresh after the app was removed. */
  removedRefresh: z.enum(['NOT_INSTALLED', 'invalid_client', 'invalid_grant']).default('NOT_INSTALLED'),
  /** What the portal says to a token of a removed app. */
  removedToken: z.enum(['ERROR_OAUTH', 'APPLICATION_NOT_FOUND', 'invalid_token']).default('ERROR_OAUTH'),
  /** Whether the refresh token of a dismissed user still gives access tokens. */
  dismissedMayRefresh: z.boolean().default(false),
  insufficientScopeStatus: z.union([z.literal(401), z.literal(403)]).default(403),
  portalDeletedStatus: z.union([z.literal(410), z.literal(500)]).default(410),
  /** `error` of a business refusal: real portals have sent an empty one too. */
  businessErrorCode: z.enum(['ERROR_CORE', '']).default('ERROR_CORE'),
  /** Whether errors carry the `time` object. */
  timeInErrors: z.boolean().default(false),
  /** Whether `Authorization: Bearer` is taken. */
  bearer: z.boolean().default(false),
  rateLimit: z.boolean().default(true),
  /** Seconds a method counts as having worked, for the time budget. */
  operatingSeconds: z.number().nonnegative().default(0.05),
  operatingLimitSeconds: z.number().positive().default(480),

  /** Milliseconds from what happens to the delivery of its event. */
  eventDelayMs: z.number().nonnegative().default(0),
  eventTimeoutMs: z.number().positive().default(10_000),
  /** Whether events tied to a user carry a token of that user. */
  eventTokens: z.boolean().default(true),
  /** Whether ordinary events carry a refresh token. */
  eventRefreshToken: z.boolean().default(false),
  /** `server_endpoint` was missing for a time. */
  eventServerEndpoint: z.boolean().default(true),
  eventHandlerId: z.boolean().default(true),
  /** What binding the same handler twice gives. */
  repeatedBind: z.enum(['error', 'true']).default('error'),
  /** Fields of the form that opens a page of the app which older portals lack. */
  openWithApplicationToken: z.boolean().default(true),
  openWithServerEndpoint: z.boolean().default(true),
  /** Whether an update of an app with pages needs its installer to finish again. */
  updateNeedsInstaller: z.boolean().default(true),
  uninstallRemovesLines: z.boolean().default(false),

  /** Whether `register` gives the CALL_ID of a call that is finished already. */
  dedupeFinished: z.boolean().default(false),
  /** How the number counts when calls are told apart: as written, or its digits alone. */
  dedupeNumber: z.enum(['exact', 'digits']).default('exact'),
  dedupeSeconds: z.number().nonnegative().default(1800),
  externalIdMaxLength: z.number().int().positive().default(255),
  /** Whether an external line's number is taken for all apps of the portal. */
  lineUniqueInPortal: z.boolean().default(true),
  /** `CRM_ACTIVITY_ID` of a call that belongs to nobody in the CRM. */
  unboundActivity: z.enum(['missing', 'null']).default('missing'),
  /** A finished call is in the statistics at once, or so many milliseconds later. */
  statisticDelayMs: z.number().nonnegative().default(0),
  /** `attachRecord` answers after the download, or before it. */
  recordDownload: z.enum(['sync', 'async']).default('sync'),
  recordFollowsRedirects: z.boolean().default(false),
  recordMaxBytes: z
    .number()
    .int()
    .positive()
    .default(50 * 1024 * 1024),
  recordTimeoutMs: z.number().positive().default(10_000),
  /** Events of click-to-call come only to the app chosen for outgoing calls. */
  requireOutgoingApp: z.boolean().default(true),
  /** How numbers are compared: digits alone, or with the country's code put in for a leading zero. */
  phoneMatch: z.enum(['digits', 'national']).default('digits'),
  /** What `crm.duplicate.findbycomm` answers when it finds nothing. */
  nothingFound: z.enum(['[]', '{}']).default('[]'),
})
export type Bitrix24Settings = z.output<typeof Bitrix24Settings>
