import { createServer } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { DAY_MS, HOUR_MS } from '@outcry/contracts'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { createQuickClock } from '../compliance/quick-clock.ts'
import { createRecorder } from '../compliance/recorder.ts'
import { connectors } from '../registry.ts'
import { makeMail, startImapServer } from './local-imap.ts'

const connector = connectors['imap']!
const WAIT = { timeout: 20_000, interval: 10 }

const started = async (options: Parameters<typeof startImapServer>[0] = {}) => {
  const server = await startImapServer(options)
  onTestFinished(server.close)
  return server
}

const reading = (
  server: Awaited<ReturnType<typeof startImapServer>>,
  { cursor = null, ...fields }: { cursor?: unknown } & Record<string, unknown> = {},
) => {
  const recorder = createRecorder(createQuickClock(50))
  const abort = new AbortController()
  const config = { connector: 'imap', name: 'under-test', ...server.config, ...fields }
  const running = connector.create(config, { ...recorder.context('under-test'), cursor }).run(abort.signal)
  running.catch(() => undefined)
  const stop = async () => {
    abort.abort()
    await running
    return recorder.context('under-test').cursor
  }
  const seen = (count: number) => vi.waitUntil(() => recorder.ids().size === count, WAIT)
  const live = () => vi.waitUntil(() => recorder.reports.at(-1)?.state === 'live', WAIT)
  return { recorder, running, stop, seen, live }
}

