import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { describeFormatOn } from '../../test/compliance.ts'
import { CHART_URL, hostileNotice, issueNotice, targetConfig } from '../../test/notices.ts'
import type { Received } from '../../test/receiver.ts'
import { createSmtpReceiver, LOGIN, type MailBehaviour, readMail, smtpWire } from '../../test/smtp-receiver.ts'
import type { Receiver } from '../../test/wire.ts'
import type { Notice } from '../notice.ts'
import { createSender } from '../send/sender.ts'
import { email } from './index.ts'

const fieldsFor = (url: string) => ({
  ...LOGIN,
  host: '127.0.0.1',
  port: Number(new URL(url).port),
  tls: 'none',
  from: 'outcry@example.org',
  to: ['oncall@example.org', 'desk@example.org'],
})

/** Headers of a raw mail, unfolded, as a mail system reads them. */
const headersOf = (raw: string): string[] => {
  const end = raw.indexOf('\r\n\r\n')
  return raw
    .slice(0, end)
    .replaceAll(/\r\n[ \t]+/g, ' ')
    .split('\r\n')
}
const headerOf = (raw: string, name: string): string[] =>
  headersOf(raw)
    .filter((line) => line.toLowerCase().startsWith(`${name}: `))
    .map((line) => line.slice(name.length + 2))

const KNOWN = new Set(
  'from,to,subject,message-id,in-reply-to,references,auto-submitted,x-outcry-key,date,mime-version,content-type'.split(
    ',',
  ),
)

/** Every quoted-printable part of a mail as text. */
const decoded = (raw: string): string => {
  const joined = raw
    .replaceAll(/=\r\n/g, '')
    .replaceAll(/((?:=[0-9A-F]{2})+)/g, (hex) => Buffer.from(hex.replaceAll('=', ''), 'hex').toString('utf8'))
  const base64 = [...raw.matchAll(/base64\r\n(?:[^\r\n]+\r\n)*\r\n([A-Za-z0-9+/=\r\n]+)/g)].map((part) =>
    Buffer.from(part[1] ?? '', 'base64').toString('utf8'),
  )
  return [joined, ...base64].join('\n')
}

describeFormatOn(smtpWire, {
  format: email,
  fields: fieldsFor,
  keyOf: ({ body }) => headerOf(body, 'message-id').join(),
  shown: ({ body }) => decoded(body),
  faults: ({ body, path }) => [
    ...(path === 'oncall@example.org,desk@example.org' ? [] : ['recipients']),
    ...headersOf(body)
      .map((line) => line.slice(0, line.indexOf(':')).toLowerCase())
      .filter((name) => !KNOWN.has(name))
      .map((name) => `header ${name}`),
    ...['from', 'to', 'subject', 'message-id', 'date'].filter((name) => headerOf(body, name).length !== 1),
    ...(/^<outcry\.[0-9a-f]{32}@example\.org>$/.test(headerOf(body, 'message-id').join()) ? [] : ['message-id']),
    ...(headersOf(body).every((line) => line.length <= 998) ? [] : ['a line over 998']),
    ...(body.split('\r\n').every((line) => line.length <= 998) ? [] : ['a body line over 998']),
    ...(/<script|<img|href="(?!https?:)/i.test(decoded(body).slice(decoded(body).indexOf('<!doctype')))
      ? ['runs a script']
      : []),
  ],
})

