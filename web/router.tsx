import type { QueryClient } from '@tanstack/react-query'
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
} from '@tanstack/react-router'
import { type JournalFilter, journalStates } from './calls/journal-query.ts'
import { sessionQuery } from './session/session-query.ts'
import { mayManage } from './session/use-session.ts'
import { FailurePage, LoadingPage, NotFoundPage } from './shell/plain-pages.tsx'
import { untilLoaded } from './shell/until-loaded.ts'

interface RouterContext {
  queries: QueryClient
  /** the operator's sign-in token from `/sign-in#…`, taken out of the address already */
  linkToken: string | undefined
}

const root = createRootRouteWithContext<RouterContext>()({ notFoundComponent: NotFoundPage })

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: (search: Record<string, unknown>): { problem?: string } =>
    typeof search['problem'] === 'string' ? { problem: search['problem'] } : {},
  component: lazyRouteComponent(
    untilLoaded(() => import('./session/sign-in-page.tsx')),
    'SignInPage',
  ),
})

const phoneConnected = createRoute({
  getParentRoute: () => root,
  path: '/phone-connected',
  validateSearch: (search: Record<string, unknown>): { problem?: string } =>
    typeof search['problem'] === 'string' ? { problem: search['problem'] } : {},
  component: lazyRouteComponent(
    untilLoaded(() => import('./users/phone-connected-page.tsx')),
    'PhoneConnectedPage',
  ),
})

const agreement = createRoute({
  getParentRoute: () => root,
  path: '/agreement',
  beforeLoad: ({ context }) => signedIn(context.queries),
  component: lazyRouteComponent(
    untilLoaded(() => import('./agreement/agreement-page.tsx')),
    'AgreementPage',
  ),
})

/** The rooms. Whoever has not signed in, or whose company has not accepted the agreement yet, is led there first. */
const shell = createRoute({
  getParentRoute: () => root,
  id: 'shell',
  beforeLoad: async ({ context }) => {
    const session = await signedIn(context.queries)
    if (session.agreement.startsWith('waiting')) throw redirect({ to: '/agreement' })
    return { session }
  },
  component: lazyRouteComponent(
    untilLoaded(() => import('./shell/shell.tsx')),
    'Shell',
  ),
})

const desk = createRoute({
  getParentRoute: () => shell,
  path: '/',
  validateSearch: (search: Record<string, unknown>): { call?: string } =>
    typeof search['call'] === 'string' ? { call: search['call'] } : {},
  beforeLoad: ({ context }) => {
    if (context.session.kind === 'operator') throw redirect({ to: '/organizations' })
  },
  component: lazyRouteComponent(
    untilLoaded(() => import('./calls/desk-page.tsx')),
    'DeskPage',
  ),
})

const calls = createRoute({
  getParentRoute: () => shell,
  path: '/calls',
  validateSearch: (search: Record<string, unknown>): JournalFilter => {
    const state = journalStates.find((known) => known === search['state'])
    const q = typeof search['q'] === 'string' && search['q'] !== '' ? search['q'] : undefined
    return { ...(state === undefined ? {} : { state }), ...(q === undefined ? {} : { q }) }
  },
  component: lazyRouteComponent(
    untilLoaded(() => import('./calls/journal-page.tsx')),
    'JournalPage',
  ),
})

const call = createRoute({
  getParentRoute: () => calls,
  path: '$callId',
  component: lazyRouteComponent(
    untilLoaded(() => import('./calls/call-page.tsx')),
    'CallPage',
  ),
})

const connections = createRoute({
  getParentRoute: () => shell,
  path: '/connections',
  component: lazyRouteComponent(
    untilLoaded(() => import('./connections/connections-page.tsx')),
    'ConnectionsPage',
  ),
})

const newConnection = createRoute({
  getParentRoute: () => shell,
  path: '/connections/new',
  component: lazyRouteComponent(
    untilLoaded(() => import('./connections/set-up-page.tsx')),
    'SetUpPage',
  ),
})

