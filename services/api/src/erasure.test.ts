import { createServer } from 'node:http'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { zstdDecompressSync } from 'node:zlib'
import { createPostgresBus, MENTIONS_TOPIC, topicSpecs } from '@outcry/bus'
import type { SqlPool } from '@outcry/contracts'
import { defaultDetectionSettings } from '@outcry/engine'
import { drillStream, findScenario } from '@outcry/replay'
import { createMetrics, type Logger, silentLogger, systemClock } from '@outcry/runtime'
import { createAlerter } from '@outcry/service-alerter'
import { createDetector } from '@outcry/service-detector'
import { createIngest } from '@outcry/service-ingest'
import { expect, onTestFinished, test } from 'vitest'
import { eventually } from '../test/eventually.ts'
import { TOKENS, runningApi } from '../test/running-api.ts'

const PATIENCE_MS = 120_000

/** One account that says the same again and again: it opens nothing, and is told as a suppressed burst. */
const STORMER = 'loud-account'
const STORM_WORD = 'zwirbelquark'

/** The posts of a made crisis with a storm of one account beside it, as the lines of a file. */
const crisis = () => {
  const startMs = Date.UTC(2026, 2, 2)
  const made = [
    ...drillStream({ scenario: findScenario('checkout')!, brandName: 'acme', drillId: 'made', seed: 7, startMs }),
  ].map(({ mention }) => ({
    id: mention.id,
    brand: 'acme',
    text: `${mention.text} ~${mention.id}~`,
    createdAt: mention.eventTime,
    author: { id: mention.author!.id },
  }))
  const storm = Array.from({ length: 48 }, (_, at) => ({
    id: `storm-${at}`,
    brand: 'acme',
    text: `My ${STORM_WORD} parcel arrived broken and smashed, terrible, I want my money back ~storm-${at}~`,
    createdAt: made[0]!.createdAt + at * 10_000,
    author: { id: STORMER },
  }))
  return [...made, ...storm].toSorted((a, b) => a.createdAt - b.createdAt)
}

/** A target that takes everything. */
const takingTarget = async () => {
  const server = createServer((_, response) => response.writeHead(204).end())
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
}

/** Keeps every line that the parts log, at any level. */
const listeningLogger = () => {
  const lines: string[] = []
  const note = (fields: unknown, message?: string) => void lines.push(`${JSON.stringify(fields)} ${message}`)
  const logger = { ...silentLogger, debug: note, info: note, warn: note, error: note } as unknown as Logger
  logger.child = () => logger
  return { logger, lines }
}

/** Again only after more records than erasures are. */
const SNAPSHOTS = { afterRecords: 150, afterMs: 3_600_000, turnMs: 50 }

/** A crisis from a file, through detector and alerter, to a target that takes everything and one that is away. */
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
  const targets = [target, { ...target, name: 'taking', url: await takingTarget() }]
  const config = { ...api.config, sources: [source], targets } as unknown as typeof api.config
  const { logger, lines } = listeningLogger()
  const shared = { config, bus: api.bus, pool: api.pool, clock: systemClock, logger, owner: 'test' }
  const options = { ...shared, metrics: createMetrics(), random: () => 0.5, publicUrl: 'https://outcry.example' }
  const detectionSettings = { ...defaultDetectionSettings(), brands: config.brands.map(({ id }) => id) }
  const { complaintThreshold } = detectionSettings
  const parts = [
    createAlerter(options),
    createDetector({ ...options, complaintThreshold, snapshots: SNAPSHOTS }),
    createIngest({ ...options, detectionSettings, digest: 'd' }),
  ]
  for (const part of parts) {
    await part.start()
    onTestFinished(() => part.stop())
  }
  return { ...api, posts, lines }
}

type Answer = {
  id: string
  mentions: number
  purged: Record<string, number>
  due: { what: string; at: string }[]
  sent: { id: string; target: string; issueId: string; sentAt: string | null }[]
}

/** The bus as it is when the time of its topic has passed: everything superseded is due. */
const atDeadline = async (pool: SqlPool) => {
  const options = { pool, clock: systemClock, logger: silentLogger, maxRecordBytes: 262_144, trimEveryMs: 20 }
  const bus = createPostgresBus(options)
  onTestFinished(() => bus.close())
  const specs = topicSpecs({ partitions: 2, maxRecordBytes: 262_144, busDays: 7, deadLetterDays: 30 })
  const mentions = specs.filter(({ name }) => name === MENTIONS_TOPIC)
  await bus.ensureTopics(mentions.map((spec) => ({ ...spec, compact: { afterMs: 0, withinMs: 1_000 } })))
}

/** Which tables hold one of the words, each searched whole, snapshots expanded; the log of the bus apart. */
const tablesWith = async (pool: SqlPool, words: readonly string[]) => {
  const { rows: tables } = await pool.query<{ name: string }>(
    "SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'outcry' AND table_type = 'BASE TABLE'",
  )
  const found = new Set<string>()
  const holds = (text: string) => words.some((word) => text.includes(word))
  for (const { name } of tables) {
    if (name === 'bus_record') continue
    const { rows } = await pool.query<{ text: string }>(`SELECT t::text AS text FROM outcry.${name} t`)
    if (rows.some(({ text }) => holds(text))) found.add(name)
  }
  const { rows: snapshots } = await pool.query<{ body: Buffer }>(
    "SELECT body FROM outcry.brand_snapshot WHERE body <> ''",
  )
  for (const { body } of snapshots) {
    const state = zstdDecompressSync(body)
    if (words.some((word) => state.includes(word) || state.includes(word, 0, 'utf16le'))) found.add('brand_snapshot')
  }
  return [...found].toSorted()
}

