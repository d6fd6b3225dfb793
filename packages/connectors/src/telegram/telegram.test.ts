import { HOUR_MS } from '@outcry/contracts'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { complianceSuite } from '../compliance/compliance-suite.ts'
import { createQuickClock } from '../compliance/quick-clock.ts'
import { createRecorder } from '../compliance/recorder.ts'
import { connectors } from '../registry.ts'
import { groupMessage, refusal, startLocalTelegram, startTelegram, TOKEN } from './local-telegram.ts'

const connector = connectors['telegram']!
const OBSERVED_AT = Date.UTC(2026, 10, 22, 12)
const DATE_S = OBSERVED_AT / 1_000 - 60
const context = { source: 'telegram', observedAt: OBSERVED_AT, hashAuthor: (id: string) => `h(${id})` }
const parse = (payload: unknown) => connector.parse(Buffer.from(JSON.stringify(payload)), context)
const mentionsOf = (payload: unknown) => parse(payload).sightings.map(({ mention }) => mention)

complianceSuite({
  connector,
  ends: false,
  canGoDark: true,
  canRefuse: true,
  looksBack: true,
  edits: true,
  payload: (text) => Buffer.from(JSON.stringify({ update_id: 1, message: groupMessage(7, DATE_S, { text }) })),
  start: startLocalTelegram,
})

describe('reading updates of Telegram', () => {
  it('reads a message of a group with its author, its link and what it answers', () => {
    const message = groupMessage(7, DATE_S, { reply_to_message: groupMessage(6, DATE_S - 5), link_preview_options: {} })
    expect(parse({ ok: true, result: [{ update_id: 1, message }] })).toEqual({
      sightings: [
        {
          mention: {
            id: 'telegram:-1001234567890:7',
            op: 'create',
            rev: String(DATE_S),
            kind: 'message',
            source: 'telegram',
            text: 'Order 7 never came',
            author: { id: 'h(5000000007)' },
            url: 'https://t.me/c/1234567890/7',
            parentId: 'telegram:-1001234567890:6',
            createdAt: OBSERVED_AT - 60_000,
            observedAt: OBSERVED_AT,
            eventTime: OBSERVED_AT - 60_000,
          },
        },
      ],
      rejects: [],
    })
  })

  it('reads posts of channels, captions, polls and edits', () => {
    const channel = { id: -1001, type: 'channel', title: 'News', username: 'acmenews' }
    const { text: _text, from: _from, ...post } = groupMessage(3, DATE_S, { chat: channel, sender_chat: channel })
    expect(
      mentionsOf([
        { update_id: 1, channel_post: { ...post, photo: [{ file_id: 'x' }], caption: 'Checkout is down 😡' } },
        { update_id: 2, edited_channel_post: { ...post, caption: 'Checkout is up', edit_date: DATE_S + 9 } },
        { update_id: 3, message: { ...post, poll: { id: '1', question: 'Does checkout work?', options: [] } } },
        { update_id: 4, edited_message: { ...post, edit_date: DATE_S + 20 } },
      ]),
    ).toMatchObject([
      {
        kind: 'post',
        op: 'create',
        text: 'Checkout is down 😡',
        url: 'https://t.me/acmenews/3',
        author: { id: 'h(-1001)', handle: 'acmenews' },
      },
      { kind: 'post', op: 'update', text: 'Checkout is up', id: 'telegram:-1001:3' },
      { text: 'Does checkout work?' },
      { op: 'update', text: '' },
    ])
  })

  it('names the post that was forwarded, in both shapes, and of forwarded people none', () => {
    const chat = { id: -1009, type: 'channel' }
    const from = { id: 1, is_bot: false }
    expect(
      mentionsOf([
        groupMessage(1, DATE_S, { forward_origin: { type: 'channel', chat, message_id: 5, date: DATE_S } }),
        groupMessage(2, DATE_S, { forward_from_chat: chat, forward_from_message_id: 6 }),
        groupMessage(3, DATE_S, { forward_origin: { type: 'user', sender_user: from, date: DATE_S } }),
      ]).map(({ repostOf }) => repostOf),
    ).toEqual(['telegram:-1009:5', 'telegram:-1009:6', undefined])
  })

  it('takes the beginning of a topic for no parent, and a reply to another chat for one', () => {
    expect(
      mentionsOf([
        groupMessage(9, DATE_S, {
          message_thread_id: 4,
          is_topic_message: true,
          reply_to_message: groupMessage(4, DATE_S, { forum_topic_created: {} }),
        }),
        groupMessage(8, DATE_S, {
          external_reply: { origin: {}, chat: { id: -1009, type: 'channel' }, message_id: 5 },
        }),
      ]).map(({ parentId }) => parentId),
    ).toEqual([undefined, 'telegram:-1009:5'])
  })

  it('tells bots, and whoever speaks as a group, apart from people', () => {
    const bot = { id: 1087968824, is_bot: true }
    expect(
      mentionsOf([
        groupMessage(1, DATE_S, { from: { ...bot, username: 'AcmeBot' } }),
        groupMessage(2, DATE_S, { from: bot, sender_chat: { id: -1001, type: 'supergroup' } }),
      ]).map(({ author }) => author),
    ).toEqual([{ id: 'h(1087968824)', handle: 'AcmeBot', bot: true }, { id: 'h(-1001)' }])
  })

  it('passes over what has no text, and rejects what is no message', () => {
    const { sightings, rejects } = parse([
      { update_id: 1, message: groupMessage(1, DATE_S, { text: undefined, sticker: {} }) },
      { update_id: 2, my_chat_member: {} },
      { update_id: 3, message: { text: 'of nobody, nowhere' } },
      { ok: false, error_code: 401, description: 'Unauthorized' },
      'text',
    ])
    expect(sightings).toEqual([])
    expect(rejects.map(({ detail }) => detail)).toEqual([
      'is no message of Telegram',
      'is no message of Telegram',
      'is no message of Telegram',
    ])
  })
})