const privacy = createRoute({
  getParentRoute: () => shell,
  path: '/privacy',
  component: lazyRouteComponent(
    untilLoaded(() => import('./privacy/privacy-page.tsx')),
    'PrivacyPage',
  ),
})

const settings = createRoute({
  getParentRoute: () => shell,
  path: '/settings',
  component: lazyRouteComponent(
    untilLoaded(() => import('./settings/settings-page.tsx')),
    'SettingsPage',
  ),
})

const requests = createRoute({
  getParentRoute: () => shell,
  path: '/privacy/requests',
  beforeLoad: ({ context }) => {
    if (context.session.role !== 'administrator') throw redirect({ to: '/privacy' })
  },
  component: lazyRouteComponent(
    untilLoaded(() => import('./privacy/requests-page.tsx')),
    'RequestsPage',
  ),
})

const dataMap = createRoute({
  getParentRoute: () => shell,
  path: '/privacy/map',
  validateSearch: (search: Record<string, unknown>): { purpose?: string; at?: string } => {
    const { purpose, at } = search
    return { ...(typeof purpose === 'string' ? { purpose } : {}), ...(typeof at === 'string' ? { at } : {}) }
  },
  beforeLoad: ({ context }) => {
    if (!mayManage(context.session)) throw redirect({ to: '/privacy' })
  },
  component: lazyRouteComponent(
    untilLoaded(() => import('./privacy/map-page.tsx')),
    'MapPage',
  ),
})

const documents = createRoute({
  getParentRoute: () => shell,
  path: '/privacy/documents',
  beforeLoad: ({ context }) => {
    if (context.session.role === 'agent') throw redirect({ to: '/privacy' })
  },
  component: lazyRouteComponent(
    untilLoaded(() => import('./privacy/documents-page.tsx')),
    'DocumentsPage',
  ),
})

const rules = createRoute({
  getParentRoute: () => shell,
  path: '/settings/rules',
  beforeLoad: ({ context }) => {
    if (context.session.role !== 'administrator') throw redirect({ to: '/settings' })
  },
  component: lazyRouteComponent(
    untilLoaded(() => import('./rules/rules-page.tsx')),
    'RulesPage',
  ),
})

const organizations = createRoute({
  getParentRoute: () => shell,
  path: '/organizations',
  component: lazyRouteComponent(
    untilLoaded(() => import('./organizations/organizations-page.tsx')),
    'OrganizationsPage',
  ),
})

const organization = createRoute({
  getParentRoute: () => shell,
  path: '/organizations/$organizationId',
  component: lazyRouteComponent(
    untilLoaded(() => import('./organizations/organization-page.tsx')),
    'OrganizationPage',
  ),
})

const newOrganizationConnection = createRoute({
  getParentRoute: () => shell,
  path: '/organizations/$organizationId/connections/new',
  component: lazyRouteComponent(
    untilLoaded(() => import('./organizations/organization-set-up-page.tsx')),
    'OrganizationSetUpPage',
  ),
})

const routes = root.addChildren([
  signIn,
  phoneConnected,
  agreement,
  shell.addChildren([
    desk,
    calls.addChildren([call]),
    connections,
    newConnection,
    privacy,
    settings,
    rules,
    requests,
    dataMap,
    documents,
    organizations,
    organization,
    newOrganizationConnection,
  ]),
])

async function signedIn(queries: QueryClient) {
  const session = await queries.ensureQueryData(sessionQuery)
  if (session === null) throw redirect({ to: '/sign-in' })
  return session
}

export function makeRouter(context: RouterContext) {
  return createRouter({
    routeTree: routes,
    context,
    defaultPreload: 'intent',
    defaultErrorComponent: FailurePage,
    defaultPendingComponent: LoadingPage,
    scrollRestoration: false,
  })
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof makeRouter>
  }
}
