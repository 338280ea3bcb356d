import { appOf, type Method, type RestCall, refuse } from './rest-call.ts'
import type { Line } from './world.ts'

function mine(call: RestCall): Line[] {
  return call.portal.lines.filter((line) => line.clientId === appOf(call).app.clientId)
}

function numberOf(call: RestCall): string {
  const number = call.params.text('NUMBER')
  if (number === undefined) throw refuse(call, 'NUMBER should not be empty')
  return number
}

function lineOf(call: RestCall): Line {
  const number = numberOf(call)
  const line = mine(call).find((item) => item.number === number)
  if (line === undefined) throw refuse(call, `Could not find line with number ${number}`)
  return line
}

function add(call: RestCall): { ID: number } {
  const number = numberOf(call)
  const { clientId } = appOf(call).app
  const among = call.bitrix.settings.lineUniqueInPortal ? call.portal.lines : mine(call)
  if (among.some((line) => line.number === number)) throw refuse(call, 'Line already exists')
  const line: Line = {
    id: call.portal.newId('line'),
    clientId,
    number,
    name: call.params.text('NAME') ?? '',
    crmAutoCreate: call.params.flag('CRM_AUTO_CREATE', true),
  }
  call.portal.lines.push(line)
  return { ID: line.id }
}

function update(call: RestCall): { ID: string } {
  const name = call.params.text('NAME')
  const create = call.params.text('CRM_AUTO_CREATE')
  const line = lineOf(call)
  if (name === undefined && create === undefined) throw refuse(call, 'There are no fields to update')
  if (name !== undefined) line.name = name
  if (create !== undefined) line.crmAutoCreate = create !== 'N'
  return { ID: String(line.id) }
}

function remove(call: RestCall): [] {
  const line = lineOf(call)
  call.portal.lines = call.portal.lines.filter((item) => item !== line)
  return []
}

export const lineMethods: Record<string, Method> = {
  'telephony.externalLine.add': { scope: 'telephony', appOnly: true, run: add },
  'telephony.externalLine.update': { scope: 'telephony', appOnly: true, run: update },
  'telephony.externalLine.delete': { scope: 'telephony', appOnly: true, run: remove },
  'telephony.externalLine.get': {
    scope: 'telephony',
    appOnly: true,
    run: (call) =>
      mine(call).map((line) => ({
        NUMBER: line.number,
        NAME: line.name,
        CRM_AUTO_CREATE: line.crmAutoCreate ? 'Y' : 'N',
      })),
  },
}