describe('what Telegram sends by itself', () => {
  const config = { connector: 'telegram', name: 'tg', token: TOKEN, privateChats: false, webhookSecret: 's'.repeat(16) }
  const request = (secret: string | undefined, body: unknown = {}) => ({
    headers: { 'x-telegram-bot-api-secret-token': secret },
    query: {},
    body: Buffer.from(JSON.stringify(body)),
  })

  it('takes only what carries the secret, and nothing where there is none', () => {
    const verify = (...request: Parameters<NonNullable<typeof connector.webhook>['verify']>) =>
      connector.webhook!.verify(...request)
    expect(verify(config, request(config.webhookSecret), 0)).toBe('valid')
    expect(verify(config, request('other'), 0)).toBe('mismatch')
    expect(verify(config, request(undefined), 0)).toBe('mismatch')
    expect(verify({ ...config, webhookSecret: undefined }, request(''), 0)).toBe('off')
  })

  it('reads the same mention as polling does, of the chats that are read', () => {
    const update = { update_id: 1, message: groupMessage(7, DATE_S) }
    const direct = { update_id: 2, message: groupMessage(8, DATE_S, { chat: { id: 42, type: 'private' } }) }
    const read = (more: object, body: unknown) =>
      connector.webhook!.read({ ...config, ...more }, request('', body), context).sightings
    expect(read({}, update)).toEqual(parse(update).sightings)
    expect(read({ chats: [-5] }, update)).toEqual([])
    expect(
      read({ chats: ['@Acme'] }, { ...update, message: { ...update.message, chat: { id: 1, username: 'acme' } } }),
    ).toHaveLength(1)
    expect(read({}, direct)).toEqual([])
    expect(read({ privateChats: true }, direct)).toHaveLength(1)
    expect(read({ chats: [42] }, direct)).toHaveLength(1)
  })
})