test(
  'what is erased is gone from every table at once and from the bus by its deadline, and what was counted stays',
  async () => {
    const { pool, posts, ask, lines } = await burning()
    const rows = async <T>(text: string) => (await pool.query<T & Record<string, unknown>>(text)).rows
    await eventually(async () => {
      expect(await rows(`SELECT 1 FROM outcry.source_state WHERE reason = 'read to its end'`)).toHaveLength(1)
      const [lag] = await rows<{ lag: number }>(
        `SELECT sum(next_position - 1 - position)::int AS lag FROM outcry.bus_partition
         JOIN outcry.partition_state USING (topic, partition) WHERE consumer = 'detector'`,
      )
      expect(lag?.lag).toBe(0)
      const states = await rows(`SELECT DISTINCT target, state FROM outcry.delivery ORDER BY target`)
      expect(states).toEqual([
        { target: 'away', state: 'pending' },
        { target: 'taking', state: 'delivered' },
      ])
      expect(await rows(`SELECT 1 FROM outcry.suppressed_burst`)).not.toHaveLength(0)
    }, PATIENCE_MS)

    type Issue = { id: string; mentions: number; authors: number; exemplars: { mentionId: string }[] }
    const [issue] = ((await (await ask('/issues', TOKENS.admin)).json()) as { items: Issue[] }).items
    const read = async () => (await (await ask(`/issues/${issue!.id}`, TOKENS.admin)).json()) as Issue
    const before = await read()
    const quoted = await rows<{ id: string }>(
      `SELECT quote->>'mentionId' AS id FROM outcry.issue, jsonb_array_elements(body->'evidence'->'exemplars') AS quote`,
    )
    const author = posts.find(({ id }) => id === quoted[0]!.id)!.author.id
    const postsBy = (one: string) => posts.filter((post) => post.author.id === one).map(({ id }) => id)
    const byAuthor = postsBy(author)
    const other = quoted.map(({ id }) => id).find((id) => !byAuthor.includes(id))!
    const gone = [...byAuthor, other, ...postsBy(STORMER)]
    const hashes = await pool.query<{ hash: string }>(
      'SELECT DISTINCT author_id AS hash FROM outcry.mention WHERE id = ANY($1)',
      [[...byAuthor, ...postsBy(STORMER)]],
    )
    expect(hashes.rows).toHaveLength(2)
    const texts = [...gone.map((id) => `~${id}~`), STORM_WORD]
    const authors = [author, STORMER, ...hashes.rows.map(({ hash }) => hash)]
    const words = [...texts, ...gone, ...authors]
    const holding = 'alert brand_snapshot cluster issue issue_event mention mention_index'
    expect((await tablesWith(pool, words)).join(' ')).toBe(holding)
    const [{ suppressed } = { suppressed: '' }] = await rows<{ suppressed: string }>(
      'SELECT body::text AS suppressed FROM outcry.suppressed_burst',
    )
    expect(suppressed).toContain('"mentions": 48')

    const erase = async (body: object) =>
      ask('/erasures', TOKENS.admin, {
        method: 'POST',
        body: JSON.stringify(body),
        headers: { 'content-type': 'application/json' },
      })
    const taken = await rows<{ id: string }>(
      `SELECT id FROM outcry.delivery WHERE state = 'delivered' AND issue_id = '${issue!.id}'`,
    )
    expect(taken.length).toBeGreaterThan(0)
    const whom = { author: { id: author, connector: 'file' } }
    const accepted = await erase(whom)
    expect(accepted.status).toBe(202)
    const answer = (await accepted.json()) as Answer
    expect(answer.mentions).toBe(byAuthor.length)
    expect((await erase({ mentionIds: [other] })).status).toBe(202)
    expect((await erase({ author: { id: STORMER, connector: 'file' } })).status).toBe(202)
    // Snapshots follow when the detector has read of it.
    expect((await tablesWith(pool, words)).filter((name) => name !== 'brand_snapshot')).toEqual([])
    await eventually(async () => expect(await tablesWith(pool, words)).toEqual([]), PATIENCE_MS)
    expect(lines.filter((line) => words.some((word) => line.includes(word)))).toEqual([])

    expect(answer.purged).toMatchObject({ mention: byAuthor.length, issue: 1 })
    expect(answer.due.map(({ what }) => what)).toEqual(['state', 'mentions', 'commands', 'alerts', 'dead-letters'])
    const dayLater = Date.now() + 86_400_000
    expect(Math.abs(Date.parse(answer.due[1]!.at) - dayLater)).toBeLessThan(PATIENCE_MS)
    const left = answer.sent.filter(({ sentAt }) => sentAt !== null)
    expect(left.map(({ id }) => id)).toEqual(expect.arrayContaining(taken.map(({ id }) => id)))
    expect(new Set(left.map(({ target, issueId }) => `${target} ${issueId}`))).toEqual(new Set([`taking ${issue!.id}`]))

    await atDeadline(pool)
    await eventually(async () => {
      const log = await rows<{ value: Buffer }>('SELECT value FROM outcry.bus_record')
      expect(log.filter(({ value }) => [...texts, ...authors].some((word) => value.includes(word)))).toEqual([])
    }, PATIENCE_MS)

    const after = await read()
    expect([after.mentions, after.authors]).toEqual([before.mentions, before.authors])
    expect(await (await erase(whom)).json()).toMatchObject({ id: answer.id, mentions: 0 })
  },
  2 * PATIENCE_MS,
)
