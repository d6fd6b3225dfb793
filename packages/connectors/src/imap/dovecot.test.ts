import { getCACertificates, setDefaultCACertificates } from 'node:tls'
import { DAY_MS } from '@outcry/contracts'
import { dovecotAvailable, type RunningDovecot, startDovecot } from '@outcry/testkit'
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest'
import { createQuickClock } from '../compliance/quick-clock.ts'
import { createRecorder } from '../compliance/recorder.ts'
import { connectors } from '../registry.ts'
import { makeMail } from './local-imap.ts'

const WAIT = { timeout: 20_000, interval: 20 }

describe.skipIf(!dovecotAvailable())('a real IMAP server, Dovecot', () => {
  let dovecot: RunningDovecot
  beforeAll(async () => {
    dovecot = await startDovecot()
  })
  afterAll(() => dovecot.stop())

  const reading = ({ cursor = null, ...fields }: { cursor?: unknown } & Record<string, unknown> = {}) => {
    const recorder = createRecorder(createQuickClock(20))
    const abort = new AbortController()
    const { host, port, user, password } = dovecot
    const defaults = { security: 'none', mailbox: 'INBOX', automatic: false, maxMailBytes: 262_144 }
    const config = { connector: 'imap', name: 'under-test', host, port, user, password, ...defaults, ...fields }
    const running = connectors['imap']!.create(config, { ...recorder.context('under-test'), cursor }).run(abort.signal)
    running.catch(() => undefined)
    const stop = async () => {
      abort.abort()
      await running
      return recorder.context('under-test').cursor
    }
    const live = () => vi.waitUntil(() => recorder.reports.at(-1)?.state === 'live', WAIT)
    const saw = (number: number) => vi.waitUntil(() => recorder.ids().has(`imap:mail:${number}@example.org`), WAIT)
    return { recorder, running, stop, live, saw }
  }

  it('is read as mails come, goes on after a restart and a renumbering, and stays as it was', async () => {
    dovecot.deliver(makeMail(1), Date.now() - 2 * DAY_MS)
    dovecot.deliver(makeMail(2, { text: `It never came. ${'x'.repeat(600_000)}` }))
    const first = reading()
    await first.saw(2)
    await first.live()
    dovecot.deliver(makeMail(3))
    await first.saw(3)
    const cursor = await first.stop()
    expect([...first.recorder.ids()]).toEqual(['imap:mail:2@example.org', 'imap:mail:3@example.org'])
    expect(first.recorder.delivered[0]?.mention.text).toMatch(/^It never came\. x+$/)

    dovecot.deliver(makeMail(4))
    const second = reading({ cursor })
    await second.saw(4)
    const later = await second.stop()
    expect([...second.recorder.ids()]).toEqual(['imap:mail:4@example.org'])

    dovecot.renumber()
    dovecot.deliver(makeMail(5))
    const third = reading({ cursor: later })
    await third.saw(5)
    expect(await third.stop()).not.toMatchObject({ uidValidity: (later as { uidValidity: string }).uidValidity })
    const revisions = [first, second, third].flatMap(({ recorder }) =>
      recorder.delivered.map(({ mention: { id, rev } }) => `${id} ${rev}`),
    )
    expect(new Set(revisions).size).toBe(4)
    expect(dovecot.flags().filter((flags) => flags.includes('S'))).toEqual([])
  })

  it('is not logged in to over TLS while nobody vouches for its certificate', async () => {
    const encrypted = { port: dovecot.tlsPort, security: 'tls' }
    const stranger = reading(encrypted)
    await vi.waitUntil(() => stranger.recorder.reports.some(({ reason }) => /certificate/i.test(reason)), WAIT)
    await stranger.stop()
    expect(stranger.recorder.delivered).toEqual([])

    const known = getCACertificates('default')
    onTestFinished(() => setDefaultCACertificates(known))
    setDefaultCACertificates([...known, dovecot.certificate])
    dovecot.deliver(makeMail(6))
    for (const fields of [encrypted, { security: 'starttls' }]) {
      const trusted = reading(fields)
      await trusted.saw(6)
      await trusted.stop()
    }
  })

  // Last: Dovecot lets whoever failed wait.
  it('leaves a wrong password to a person', async () => {
    const { running } = reading({ password: 'wrong' })
    await expect(running).rejects.toMatchObject({ code: 'SOURCE_REFUSED' })
  })
})
