import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import cookie from '@fastify/cookie'
import helmet from '@fastify/helmet'
import rateLimit from '@fastify/rate-limit'
import fastifyStatic from '@fastify/static'
import swagger from '@fastify/swagger'
import fastify, { type FastifyInstance } from 'fastify'
import {
  jsonSchemaTransform,
  serializerCompiler,
  validatorCompiler,
  type ZodTypeProvider,
} from 'fastify-type-provider-zod'
import { accountRoutes } from '../accounts/routes.ts'
import type { App } from '../app.ts'
import { breachRoutes, noticeRoutes } from '../breaches/routes.ts'
import { dealRoutes } from '../calls/deal-routes.ts'
import { noteRoutes } from '../calls/note-routes.ts'
import { callRoutes } from '../calls/routes.ts'
import { allowanceRoutes } from '../crms/allowance-routes.ts'
import { panelRoutes } from '../crms/panel-routes.ts'
import { portalRoutes } from '../crms/portal-routes.ts'
import { appEventRoutes, appRoutes } from '../crms/routes.ts'
import { ruleRoutes } from '../crms/rule-routes.ts'
import { compareRoutes } from '../documents/compare-routes.ts'
import { documentRoutes } from '../documents/routes.ts'
import { onBehalfOf } from '../egress/on-behalf.ts'
import { defaultPerSecond, hookRoute } from '../ingest/route.ts'
import { liveRoute } from '../live/route.ts'
import { agreementRoutes } from '../organizations/agreement-routes.ts'
import { connectionRoutes } from '../organizations/connection-routes.ts'
import { myExtensionRoutes } from '../organizations/my-extension-routes.ts'
import { organizationRoutes } from '../organizations/routes.ts'
import { subscriptionRoutes } from '../organizations/subscription-routes.ts'
import { userRoutes } from '../organizations/user-routes.ts'
import { grantRoutes } from '../phones/grant-routes.ts'
import { dialRoutes } from '../phones/routes.ts'
import { telephoneRoutes } from '../phones/telephone-routes.ts'
import { placeRoutes } from '../places/routes.ts'
import { correctionRoutes } from '../privacy/correction-routes.ts'
import { erasureRoutes } from '../privacy/erasure-routes.ts'
import { mapRoutes } from '../privacy/map-routes.ts'
import { policyRoutes } from '../privacy/policy-routes.ts'
import { receiptRoutes } from '../privacy/receipt-routes.ts'
import { recordingRoutes } from '../recordings/routes.ts'
import { Counting } from './counting.ts'
import { answerFailure } from './failures.ts'
import { keepAnswersDeclared } from './leads.ts'

const webFolder = fileURLToPath(new URL('../../web/dist/', import.meta.url))

export interface HttpOptions {
  /** deliveries per hook and second before 429; a held connection is read no faster */
  hooksPerSecond?: number
}

/** All routes, with the protections every answer carries. Knows no rule of the domain. */
export async function createHttp(app: App, options: HttpOptions = {}): Promise<FastifyInstance> {
  const http = fastify({
    logger: false, // request lines would carry addresses of people; failures are logged by their codes
    // The proxy in front and no other: what stands further left in X-Forwarded-For, whoever asks has written there.
    trustProxy: app.settings.trustProxy ? (_address: string, hop: number) => hop === 0 : false,
    bodyLimit: 64 * 1024,
    requestTimeout: 30_000,
    forceCloseConnections: true,
    // The longest is the link to a recording, which carries sealed what it stands for; each route's own schema is narrower.
    routerOptions: { maxParamLength: 2_000 },
  }).withTypeProvider<ZodTypeProvider>()
  http.setValidatorCompiler(validatorCompiler)
  http.setSerializerCompiler(serializerCompiler)
  http.setErrorHandler(answerFailure(app.log))
  await http.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'", 'data:'],
        fontSrc: ["'self'"],
        connectSrc: ["'self'"],
        manifestSrc: ["'self'"],
        formAction: ["'self'"],
        baseUri: ["'none'"],
        frameAncestors: ["'none'"],
      },
    },
    strictTransportSecurity: app.url.startsWith('https:')
      ? { maxAge: 31_536_000, includeSubDomains: false }
      : false,
    referrerPolicy: { policy: 'no-referrer' },
    crossOriginEmbedderPolicy: false,
  })
  http.addHook('onRequest', (_request, _reply, done) => onBehalfOf({}, done))
  await http.register(cookie)
  const counting = new Counting(app)
  await http.register(rateLimit, {
    global: true,
    max: 1_200,
    timeWindow: 60_000,
    keyGenerator: (request) => counting.by(request),
  })
  await http.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Ringfence', version: '1', description: 'The API of one Ringfence installation.' },
    },
    transform: jsonSchemaTransform,
  })
  keepAnswersDeclared(app, http) // behind the hooks that put headers there, before the routes, which inherit it
  await http.register(hookRoute(app, { perSecond: options.hooksPerSecond ?? defaultPerSecond }))
  for (const routes of [
    accountRoutes,
    callRoutes,
    noteRoutes,
    dealRoutes,
    organizationRoutes,
    subscriptionRoutes,
    connectionRoutes,
    userRoutes,
    myExtensionRoutes,
    allowanceRoutes,
    agreementRoutes,
    appRoutes,
    appEventRoutes,
    panelRoutes,
    portalRoutes,
    recordingRoutes,
    liveRoute,
    receiptRoutes,
    dialRoutes,
    telephoneRoutes,
    grantRoutes,
    policyRoutes,
    documentRoutes,
    compareRoutes,
    placeRoutes,
    breachRoutes,
    noticeRoutes,
    ruleRoutes,
    erasureRoutes,
    correctionRoutes,
    mapRoutes,
  ]) {
    await http.register(routes(app))
  }
  http.get('/api/v1/openapi.json', { schema: { hide: true } }, async () => http.swagger())
  http.get('/healthz', { schema: { hide: true } }, async () => ({ status: 'ok' }))
  http.get('/readyz', { schema: { hide: true } }, async () => {
    await app.cluster.control.transaction((db) => db.rows('select 1'))
    return { status: 'ready' }
  })
  http.addHook('onSend', async (request, reply) => {
    if (request.url.startsWith('/api/')) reply.header('cache-control', 'no-store')
  })
  await serveWebApp(http)
  return http
}

/** The built web app. Its files have hashed names; every other address of a page is the app itself. */
async function serveWebApp(http: FastifyInstance): Promise<void> {
  const built = existsSync(webFolder)
  if (built) {
    await http.register(fastifyStatic, {
      root: webFolder,
      wildcard: false,
      setHeaders: (reply, path) =>
        void reply.header(
          'cache-control',
          /[\\/]assets[\\/]/.test(path) ? 'public, max-age=31536000, immutable' : 'no-cache',
        ),
    })
  }
  http.setNotFoundHandler(async (request, reply) => {
    const page =
      request.method === 'GET' &&
      !/^\/(api|hooks|apps|live)(\/|$)/.test(request.url) &&
      !/\.[a-z0-9]+$/i.test(request.url.split('?')[0] ?? '')
    if (page && built) return reply.header('cache-control', 'no-cache').sendFile('index.html')
    return reply.code(404).send({ code: 'not-found', what: 'route' })
  })
}
