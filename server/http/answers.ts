import { declareSent } from '../../policy/index.ts'

/** Headers of our answers. Proxies write them down; what is not in this list is taken off. */
export const answerHeaders: ReadonlySet<string> = new Set([
  // what it is, how long it may be kept
  'accept-ranges',
  'allow',
  'cache-control',
  'clear-site-data',
  'connection',
  'content-disposition',
  'content-encoding',
  'content-language',
  'content-length',
  'content-range',
  'content-type',
  'date',
  'etag',
  'keep-alive',
  'last-modified',
  'location',
  'set-cookie',
  'transfer-encoding',
  'vary',
  // when to come back
  'retry-after',
  'x-ratelimit-limit',
  'x-ratelimit-remaining',
  'x-ratelimit-reset',
  // what keeps a browser from being misled
  'content-security-policy',
  'cross-origin-opener-policy',
  'cross-origin-resource-policy',
  'origin-agent-cluster',
  'referrer-policy',
  'strict-transport-security',
  'x-content-type-options',
  'x-dns-prefetch-control',
  'x-download-options',
  'x-frame-options',
  'x-permitted-cross-domain-policies',
  'x-xss-protection',
])

/** What a file that an answer offers may be called: words of ours, an id, a day. */
export const offeredFile =
  /^attachment; filename="(?:correction|erasure|record-of-processing)-[0-9a-f-]{12,60}\.[a-z]{2,5}"$/

/** Pages of ours to which an answer may lead a browser, with all that stands in their addresses. */
export const ownPages = declareSent(
  'whoever asks',
  {
    'GET /': [],
    'GET /agreement': [],
    'GET /sign-in': ['?problem={problem}'],
    'GET /phone-connected': ['?problem={problem}'],
    'GET /apps/{adapter}/install': [],
  },
  { problem: 'code', adapter: 'code' },
)

/**
 * What stands in the address at which somebody grants us access to another system, and nothing of that somebody.
 * @see https://www.rfc-editor.org/rfc/rfc6749#section-4.1.1
 * @see https://www.rfc-editor.org/rfc/rfc7636#section-4.3
 */
export const grantParameters: ReadonlySet<string> = new Set([
  'response_type',
  'client_id',
  'redirect_uri',
  'scope',
  'state',
  'code_challenge',
  'code_challenge_method',
  'access_type',
  'prompt',
])
