import type { Answer, Incoming } from '../http.ts'
import { restAnswer } from './api.ts'
import { hostAnswer, scriptAnswer } from './host.ts'
import type { Bitrix24 } from './index.ts'
import { authorizeAnswer, oauthAnswer } from './oauth.ts'

/** Answers whatever is addressed to Bitrix24: portals, OAuth servers, the script for pages in its frames. */
export async function bitrix24Answer(bitrix: Bitrix24, incoming: Incoming): Promise<Answer> {
  const [, first = '', second = ''] = incoming.path.split('/')
  const rest = incoming.path.slice(first.length + 1)
  if (first === 'bitrix24-api') return scriptAnswer(incoming)
  if (first === 'bitrix24-oauth') return oauthAnswer(bitrix, incoming, { region: 'west', path: rest })
  if (first === 'bitrix24-oauth-east') return oauthAnswer(bitrix, incoming, { region: 'east', path: rest })
  if (first !== 'bitrix24') return { status: 404 }
  const path = rest.slice(second.length + 1)
  if (path.startsWith('/rest/'))
    return restAnswer(bitrix, incoming, { name: second, path: path.slice('/rest/'.length) })
  if (/^\/oauth\/authorize\/?$/.test(path)) return authorizeAnswer(bitrix, incoming, second)
  return hostAnswer(bitrix, incoming, { name: second, path })
}