describe('watching a folder', () => {
  it('begins a quarter of an hour back, hears of a mail as it comes, and only ever reads', async () => {
    const server = await started()
    server.put(makeMail(1), Date.now() - DAY_MS)
    server.put(makeMail(2), Date.now() - HOUR_MS)
    server.put(makeMail(3))
    const { recorder, stop, seen } = reading(server)
    await seen(1)
    await vi.waitUntil(server.isIdling, WAIT)
    server.put(makeMail(4))
    await seen(2)
    await stop()
    expect([...recorder.ids()]).toEqual(['imap:mail:3@example.org', 'imap:mail:4@example.org'])
    const words = new Set(server.commands.map((command) => /^(?:UID )?\w+/.exec(command)?.[0]))
    expect(words).toEqual(new Set(['AUTHENTICATE', 'EXAMINE', 'IDLE', 'LIST', 'LSUB', 'UID FETCH', 'UID SEARCH']))
    expect(server.commands.filter((command) => command.includes('BODY[')).length).toBe(0)
  })

  it('goes on after a restart where it was', async () => {
    const server = await started()
    server.put(makeMail(1))
    const before = reading(server)
    await before.seen(1)
    await before.live()
    const cursor = await before.stop()
    server.put(makeMail(2))
    const after = reading(server, { cursor })
    await after.seen(1)
    await after.stop()
    expect([...after.recorder.ids()]).toEqual(['imap:mail:2@example.org'])
  })

  it('reads a folder again that has new numbers, each mail with the id that it had', async () => {
    const server = await started()
    for (let n = 1; n <= 5; n += 1) server.put(makeMail(n))
    const before = reading(server)
    await before.seen(5)
    await before.live()
    const cursor = await before.stop()
    server.remove(1)
    server.renumber()
    server.put(makeMail(6))
    const after = reading(server, { cursor })
    await vi.waitUntil(() => after.recorder.ids().has('imap:mail:6@example.org'), WAIT)
    await after.live()
    expect(await after.stop()).toMatchObject({ uidValidity: '2', uid: 5 })
    const all = [...before.recorder.delivered, ...after.recorder.delivered]
    expect(new Set(all.map(({ mention: { id, rev } }) => `${id} ${rev}`)).size).toBe(6)
  })

  it('looks now and then where the server has no IDLE', async () => {
    const server = await started({ idles: false })
    const { stop, seen, live } = reading(server)
    await live()
    server.put(makeMail(1))
    await seen(1)
    await stop()
    expect(server.commands).not.toContain('IDLE')
  })

  it.each([
    [{ 'Auto-Submitted': 'auto-replied' }],
    [{ Precedence: 'bulk' }],
    [{ 'List-Id': '<news.example.org>' }],
    [{ 'Content-Type': 'multipart/report; boundary=x' }],
  ])('passes over what no person wrote, says so, and reads it where that is wanted: %j', async (headers) => {
    const server = await started()
    server.put(makeMail(1, { headers: headers as unknown as Record<string, string> }))
    server.put(makeMail(2, { headers: { 'Auto-Submitted': 'no' } }))
    const { recorder, stop, seen, live } = reading(server)
    await seen(1)
    await live()
    await stop()
    expect([...recorder.ids()]).toEqual(['imap:mail:2@example.org'])
    expect(recorder.reports.at(-1)?.reason).toContain('1 automatic mail')
    const all = reading(server, { automatic: true })
    await all.seen(2)
    await all.stop()
  })

  it('fetches a huge mail only up to its bound', async () => {
    const server = await started()
    server.put(makeMail(1, { text: `It never came. ${'x'.repeat(2_000_000)}` }))
    const { recorder, stop, seen } = reading(server, { maxMailBytes: 16_384 })
    await seen(1)
    await stop()
    expect(recorder.delivered[0]?.mention.text).toMatch(/^It never came\. x+$/)
  })

  it('goes on past a mail that the server cannot give, and counts it', async () => {
    let poisoned = 0
    const server = await started({
      treat: (name) => {
        const command = server.commands.at(-1) ?? ''
        const isPoisoned = name === 'UID FETCH' && command.includes('BODY') && inSet(command, 2)
        poisoned += isPoisoned ? 1 : 0
        return isPoisoned ? { refuse: 'The message could not be fetched.' } : undefined
      },
    })
    const inSet = (command: string, uid: number) =>
      (/FETCH (\S+)/.exec(command)?.[1] ?? '').split(',').some((part) => {
        const [from = 0, to = from] = part.split(':').map(Number)
        return uid >= from && uid <= to
      })
    for (let n = 1; n <= 3; n += 1) server.put(makeMail(n))
    const { recorder, stop, seen, live } = reading(server)
    await seen(2)
    await live()
    await stop()
    expect([...recorder.ids()]).toEqual(['imap:mail:1@example.org', 'imap:mail:3@example.org'])
    expect(recorder.gaps).toEqual(['the mail server does not give a mail'])
    expect(poisoned).toBe(2)
  })

  it.each([
    [{ password: 'another' }, 'refuses the login'],
    [{ mailbox: 'Nowhere' }, 'the folder Nowhere cannot be opened'],
  ])('leaves to a person: %j', async (fields, said) => {
    const { running } = reading(await started(), fields)
    await expect(running).rejects.toMatchObject({ code: 'SOURCE_REFUSED', message: expect.stringContaining(said) })
  })

  it('is refused before it runs where there is nothing to log in with', async () => {
    const server = await started()
    expect(() => reading(server, { password: undefined })).toThrow(
      expect.objectContaining({ code: 'SOURCE_CONFIG_INVALID', fix: expect.stringContaining('oauth') }),
    )
  })

  it('waits for a server that says it is busy', async () => {
    let logins = 0
    const server = await started({
      treat: (name) => {
        if (name === 'AUTHENTICATE') logins += 1
        return name === 'AUTHENTICATE' && logins < 4 ? { refuse: '[LIMIT] Too many connections' } : undefined
      },
    })
    const { recorder, stop, live } = reading(server)
    await live()
    await stop()
    expect(recorder.reports[0]).toMatchObject({ state: 'lagging', reason: expect.stringContaining('busy') })
  })

  it('asks for a new access token once the server refuses the old one', async () => {
    let granted = 0
    const tokens = createServer((request, response) => {
      granted += 1
      request.resume()
      response.end(JSON.stringify({ access_token: `token-${granted}`, expires_in: 3_600 }))
    })
    tokens.listen(0, '127.0.0.1')
    await once(tokens, 'listening')
    onTestFinished(() => void tokens.close())
    let accepted = 'token-1'
    const server = await started({ accessToken: () => accepted })
    const tokenUrl = `http://127.0.0.1:${(tokens.address() as AddressInfo).port}/token`
    const oauth = { tokenUrl, clientId: 'outcry', refreshToken: 'refresh' }
    const { recorder, running, seen, live } = reading(server, { password: undefined, oauth })
    await live()
    accepted = 'token-2'
    server.hangUp()
    server.put(makeMail(1))
    await seen(1)
    expect(granted).toBe(2)
    accepted = 'never'
    server.hangUp()
    await expect(running).rejects.toMatchObject({ code: 'SOURCE_REFUSED' })
    expect(granted).toBe(3)
    expect(recorder.gaps).toEqual([])
  })
})