describe('a mail, to a real server', () => {
  let receiver: Receiver<MailBehaviour>
  beforeEach(async () => {
    receiver = await createSmtpReceiver()
  })
  afterEach(() => receiver.close())

  const send = async (notice: Notice, changes: Record<string, unknown> = {}) => {
    const target = targetConfig({ format: 'email', ...fieldsFor(receiver.url), ...changes })
    const clock = { now: () => Date.now() }
    const sender = createSender({ format: email, target, handles: false, clock, random: () => 0 })
    const outcome = await sender.send({ notice, failures: 0, ageMs: 0 })
    await sender.close()
    return outcome
  }
  const last = async () => readMail((receiver.received.at(-1) as Received).body)

  it('has text and HTML with numbers, posts and links', async () => {
    await send(issueNotice())
    const mail = await last()
    expect(mail.subject).toBe(
      'Opened: Acme Shop: checkout hangs after paying - 22 people in 1 h, 0.7 expected, 37 so far, major',
    )
    for (const body of [mail.text, mail.html]) {
      expect(body).toContain('22 people in 1 h')
      expect(body).toContain('https://outcry.example/issues/is_1')
      expect(body).toContain('https://bsky.app/profile/x/post/1')
    }
  })

  it('says times as people read them, and why it pages only where it could', async () => {
    await send(issueNotice({ alert: { expected: 0.04 } }))
    const opened = await last()
    expect(opened.subject).toContain(', under 0.1 expected, ')
    expect(opened.text).toMatch(/bluesky[^\n]*, \d{4}-\d\d-\d\d \d\d:\d\d UTC, https:/)
    expect(opened.text).toContain('Page: ')
    for (const alert of [{ kind: 'updated', reason: 'acknowledged' }, { kind: 'resolved' }] as const) {
      await send(issueNotice({ id: `dl_${alert.kind}`, alert: { ...alert, page: false } }))
      expect((await last()).text).not.toContain('Page: ')
    }
  })

  it('links to the chart and fetches nothing', async () => {
    await send(issueNotice({ chartUrl: CHART_URL }))
    const { text, html } = await last()
    expect(text).toContain(`expected: ${CHART_URL}`)
    expect(html).toContain(`<a href="${CHART_URL.replaceAll('&', '&amp;')}">`)
    expect(html).not.toContain('<img')
  })

  it('of one issue is in one thread, each of its own name', async () => {
    await send(issueNotice())
    const first = await last()
    await send(issueNotice({ id: 'dl_7', action: 'resolve', alert: { kind: 'resolved', reason: 'calm' } }))
    const second = await last()
    expect(second.messageId).not.toBe(first.messageId)
    expect(second.references).toEqual(first.references)
  })

  it('gets no header from a post, and shows markup as text', async () => {
    await send(hostileNotice('x\r\nBcc: evil@example.net\r\n\r\n<img src=x onerror=alert(1)> \u2028To: b'))
    const mail = await last()
    expect(mail.bcc).toBeUndefined()
    expect(mail.subject).toMatch(/^Opened: Acme Shop: x Bcc: @… <img/)
    expect(mail.html).toContain('&lt;img src=x onerror=alert(1)&gt;')
    expect(mail.html).not.toContain('<img')
  })

  it('that some recipients refuse says so in its receipt', async () => {
    expect(await send(issueNotice(), { to: ['oncall@example.org', 'nobody@example.org'] })).toMatchObject({
      type: 'delivered',
      note: expect.stringMatching(/^1 of 2 recipients were refused: .*no such mailbox/) as string,
    })
    expect(await send(issueNotice(), { to: ['nobody@example.org'] })).toMatchObject({ type: 'dead', status: 550 })
  })

  it('goes nowhere with a wrong login, or unencrypted where encryption is asked for', async () => {
    expect(await send(issueNotice(), { password: 'wrong' })).toMatchObject({ type: 'dead', status: 535 })
    expect(await send(issueNotice(), { tls: 'starttls' })).toMatchObject({ type: 'dead' })
    expect(await send(issueNotice(), { tls: 'implicit' })).toMatchObject({ type: 'retry', status: null })
    expect(receiver.received).toEqual([])
  })

  it('reaches no private server by name, literal or TLS', async () => {
    for (const host of [
      'localhost',
      '127.0.0.1',
      '::1',
      '::ffff:127.0.0.1',
      '0.0.0.0',
      '127.1',
      '0x7f000001',
      '2130706433',
    ])
      for (const tls of ['none', 'starttls', 'implicit'])
        expect(await send(issueNotice(), { host, tls, allowPrivate: [] })).toMatchObject({
          type: 'retry',
          error: expect.stringMatching(/TARGET_ADDRESS_REFUSED/) as string,
        })
  })

  it('needs both halves of a login', () => {
    const half = targetConfig({ format: 'email', ...fieldsFor('smtp://x:25'), password: undefined })
    expect(email.check(half)).toMatchObject([{ path: 'password', message: 'is missing' }])
  })
})
