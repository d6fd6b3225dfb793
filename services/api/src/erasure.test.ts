import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { defaultDetectionSettings } from '@outcry/engine'
import { drillStream, findScenario } from '@outcry/replay'
import { createMetrics, silentLogger, systemClock } from '@outcry/runtime'
import { createAlerter } from '@outcry/service-alerter'
import { createDetector } from '@outcry/service-detector'
import { createIngest } from '@outcry/service-ingest'
import { expect, onTestFinished, test } from 'vitest'
import { eventually } from '../test/eventually.ts'
import { TOKENS, runningApi } from '../test/running-api.ts'

const PATIENCE_MS = 120_000

/** The posts of a made crisis, as the lines of a file. */
const crisis = () =>
  [
    ...drillStream({
      scenario: findScenario('checkout')!,
      brandName: 'acme',
      drillId: 'made',
      seed: 7,
      startMs: Date.UTC(2026, 2, 2),
    }),
  ].map(({ mention }) => ({
    id: mention.id,
    brand: 'acme',
    text: `${mention.text} ~${mention.id}~`,
    createdAt: mention.eventTime,
    author: { id: mention.author!.id },
  }))

/** A crisis from a file, through detector and alerter, with its webhooks waiting for a target that is away. */
const burning = async () => {
  const api = await runningApi()
  onTestFinished(() => api.stop())
  const directory = await mkdtemp(join(tmpdir(), 'outcry-erasure-'))
  onTestFinished(() => rm(directory, { recursive: true }))
  const posts = crisis()
  const path = join(directory, 'posts.jsonl')
  await writeFile(path, posts.map((post) => `${JSON.stringify(post)}\n`).join(''))
  const source = { connector: 'file', name: 'history', path, map: {}, speed: 'asFast', atEnd: 'stop' } as const
  const target = {
    name: 'away',
    format: 'standard',
    url: 'http://127.0.0.1:9/',
    secret: `whsec_${Buffer.alloc(32, 1).toString('base64')}`,
    allowPrivate: ['127.0.0.1'],
    minSeverity: 'incident',
    pagesOnly: false,
    drills: false,
  }
  const config = { ...api.config, sources: [source], targets: [target] } as unknown as typeof api.config
  const shared = { config, bus: api.bus, pool: api.pool, clock: systemClock, logger: silentLogger, owner: 'test' }
  const options = { ...shared, metrics: createMetrics(), random: () => 0.5, publicUrl: 'https://outcry.example' }
  const detectionSettings = { ...defaultDetectionSettings(), brands: config.brands.map(({ id }) => id) }
  const { complaintThreshold } = detectionSettings
  const parts = [
    createAlerter(options),
    createDetector({ ...options, complaintThreshold }),
    createIngest({ ...options, detectionSettings, digest: 'd' }),
  ]
  for (const part of parts) {
    await part.start()
    onTestFinished(() => part.stop())
  }
  return { ...api, posts }
}

/** Everything the database says in the open; the bus forgets by the deadline that the answer names. */
const TABLES = ['mention', 'issue', 'issue_event', 'alert', 'delivery', 'cluster', 'timeline', 'mention_index']

test(
  'what is erased is gone from posts, evidence, alerts and waiting deliveries, and what was counted stays',
  async () => {
    const { pool, posts, ask } = await burning()
    const rows = async <T>(text: string) => (await pool.query<T & Record<string, unknown>>(text)).rows
    const everything = async () =>
      (
        await Promise.all(
          TABLES.map((table) => rows<{ text: string }>(`SELECT t::text AS text FROM outcry.${table} t`)),
        )
      )
        .flat()
        .map(({ text }) => text)
        .join('\n')
    await eventually(async () => {
      expect(await rows(`SELECT 1 FROM outcry.source_state WHERE reason = 'read to its end'`)).toHaveLength(1)
      const [lag] = await rows<{ lag: number }>(
        `SELECT sum(next_position - 1 - position)::int AS lag FROM outcry.bus_partition
         JOIN outcry.partition_state USING (topic, partition) WHERE consumer = 'detector'`,
      )
      expect(lag?.lag).toBe(0)
      const [{ waiting } = { waiting: 0 }] = await rows<{ waiting: number }>(
        `SELECT count(*)::int AS waiting FROM outcry.delivery WHERE state = 'pending'`,
      )
      expect(waiting).toBeGreaterThan(0)
    }, PATIENCE_MS)

    type Issue = { id: string; mentions: number; authors: number; exemplars: { mentionId: string }[] }
    const [issue] = ((await (await ask('/issues', TOKENS.admin)).json()) as { items: Issue[] }).items
    const read = async () => (await (await ask(`/issues/${issue!.id}`, TOKENS.admin)).json()) as Issue
    const before = await read()
    const quoted = await rows<{ id: string }>(
      `SELECT quote->>'mentionId' AS id FROM outcry.issue, jsonb_array_elements(body->'evidence'->'exemplars') AS quote`,
    )
    const author = posts.find(({ id }) => id === quoted[0]!.id)!.author.id
    const byAuthor = posts.filter((post) => post.author.id === author).map(({ id }) => id)
    const other = quoted.map(({ id }) => id).find((id) => !byAuthor.includes(id))!
    const gone = [...byAuthor, other]
    const held = await everything()
    for (const id of gone) expect(held).toContain(id)

    const erase = async (body: object) =>
      ask('/erasures', TOKENS.admin, {
        method: 'POST',
        body: JSON.stringify(body),
        headers: { 'content-type': 'application/json' },
      })
    const whom = { author: { id: author, connector: 'file' } }
    const accepted = await erase(whom)
    expect(accepted.status).toBe(202)
    const answer = (await accepted.json()) as { id: string; mentions: number }
    expect(answer.mentions).toBe(byAuthor.length)
    expect((await erase({ mentionIds: [other] })).status).toBe(202)
    await eventually(async () => {
      const left = await everything()
      expect(gone.filter((id) => left.includes(id))).toEqual([])
    }, PATIENCE_MS)

    const after = await read()
    expect([after.mentions, after.authors]).toEqual([before.mentions, before.authors])
    expect(await (await erase(whom)).json()).toMatchObject({ id: answer.id, mentions: 0 })
  },
  2 * PATIENCE_MS,
)
