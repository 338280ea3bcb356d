import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { inForce, mailField, runUnder } from '../../policy/index.ts'
import { MailServer } from '../../sandbox/mail/index.ts'
import { failureOf } from '../failure.ts'
import { readSettings } from '../settings.ts'
import { createMailer, type Mail, readAddress } from './index.ts'

let server: MailServer

beforeEach(async () => {
  server = new MailServer()
  await server.start()
})
afterEach(() => server.close())

function mailerTo(url: string, as: { user: string; password: string } | undefined = undefined) {
  const login = as ? `${encodeURIComponent(as.user)}:${encodeURIComponent(as.password)}@` : ''
  const { mail } = readSettings({
    RINGFENCE_SMTP_URL: url.replace('//', `//${login}`),
    RINGFENCE_MAIL_FROM: 'ringfence@operator.example',
  })
  if (!mail) throw new Error('there is a mail server')
  return { mail, mailer: createMailer(mail) }
}

const fields = {
  subject: 'Oznámení o úniku osobních údajů (čl. 33 odst. 2 GDPR)',
  text: 'Žluťoučký kůň\n.začíná tečkou',
}
const message = {
  about: 'breach notice' as const,
  to: ['privacy@acme.example'],
  fields,
  write: (said: typeof fields) => said,
  id: '0c4b2f52-6a0e-4b57-9f0a-6d4fd1f3a001',
}

const failureFrom = async (work: Promise<unknown>) => {
  try {
    await work
  } catch (error) {
    return failureOf(error)
  }
  return undefined
}

describe('a message on its way out', () => {
  it('OP-3 reaches the relay of the settings as plain text, with one id however often it is sent', async () => {
    const { mailer } = mailerTo(server.url)
    expect(await mailer.send(message)).toEqual({ accepted: 1, refused: 0 })
    await mailer.send(message)
    const [first, second] = server.to('privacy@acme.example')
    expect(first).toMatchObject({ subject: fields.subject, from: 'ringfence@operator.example' })
    expect(first?.text.trimEnd()).toBe(fields.text)
    expect(first?.headers['content-type']).toContain('text/plain')
    expect(second?.headers['message-id']).toBe(first?.headers['message-id'])
  })

  it('is taken for those who are there, and refused when nobody is', async () => {
    const { mailer } = mailerTo(server.url)
    server.refuses.add('gone@acme.example')
    const both = ['gone@acme.example', 'privacy@acme.example']
    expect(await mailer.send({ ...message, to: both })).toEqual({ accepted: 1, refused: 1 })
    const failure = await failureFrom(mailer.send({ ...message, to: ['gone@acme.example'] }))
    expect(failure).toEqual({ code: 'provider-rejected', provider: 'mail-server', status: 550 })
  })

  it('says whether to come back or to look at the password', async () => {
    const login = { user: 'me@operator.example', password: 's:e/c' }
    server.login = login
    expect(await mailerTo(server.url, login).mailer.send(message)).toMatchObject({ accepted: 1 })
    const wrong = mailerTo(server.url, { ...login, password: 'x' }).mailer
    expect(await failureFrom(wrong.send(message))).toMatchObject({ code: 'provider-refused', status: 535 })
    server.login = undefined
    for (const mood of ['busy', 'away'] as const) {
      server.mood = mood
      const failure = await failureFrom(mailerTo(server.url).mailer.send(message))
      expect(failure).toMatchObject({ code: 'provider-unavailable' })
    }
  })

  it('is said to nobody in the clear but on this machine', async () => {
    const { mail } = mailerTo(server.url)
    const failure = await failureFrom(createMailer({ ...mail, loopback: false }).send(message))
    expect(failure).toMatchObject({ code: 'provider-refused' })
    expect(await failureFrom(createMailer({ ...mail, secure: true }).send(message))).toBeDefined()
    expect(server.messages).toEqual([])
    expect(mailerTo('smtp://mail.example').mail).toMatchObject({ secure: false, loopback: false, port: 587 })
    expect(mailerTo('smtps://mail.example').mail).toMatchObject({ secure: true, port: 465 })
  })
})

describe('GD-9 a message', () => {
  const announcement = {
    about: 'policy announcement',
    to: message.to,
    fields: {
      language: 'en',
      organization: 'Acme',
      day: '28 December 2026',
      reasons: ['a further recipient'],
      page: 'https://ringfence.example/privacy/policy/0123456789ab?lang=en',
    },
    write: ({ day }) => ({ subject: `It will change on ${day}`, text: 'What it will allow' }),
    id: message.id,
  } as const satisfies Mail

  it.each<[string, object]>([
    ['about something that is not declared', { ...message, about: 'birthday' }],
    ['with a value that is not declared', { ...message, fields: { ...fields, caller: 'Ada' } }],
    ['without one that is', { ...announcement, fields: { ...announcement.fields, day: undefined } }],
    [
      'with an address in its subject',
      { ...message, fields: { ...fields, subject: 'Ask ada@acme.example' } },
    ],
    ['with a number in its subject', { ...message, fields: { ...fields, subject: 'Call +44 20 7946 0123' } }],
    ['with two lines in its subject', { ...message, fields: { ...fields, subject: 'One\r\nBcc: ada' } }],
    [
      'with another subject than its values',
      { ...message, write: () => ({ subject: '020 7946 0123', text: '' }) },
    ],
    [
      'with a link to elsewhere',
      { ...announcement, fields: { ...announcement.fields, page: 'mailto:ada@acme.example' } },
    ],
    ['to what is no address', { ...message, to: ['Ada <ada@acme.example>'] }],
  ])('is not sent %s', async (_, mail) => {
    const { mailer } = mailerTo(server.url)
    expect(await failureFrom(mailer.send(mail as Mail))).toEqual({ code: 'undeclared', what: 'field' })
    expect(server.messages).toEqual([])
  })

  it('is sent as it is declared, and not with a value that the policy in force does not name yet', async () => {
    const { mailer } = mailerTo(server.url)
    await mailer.send(announcement)
    expect(server.to('privacy@acme.example')[0]?.subject).toBe('It will change on 28 December 2026')
    const rules = inForce()
    try {
      runUnder({ ...rules, withheld: new Set([mailField('policy announcement', 'day', 'line')]) })
      expect(await failureFrom(mailer.send(announcement))).toEqual({ code: 'undeclared', what: 'field' })
      expect(await mailer.send(message)).toMatchObject({ accepted: 1 })
    } finally {
      runUnder(rules)
    }
  })
})

describe('an address', () => {
  it.each(['privacy@acme.example', ' dpo+x@sub.acme.example '])('%s is one', (text) => {
    expect(readAddress(text)).toBe(text.trim())
  })
  it.each([
    '',
    'acme.example',
    'a@b',
    'a@b.example, c@d.example',
    'a@b.example\nBcc: c@d.example',
    'A <a@b.example>',
  ])('%j is none', (text) => {
    expect(() => readAddress(text)).toThrow()
  })
})
