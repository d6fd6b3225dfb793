import { describe, expect, it } from 'vitest'
import { connectors } from '../registry.ts'
import { makeMail } from './local-imap.ts'

const OBSERVED_AT = Date.UTC(2026, 10, 23, 12)
const context = { source: 'mail', observedAt: OBSERVED_AT, hashAuthor: (id: string) => `h(${id})` }
const parse = (source: string | Buffer) => connectors['imap']!.parse(Buffer.from(source), context)
const mentionOf = (source: string | Buffer) => parse(source).sightings[0]?.mention
const mail = (headers: Record<string, string>, ...lines: string[]) => makeMail(1, { headers, text: lines.join('\r\n') })
const multipart = (kind: string, ...parts: string[]) =>
  mail(
    { 'MIME-Version': '1.0', 'Content-Type': `multipart/${kind};\r\n\tboundary="=_b"` },
    'This is a mail in parts.',
    ...parts.flatMap((part) => ['--=_b', part]),
    '--=_b--',
    'after the end',
  )

describe('reading mail', () => {
  it('takes the time at which a server took it where its own cannot be read', () => {
    const Received = 'from a.example by b.example with ESMTP id 1; Mon, 23 Nov 2026 10:59:00 +0000 (UTC)'
    expect(mentionOf(mail({ Received, Date: 'Pn, 23 lis 2026' }, 'Broken'))).toMatchObject({
      createdAt: OBSERVED_AT - 3_660_000,
    })
  })

  it('reads who wrote what to whom in answer to what, and nothing that was written before', () => {
    const source = mail(
      {
        From: '"Smith, Ann" <Ann.Smith@Example.org>',
        Subject: 'Re: AW: Order 7',
        Date: 'Mon, 23 Nov 2026 11:59:00 +0100 (CET)',
        'In-Reply-To': '<parent@acme.example>',
      },
      'It never came!',
      '',
      'On 20/11/2026 10:00, Acme wrote:',
      '> On its way.',
    )
    expect(parse(source)).toEqual({
      sightings: [
        {
          mention: {
            id: 'imap:mail:1@example.org',
            op: 'create',
            rev: expect.stringMatching(/^[\w-]{16}$/),
            kind: 'message',
            source: 'mail',
            title: 'Order 7',
            text: 'It never came!',
            author: { id: 'h(ann.smith@example.org)' },
            parentId: 'imap:mail:parent@acme.example',
            createdAt: OBSERVED_AT - 3_660_000,
            observedAt: OBSERVED_AT,
            eventTime: OBSERVED_AT - 3_660_000,
          },
        },
      ],
      rejects: [],
    })
  })

  it('decodes headers and bodies in the charsets of mail', () => {
    const latin = Buffer.concat([
      Buffer.from(mail({ 'Content-Type': 'text/plain; charset=iso-8859-1', 'Content-Transfer-Encoding': '8bit' }, '')),
      Buffer.from([0x4d, 0xfc, 0x6c, 0x6c]),
    ])
    expect(mentionOf(latin)?.text).toBe('Müll')
    const japanese = {
      Subject: '=?ISO-2022-JP?B?GyRCQ20bKEI=?=\r\n =?ISO-2022-JP?B?GyRCSjgbKEI=?=',
      'Content-Type': 'text/plain; charset="ISO-2022-JP"',
      'Content-Transfer-Encoding': 'base64',
    }
    expect(mentionOf(mail(japanese, 'GyRCRk8kLyQ/GyhC'))).toMatchObject({ title: '注文', text: '届くた' })
    const quoted = { Subject: '=?utf-8?q?Caf=C3=A9_=F0=9F=92=A5?=', 'Content-Transfer-Encoding': 'quoted-printable' }
    expect(mentionOf(mail(quoted, 'never =E2=80=94 =', 'ever'))).toMatchObject({
      title: 'Café 💥',
      text: 'never — ever',
    })
    const split = { Subject: '=?utf-8?b?w6k=?= =?UTF-8?B?IPCf?=\r\n =?utf-8?b?kqU=?= =?iso-8859-1?q?_=FC?= x' }
    expect(mentionOf(mail(split, 'x'))?.title).toBe('é 💥 ü x')
    expect(mentionOf(mail({ 'Content-Type': 'text/plain; charset=us-ascii' }, 'Müll'))?.text).toBe('Müll')
    expect(mentionOf(mail({ Subject: 'naïve 💥', 'Content-Type': 'text/plain; charset=no-such' }, 'é'))).toMatchObject({
      title: 'naïve 💥',
      text: 'é',
    })
  })

  it('reads the plain one of two alternatives, HTML where it stands alone, and no attachments', () => {
    const plain = 'Content-Type: text/plain; charset=utf-8\r\n\r\nIt never came.'
    const html =
      'Content-Type: text/html\r\n\r\n<head><title>x</title></head><p>It <b>never</b>\r\ncame &amp; went.</p>'
    const file = 'Content-Type: text/plain\r\nContent-Disposition: attachment; filename=log.txt\r\n\r\nsecret log'
    const image = 'Content-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo='
    expect(mentionOf(multipart('alternative', html, plain))?.text).toBe('It never came.')
    expect(mentionOf(multipart('mixed', html, file, image))?.text).toBe('It never\ncame & went.')
    const nested = `Content-Type: multipart/alternative; boundary=inner\r\n\r\n--inner\r\n${plain}\r\n--inner--`
    expect(mentionOf(multipart('mixed', nested, file))?.text).toBe('It never came.')
  })

  it('leaves out what HTML quotes, and what Outlook puts below', () => {
    const html = (body: string) => mentionOf(mail({ 'Content-Type': 'text/html; charset=utf-8' }, body))?.text
    expect(
      html(
        '<div>Still nothing.</div><div class="gmail_quote"><div>On 23 Nov 2026 Ann &lt;ann@acme.example&gt; wrote:</div><blockquote>On its <blockquote>old</blockquote> way.</blockquote></div><p>Bye</p>',
      ),
    ).toBe('Still nothing.\nBye')
    expect(html('<p>Nope.</p><div id="appendonsend"></div><hr><b>From:</b> Acme<br>')).toBe('Nope.')
  })

  it('joins lines that flow on, and leaves quoted ones', () => {
    const flowed = { 'Content-Type': 'text/plain; charset=utf-8; format=flowed' }
    expect(mentionOf(mail(flowed, 'my order ', 'never came', '> yes', '-- ', 'Ann'))?.text).toBe('my order never came')
  })

  it('keeps what is forwarded without a word, and makes a ticket of what answers nothing', () => {
    const below = ['From: Bob <bob@example.org>', 'Sent: Monday', 'To: help', 'Subject: x', '', 'It broke again.']
    expect(mentionOf(mail({ Subject: 'FW: broken' }, ...below))).toMatchObject({
      kind: 'ticket',
      text: expect.stringContaining('It broke again.'),
    })
    expect(mentionOf(mail({ Subject: 'Re: broken' }, ...below))).toMatchObject({ text: '', title: 'broken' })
  })

  it('names a mail without Message-ID by what it is, the same every time', () => {
    const nameless = mail({ 'X-A': '1' }, 'x').replace(/Message-ID:.*\r\n/, '')
    expect(mentionOf(nameless)?.id).toMatch(/^imap:mail:[\w-]{16}@none$/)
    expect(mentionOf(nameless)?.id).toBe(mentionOf(nameless)?.id)
    const long = mail({ 'Message-ID': `<${'x'.repeat(900)}@example.org>` }, 'x')
    expect(mentionOf(long)?.id.length).toBeLessThan(100)
  })

  it('reads every mail of an mbox file, and rejects what is no mail', () => {
    const lines = (source: string) => source.replaceAll('\r\n', '\n')
    const mbox = [1, 2]
      .map(
        (n) =>
          `From ann@example.org Mon Nov 23 10:00:00 2026\n${lines(makeMail(n, { text: `>From here\nno ${n}` }))}\n`,
      )
      .join('')
    const { sightings, rejects } = parse(mbox)
    expect(sightings.map(({ mention }) => mention.text)).toEqual(['From here\nno 1', 'From here\nno 2'])
    expect(rejects).toEqual([])
    expect(parse('{"no":"mail"}').rejects).toMatchObject([{ reason: 'unknown_shape', detail: 'is no mail' }])
    expect(parse('').rejects).toHaveLength(1)
  })

  it('reads a mail that was cut off, as far as it goes', () => {
    const whole = multipart('mixed', 'Content-Type: text/plain\r\n\r\nIt never came.', 'Content-Type: x/y\r\n\r\nzzz')
    expect(mentionOf(whole.slice(0, whole.indexOf('never') + 5))?.text).toBe('It never')
    expect(mentionOf(whole.slice(0, whole.indexOf('zzz')))?.text).toBe('It never came.')
    expect(mentionOf(Buffer.from(makeMail(1, { text: 'Müll 💥' })).subarray(0, -4))?.text).toBe('Müll')
  })

  it.each([
    ['blanks', ' '.repeat(250_000)],
    ['soft breaks', '=\r\n'.repeat(80_000)],
    ['introductions', 'a wrote:\r\n'.repeat(25_000)],
    ['tags', '<div id='.repeat(30_000)],
    ['quotes', '<blockquote>'.repeat(20_000)],
    ['words', '=?utf-8?q?'.repeat(25_000)],
    ['boundaries', '--=_b\r\n'.repeat(30_000)],
  ])('is not slowed down by a mail full of %s', (_what, body) => {
    const types = ['text/plain', 'text/html', 'multipart/mixed; boundary="=_b"', 'text/plain; format=flowed']
    const startedAt = performance.now()
    for (const type of types)
      parse(
        mail(
          { 'Content-Type': type, 'Content-Transfer-Encoding': 'quoted-printable', Subject: body.slice(0, 2e5) },
          body,
        ),
      )
    expect(performance.now() - startedAt).toBeLessThan(4_000)
  })
})
