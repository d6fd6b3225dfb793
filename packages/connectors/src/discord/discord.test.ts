import { HOUR_MS } from '@outcry/contracts'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { complianceSuite } from '../compliance/compliance-suite.ts'
import { createQuickClock } from '../compliance/quick-clock.ts'
import { createRecorder } from '../compliance/recorder.ts'
import { connectors } from '../registry.ts'
import { startLocalDiscord } from './faulty-discord.ts'
import { CHANNELS, HIDDEN, idAt, makeMessage, SERVER, startDiscord, TOKEN } from './local-discord.ts'

const connector = connectors['discord']!

complianceSuite({
  connector,
  ends: false,
  canGoDark: true,
  canRefuse: true,
  looksBack: true,
  edits: true,
  deletes: true,
  payload: (content) => Buffer.from(JSON.stringify(makeMessage('1576570211903996201', CHANNELS[0]!, { content }))),
  start: startLocalDiscord,
})

describe('listening to Discord', () => {
  const WAIT = { timeout: 20_000, interval: 10 }
  const [first, second] = CHANNELS as [string, string]
  const publishedNow = (number: number, channelId = first, fields = {}) =>
    makeMessage(idAt(Date.now(), number), channelId, fields)

  const started = async (options: Parameters<typeof startDiscord>[0] = {}) => {
    const discord = await startDiscord(options)
    onTestFinished(discord.close)
    return discord
  }

  const reading = (
    { endpoint }: { endpoint: string },
    { cursor = null, ...fields }: { cursor?: unknown } & Record<string, unknown> = {},
  ) => {
    const recorder = createRecorder(createQuickClock(50))
    const abort = new AbortController()
    const config = { connector: 'discord', name: 'under-test', token: TOKEN, endpoint, servers: [SERVER], ...fields }
    const running = connector.create(config, { ...recorder.context('under-test'), cursor }).run(abort.signal)
    running.catch(() => undefined)
    const stop = async () => {
      abort.abort()
      await running
      return recorder.context('under-test').cursor
    }
    const live = () => vi.waitUntil(() => recorder.reports.at(-1)?.state === 'live', WAIT)
    const seen = (count: number) => vi.waitUntil(() => recorder.ids().size === count, WAIT)
    return { recorder, running, stop, live, seen }
  }

  it('goes on with its session after a break, and hears of the edits and deletions of meanwhile', async () => {
    const discord = await started()
    const { recorder, live, stop } = reading(discord)
    await live()
    const message = publishedNow(1)
    discord.publish(message)
    await vi.waitUntil(() => recorder.delivered.length === 1, WAIT)
    discord.hangUp()
    const { id, channel_id: channelId } = message
    const edited = { ...message, guild_id: SERVER, content: 'it came', edited_timestamp: '2026-11-22T11:00:00Z' }
    discord.tell('MESSAGE_UPDATE', edited)
    discord.tell('MESSAGE_DELETE', { id, channel_id: channelId, guild_id: SERVER })
    await vi.waitUntil(() => recorder.delivered.length === 3, WAIT)
    await stop()
    expect(recorder.delivered.map(({ mention: { op } }) => op)).toEqual(['create', 'update', 'delete'])
    expect(discord.greetings.map(({ op }) => op)).toEqual([2, 6])
    expect(discord.pages).toEqual([HIDDEN])
  })

  it('goes on with its session after a restart', async () => {
    const discord = await started()
    const before = reading(discord)
    await before.live()
    discord.publish(publishedNow(1))
    await before.seen(1)
    const cursor = await before.stop()
    discord.publish(publishedNow(2))
    const after = reading(discord, { cursor })
    await after.seen(1)
    await after.live()
    await after.stop()
    expect(discord.greetings.map(({ op }) => op)).toEqual([2, 6])
  })

  it('reads what it missed from the channels where the session is none any more', async () => {
    const discord = await started()
    const before = reading(discord)
    await before.live()
    discord.publish(publishedNow(1))
    discord.publish(publishedNow(2, second))
    await before.seen(2)
    const cursor = await before.stop()
    discord.forgetSessions()
    discord.publish(publishedNow(3), { silent: true })
    const after = reading(discord, { cursor })
    await after.seen(1)
    await after.live()
    await after.stop()
    expect(discord.greetings.map(({ op }) => op)).toEqual([2, 6, 2])
    // The other channel has nothing that was not delivered.
    expect(discord.pages).toEqual([HIDDEN, first, HIDDEN])
    expect(after.recorder.delivered[0]?.mention.url).toContain(`/${SERVER}/${first}/`)
  })

  it('does not take a session for whole while pages of its channels are not delivered', async () => {
    const discord = await started()
    for (let n = 1; n <= 150; n += 1) discord.publish(publishedNow(n), { silent: true })
    for (const death of ['before-cursor', 'after-cursor'] as const) {
      const { recorder, running } = reading(discord)
      recorder.dieAtNextEmit(death)
      await expect(running).rejects.toThrow(expect.any(Error))
      const cursor = recorder.context('under-test').cursor
      const again = reading(discord, { cursor })
      await again.live()
      await again.stop()
      expect(new Set([...recorder.ids(), ...again.recorder.ids()]).size).toBe(150)
    }
  })

  it('reads listed channels with their threads, and nothing else', async () => {
    const thread = { id: '800000000000000001', parent_id: first, type: 11, last_message_id: null }
    const discord = await started({ threads: [thread] })
    const { recorder, live, seen, stop } = reading(discord, { servers: undefined, channels: [first] })
    await live()
    discord.tell('THREAD_CREATE', { ...thread, id: '800000000000000002', newly_created: true })
    discord.publish(publishedNow(1, second))
    for (const [n, id] of [first, thread.id, '800000000000000002'].entries()) discord.publish(publishedNow(2 + n, id))
    await seen(3)
    await stop()
    expect(recorder.reports.at(-1)?.unseen).toBeUndefined()
  })

  it('says what it cannot see', async () => {
    const discord = await started()
    const channels = reading(discord, { servers: undefined, channels: [first, HIDDEN, '5'] })
    await channels.live()
    await channels.stop()
    expect(channels.recorder.reports.at(-1)?.unseen).toBe(`the bot does not see channel ${HIDDEN}, 5`)
    const servers = reading(discord, { servers: [SERVER, '4'] })
    await servers.live()
    await servers.stop()
    expect(servers.recorder.reports.at(-1)?.unseen).toBe('the bot is not in server 4')
  })

  it('goes on without a server that is down, and reads what it missed when that is back', async () => {
    const away = '613425648685547549'
    const discord = await started({ away: [away] })
    const { recorder, live, seen, stop } = reading(discord, { servers: undefined })
    await live()
    expect(recorder.reports.at(-1)?.unseen).toBe(`Discord has lost server ${away} for now`)
    const missed = publishedNow(1, '700000000000000005')
    discord.publish(missed, { silent: true })
    discord.tell('GUILD_CREATE', {
      id: away,
      channels: [{ id: missed.channel_id, type: 0, last_message_id: missed.id }],
    })
    await seen(1)
    await stop()
    expect(recorder.reports.at(-1)?.unseen).toBeUndefined()
  })

  it.each([
    [4004, '401'],
    [4014, 'Message Content Intent'],
    [4013, 'intents'],
  ])('leaves a connection that was closed with %i to a person', async (code, said) => {
    const discord = await started()
    discord.closeGreetingsWith(code)
    const { running } = reading(discord)
    await expect(running).rejects.toMatchObject({ code: 'SOURCE_REFUSED', message: expect.stringContaining(said) })
  })

  it('begins a new session after 4007 and 4009, and waits where a day has no more of them', async () => {
    const discord = await started()
    const { live, seen, stop } = reading(discord)
    await live()
    discord.forgetSessions()
    discord.close4(4007)
    discord.publish(publishedNow(1), { silent: true })
    await seen(1)
    await stop()
    expect(discord.greetings.map(({ op }) => op)).toEqual([2, 2])

    const spent = await started({ starts: 0 })
    const waiting = reading(spent)
    await vi.waitUntil(() => waiting.recorder.reports.some(({ reason }) => reason.includes('no sessions')), WAIT)
    await waiting.stop()
    expect(spent.greetings).toEqual([])
  })

  it('counts what comes late as backfill, and edits of old messages as news', async () => {
    const discord = await started()
    const { recorder, live, seen, stop } = reading(discord)
    await live()
    const old = makeMessage(idAt(Date.now() - HOUR_MS, 1), first)
    discord.publish(old)
    discord.publish(publishedNow(2))
    const edit = {
      ...old,
      id: idAt(Date.now() - HOUR_MS, 3),
      guild_id: SERVER,
      edited_timestamp: '2026-11-22T11:00:00Z',
    }
    discord.tell('MESSAGE_UPDATE', edit)
    await seen(3)
    await stop()
    const filled = recorder.batches.filter(({ ids }) => ids.length > 0)
    expect(filled.map(({ backfill }) => backfill)).toContain(true)
    const late = filled.filter(({ backfill }) => backfill).flatMap(({ ids }) => ids)
    expect(late).toEqual([`discord:${first}:${old.id}`])
  })

  it('is not broken by what is no message of the gateway', async () => {
    const discord = await started()
    const { recorder, live, seen, stop } = reading(discord)
    await live()
    discord.sendRaw('<html>')
    discord.publish(publishedNow(1))
    await seen(1)
    await stop()
    expect(recorder.reports.some(({ reason }) => reason.includes('something else'))).toBe(true)
  })
})