describe('polling Telegram', () => {
  const WAIT = { timeout: 20_000, interval: 10 }
  const nowS = () => Math.floor(Date.now() / 1_000)

  const reading = async (
    options: Parameters<typeof startTelegram>[0],
    { cursor = null, ...fields }: { cursor?: unknown } & Record<string, unknown> = {},
  ) => {
    const telegram = await startTelegram(options)
    onTestFinished(telegram.close)
    const recorder = createRecorder(createQuickClock(50))
    const abort = new AbortController()
    const config = { connector: 'telegram', name: 'tg', token: TOKEN, endpoint: telegram.endpoint, ...fields }
    const source = connector.create(config, { ...recorder.context('tg'), cursor })
    const running = source.run(abort.signal)
    running.catch(() => undefined)
    const stop = async () => {
      abort.abort()
      await running
    }
    const offsets = () =>
      telegram.asked.filter(({ method }) => method === 'getUpdates').map(({ parameters }) => parameters['offset'])
    return { telegram, recorder, running, stop, offsets }
  }

  it('confirms updates only when they are delivered', async () => {
    const { telegram, recorder, stop, offsets } = await reading({})
    const open = recorder.hold()
    telegram.tell({ update_id: 10, message: groupMessage(1, nowS()) })
    await vi.waitUntil(recorder.isEmitting, WAIT)
    const before = offsets()
    open()
    await vi.waitUntil(() => offsets().includes(11), WAIT)
    await stop()
    expect(before).not.toContain(11)
    expect(recorder.ids().size).toBe(1)
  })

  it('counts a gap after more than a day away, and asks without the old number, which may begin anew', async () => {
    const before = Date.now() - 25 * HOUR_MS
    const cursor = { offset: 900, newestAt: before, lookedAt: before, moved: [] }
    const { telegram, recorder, stop, offsets } = await reading({}, { cursor })
    telegram.tell({ update_id: 12, message: groupMessage(1, nowS()) })
    await vi.waitUntil(() => recorder.ids().size === 1, WAIT)
    await stop()
    expect(offsets()[0]).toBeUndefined()
    expect(recorder.gaps).toEqual(['away for longer than the day for which updates are kept'])
  })

  it('follows a group to the id it has as a supergroup, over a restart too', async () => {
    const { telegram, recorder, stop } = await reading({}, { chats: [-77] })
    telegram.tell(
      {
        update_id: 1,
        message: groupMessage(1, nowS(), {
          chat: { id: -77, type: 'group' },
          migrate_to_chat_id: -1001,
          text: undefined,
        }),
      },
      { update_id: 2, message: groupMessage(2, nowS(), { chat: { id: -1001, type: 'supergroup' } }) },
      { update_id: 3, message: groupMessage(3, nowS(), { chat: { id: -1002, type: 'supergroup' } }) },
    )
    await vi.waitUntil(() => recorder.ids().size > 0, WAIT)
    await stop()
    expect([...recorder.ids()]).toEqual(['telegram:-1001:2'])
    const { cursor } = recorder.context('tg')
    const again = await reading({}, { chats: [-77], cursor })
    again.telegram.tell({ update_id: 4, message: groupMessage(4, nowS(), { chat: { id: -1001, type: 'supergroup' } }) })
    await vi.waitUntil(() => again.recorder.ids().size > 0, WAIT)
    await again.stop()
  })

  it.each([
    ["Conflict: can't use getUpdates method while webhook is active", 'a webhook is set', []],
    [
      'Conflict: terminated by other getUpdates request',
      'another program',
      ['another program takes updates of this bot'],
    ],
  ])('leaves to a person: %s', async (description, said, gaps) => {
    const answer = (method: string) => (method === 'getUpdates' ? refusal(409, description) : undefined)
    const { running, recorder } = await reading({ answer })
    await expect(running).rejects.toMatchObject({ code: 'SOURCE_REFUSED', message: expect.stringContaining(said) })
    expect(recorder.gaps).toEqual(gaps)
  })

  it('leaves a token that is none to a person, without telling it', async () => {
    const { running } = await reading({}, { token: '1:aaaaaaaaaaaaaaaaaaaaaaaa' })
    const error = await running.catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ code: 'SOURCE_REFUSED' })
    expect(String(error)).not.toContain('aaaa')
  })

  it.each<[Parameters<typeof startTelegram>[0], string | undefined]>([
    [{ standing: () => 'left' }, 'the bot is not in -77, @acme_users'],
    [{ standing: () => refusal(400, 'Bad Request: chat not found') }, 'the bot is not in -77, @acme_users'],
    [{ standing: () => 'member', me: { can_read_all_group_messages: false } }, 'the bot is in privacy mode'],
    [{ standing: () => 'member' }, undefined],
  ])('says which chats it cannot see %#', async (options, unseen) => {
    const { recorder, stop } = await reading(options, { chats: [-77, '@acme_users', 42] })
    await vi.waitUntil(() => recorder.reports.length > 0, WAIT)
    await stop()
    expect(recorder.reports[0]?.state).toBe('live')
    expect(recorder.reports[0]?.unseen ?? '').toContain(unseen ?? '')
    expect(recorder.reports[0]?.unseen === undefined).toBe(unseen === undefined)
  })

  it.each([
    [{ url: '' }, 'blind', 'no webhook is set'],
    [{ url: 'https://x.example', last_error_date: nowS() - 600, last_error_message: '502' }, 'live', 'waiting'],
    [
      {
        url: 'https://x.example',
        pending_update_count: 7,
        last_error_date: nowS(),
        last_error_message: 'Wrong response',
      },
      'lagging',
      'cannot send 7 updates: Wrong response',
    ],
  ])('asks how its webhook does %#', async (webhookInfo, state, reason) => {
    const { recorder, stop, telegram } = await reading({ webhookInfo }, { webhookSecret: 's'.repeat(16) })
    await vi.waitUntil(() => recorder.reports.length > 0, WAIT)
    await stop()
    expect(recorder.reports[0]).toMatchObject({ state, reason: expect.stringContaining(reason) })
    expect(telegram.asked.map(({ method }) => method)).not.toContain('getUpdates')
  })
})
