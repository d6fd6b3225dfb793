import { describe, expect, it } from 'vitest'
import { connectors } from '../registry.ts'
import { idAt, makeMessage, SERVER } from './local-discord.ts'

const OBSERVED_AT = Date.UTC(2026, 10, 22, 12)
const CHANNEL = '700000000000000001'
const ID = idAt(OBSERVED_AT - 60_000, 1)
const context = { source: 'discord', observedAt: OBSERVED_AT, hashAuthor: (id: string) => `h(${id})` }
const parse = (payload: unknown) => connectors['discord']!.parse(Buffer.from(JSON.stringify(payload)), context)
const mentionsOf = (payload: unknown) => parse(payload).sightings.map(({ mention }) => mention)
const frame = (t: string, d: unknown) => ({ op: 0, s: 5, t, d })
const message = (fields: Record<string, unknown> = {}) => makeMessage(ID, CHANNEL, fields)

describe('reading messages of Discord', () => {
  it('reads a message of the gateway with its author, its address and what it answers', () => {
    const reply = {
      type: 19,
      guild_id: SERVER,
      content: 'same here <@!53908232506183680> <:sad:123> <#700000000000000001> </refund:9>',
      mentions: [{ id: '53908232506183680', username: 'ann' }],
      message_reference: { message_id: '5', channel_id: CHANNEL, guild_id: SERVER },
      member: { roles: [] },
    }
    expect(parse(frame('MESSAGE_CREATE', message(reply)))).toEqual({
      sightings: [
        {
          mention: {
            id: `discord:${CHANNEL}:${ID}`,
            op: 'create',
            rev: '2026-11-22T11:59:00.000Z',
            kind: 'message',
            source: 'discord',
            text: 'same here @ann :sad:  /refund',
            author: { id: 'h(53908232506183680)', handle: 'ann' },
            url: `https://discord.com/channels/${SERVER}/${CHANNEL}/${ID}`,
            parentId: `discord:${CHANNEL}:5`,
            createdAt: OBSERVED_AT - 60_000,
            observedAt: OBSERVED_AT,
            eventTime: OBSERVED_AT - 60_000,
          },
        },
      ],
      rejects: [],
    })
  })

  it('reads pages, search results and pins alike, with the revision that the gateway gives', () => {
    const payloads = [
      message(),
      [message()],
      { total_results: 1, messages: [[message()]] },
      { items: [{ pinned_at: '2026-11-22T11:00:00Z', message: message() }], has_more: false },
      frame('MESSAGE_CREATE', message()),
    ]
    const mentions = payloads.flatMap(mentionsOf)
    expect(mentions).toHaveLength(payloads.length)
    expect(new Set(mentions.map(({ id, rev, op }) => `${id} ${rev} ${op}`)).size).toBe(1)
  })

  it('carries edits and deletions, one by one and many at once', () => {
    const edited = message({ content: 'it came', edited_timestamp: '2026-11-22T11:59:30.000000+00:00' })
    expect(
      mentionsOf([
        frame('MESSAGE_UPDATE', edited),
        frame('MESSAGE_DELETE', { id: ID, channel_id: CHANNEL, guild_id: SERVER }),
        frame('MESSAGE_DELETE_BULK', { ids: ['8', '9'], channel_id: CHANNEL, guild_id: SERVER }),
      ]),
    ).toMatchObject([
      { id: `discord:${CHANNEL}:${ID}`, op: 'update', text: 'it came' },
      { id: `discord:${CHANNEL}:${ID}`, op: 'delete', text: '' },
      { id: `discord:${CHANNEL}:8`, op: 'delete' },
      { id: `discord:${CHANNEL}:9`, op: 'delete' },
    ])
  })

  it('makes no edit of an update that only shows what a link leads to', () => {
    const partial = { id: ID, channel_id: CHANNEL, guild_id: SERVER, embeds: [{ type: 'link' }] }
    expect(parse(frame('MESSAGE_UPDATE', partial))).toEqual({ sightings: [], rejects: [] })
    // Told whole, without an edit, it is the same revision.
    const [whole, created] = mentionsOf([frame('MESSAGE_UPDATE', message({ embeds: [{}] })), message()])
    expect(whole).toEqual(created)
  })

  it('reads what was forwarded or copied as a repost, and the question of a poll', () => {
    const from = { type: 1, message_id: '5', channel_id: '77' }
    expect(
      mentionsOf([
        message({ content: '', message_reference: from, message_snapshots: [{ message: { content: 'down again' } }] }),
        message({ flags: 2, message_reference: { ...from, type: 0 } }),
        message({ content: '', poll: { question: { text: 'does it work?' }, answers: [] } }),
      ]),
    ).toMatchObject([
      { text: 'down again', repostOf: 'discord:77:5' },
      { repostOf: 'discord:77:5' },
      { text: 'does it work?' },
    ])
  })

  it('marks bots and webhooks, whose id stands for the author', () => {
    expect(
      mentionsOf([
        message({ author: { id: '4', bot: true } }),
        message({ author: { id: '4', username: 'status' }, webhook_id: '6' }),
        message({ author: null }),
      ]).map(({ author }) => author),
    ).toEqual([{ id: 'h(4)', bot: true }, { id: 'h(6)', bot: true }, undefined])
  })

  it('passes over notices, pictures and other events, and rejects what is no message', () => {
    expect(
      parse([
        message({ type: 7 }),
        message({ content: '', attachments: [{}] }),
        frame('GUILD_CREATE', { id: SERVER }),
        { op: 11 },
      ]),
    ).toEqual({ sightings: [], rejects: [] })
    const { rejects } = parse([frame('MESSAGE_CREATE', { id: 'x' }), { message: '401: Unauthorized', code: 0 }, 5])
    expect(rejects.map(({ detail }) => detail)).toEqual([
      'is no message of Discord',
      'is no message of Discord',
      'is no message of Discord',
    ])
  })
})
