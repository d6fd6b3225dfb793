import { createServer } from 'node:http'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { zstdDecompressSync } from 'node:zlib'
import {
  type Bus,
  createKafkaBus,
  createPostgresBus,
  ALERTS_TOPIC,
  DEAD_LETTERS_TOPIC,
  MENTIONS_TOPIC,
  readWhole,
} from '@outcry/bus'
import type { SqlPool } from '@outcry/contracts'
import { defaultDetectionSettings } from '@outcry/engine'
import { drillStream, findScenario } from '@outcry/replay'
import { createMetrics, type Logger, silentLogger, systemClock } from '@outcry/runtime'
import { createAlerter } from '@outcry/service-alerter'
import { createDetector } from '@outcry/service-detector'
import { createIngest } from '@outcry/service-ingest'
import { kafkaAvailable, startKafka } from '@outcry/testkit'
import { describe, expect, onTestFinished, test } from 'vitest'
import { eventually } from '../test/eventually.ts'
import { batchesOnDisk } from '../test/kafka-segments.ts'
import { TOKENS, runningApi } from '../test/running-api.ts'

const PATIENCE_MS = 120_000

/** One account that says the same again and again: it opens nothing, and is told as a suppressed burst. */
const STORMER = 'loud-account'
const STORM_WORD = 'zwirbelquark'
/** A post that could not be read and that nobody asks to erase. */
const KEPT = 'a-letter-that-stays'

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

/** The time that the bus has to forget, for the test: 18 seconds, and what a busy machine may be late. */
const ERASURE_HOURS = 0.005
const LATE_MS = 20_000

/** A bus with what a search of everything it keeps finds: the bytes of its log, expanded where it packs them. */
type Ground = {
  open: (pool: SqlPool, logger: Logger) => Bus
  stop: () => Promise<void>
  logBytes: (pool: SqlPool) => Promise<Buffer[]>
}

const MAX_RECORD_BYTES = 262_144

const onPostgres = async (): Promise<Ground> => ({
  open: (pool, logger) =>
    createPostgresBus({ pool, clock: systemClock, logger, maxRecordBytes: MAX_RECORD_BYTES, trimEveryMs: 200 }),
  stop: () => Promise.resolve(),
  logBytes: async (pool) => {
    const { rows } = await pool.query<{ value: Buffer }>('SELECT value FROM outcry.bus_record')
    return rows.map(({ value }) => value)
  },
})

const onKafka = async (): Promise<Ground> => {
  const broker = await startKafka()
  const options = { brokers: broker.brokers, clientId: 'test', topicPrefix: 'outcry.', replication: -1 }
  return {
    open: (_pool, logger) => createKafkaBus({ ...options, logger, maxRecordBytes: MAX_RECORD_BYTES }),
    stop: () => broker.stop(),
    logBytes: () => batchesOnDisk(broker.dataFolder, options.topicPrefix),
  }
}

/** A crisis from a file, through detector and alerter, to a target that takes everything and one that is away. */
const burning = async (ground: Ground) => {
  const { logger, lines } = listeningLogger()
  const openBus = (pool: SqlPool) => ground.open(pool, logger)
  const api = await runningApi({}, [], { openBus, erasureHours: ERASURE_HOURS, logger })
  onTestFinished(() => api.stop())
  const directory = await mkdtemp(join(tmpdir(), 'outcry-erasure-'))
  onTestFinished(() => rm(directory, { recursive: true }))
  const posts = crisis()
  const path = join(directory, 'posts.jsonl')
  const unreadable = posts.filter(({ author }) => author.id === STORMER).map((post) => `${JSON.stringify(post)},\n`)
  const written = [...posts.map((post) => `${JSON.stringify(post)}\n`), ...unreadable.slice(0, 3), `{"id":"${KEPT}",\n`]
  await writeFile(path, written.join(''))
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

/** What the bus gives to somebody who reads all of the topics. */
const readingOf = async (bus: Bus, topics: readonly string[]) => {
  const values: Uint8Array[] = []
  const visit = ({ value }: { value: Uint8Array }) => void values.push(value)
  for (const topic of topics)
    expect(await readWhole(bus, { topic, withinMs: PATIENCE_MS, clock: systemClock, visit })).toBe(true)
  return values.map((value) => Buffer.from(value)).flatMap((value) => [value, ...letterOf(value)])
}

/** What a dead letter holds. */
const letterOf = (value: Buffer): Buffer[] => {
  const { bytes } = JSON.parse(value.toString()) as { bytes?: string }
  return bytes === undefined ? [] : [Buffer.from(bytes, 'base64')]
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

describe.each([
  { name: 'PostgreSQL', start: onPostgres, skip: false },
  { name: 'Kafka', start: onKafka, skip: !kafkaAvailable() },
])('with the bus on $name', ({ start, skip }) => {
  test.skipIf(skip)(
    'what is erased is gone from every table at once and from the bus by its deadline, and what was counted stays',
    async () => {
      const ground = await start()
      onTestFinished(() => ground.stop())
      const { pool, bus, posts, ask, lines } = await burning(ground)
      const rows = async <T>(text: string) => (await pool.query<T & Record<string, unknown>>(text)).rows
      await eventually(async () => {
        expect(await rows(`SELECT 1 FROM outcry.source_state WHERE reason = 'read to its end'`)).toHaveLength(1)
      }, PATIENCE_MS)
      const ends = await bus.allBounds(MENTIONS_TOPIC)
      await eventually(async () => {
        const counted = await rows<{ position: string | number }>(
          `SELECT position FROM outcry.partition_state WHERE consumer = 'detector' ORDER BY partition`,
        )
        expect(counted.map(({ position }, at) => Number(position) >= ends[at]!.next - 1)).toEqual([true, true])
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
      const said = [...texts, ...authors]
      const saying = (found: readonly Buffer[]) => found.filter((bytes) => said.some((word) => bytes.includes(word)))
      const onDisk = async () => saying(await ground.logBytes(pool))
      const readable = async () => saying(await readingOf(bus, [MENTIONS_TOPIC, ALERTS_TOPIC, DEAD_LETTERS_TOPIC]))
      const letters = await readingOf(bus, [DEAD_LETTERS_TOPIC])
      expect(letters.filter((bytes) => bytes.includes(STORM_WORD))).toHaveLength(3)
      expect(await onDisk()).not.toEqual([])
      expect((await readable()).length).toBeGreaterThan(gone.length)
      const quote = posts.find(({ id }) => id === other)!.text
      const drafted = await ask(`/issues/${issue!.id}/statements`, TOKENS.mira, {
        method: 'POST',
        body: JSON.stringify({ kind: 'holding', facts: { meanwhile: `People say: ${quote}` } }),
        headers: { 'content-type': 'application/json', 'idempotency-key': 'drafted-once' },
      })
      expect(drafted.status).toBe(201)
      const quoting = ['idempotency', 'statement']
      expect(await tablesWith(pool, [quote])).toEqual(expect.arrayContaining(quoting))
      const taken = await rows<{ id: string }>(
        `SELECT id FROM outcry.delivery WHERE state = 'delivered' AND issue_id = '${issue!.id}'`,
      )
      expect(taken.length).toBeGreaterThan(0)
      const whom = { author: { id: author, connector: 'file' } }
      const erasedAt = Date.now()
      const accepted = await erase(whom)
      expect(accepted.status).toBe(202)
      const answer = (await accepted.json()) as Answer
      expect(answer.mentions).toBe(byAuthor.length)
      const ofOther = (await (await erase({ mentionIds: [other] })).json()) as Answer
      expect(Object.keys(ofOther.purged)).toEqual(expect.arrayContaining(quoting))
      expect((await erase({ author: { id: STORMER, connector: 'file' } })).status).toBe(202)
      // Snapshots follow when the detector has read of it.
      expect((await tablesWith(pool, words)).filter((name) => name !== 'brand_snapshot')).toEqual([])
      await eventually(async () => expect(await tablesWith(pool, words)).toEqual([]), PATIENCE_MS)
      expect(lines.filter((line) => words.some((word) => line.includes(word)))).toEqual([])

      expect(answer.purged).toMatchObject({ mention: byAuthor.length, issue: 1 })
      expect(answer.due.map(({ what }) => what)).toEqual(['state', 'mentions', 'commands', 'alerts', 'dead-letters'])
      const dueAt = Date.parse(answer.due[1]!.at)
      expect(answer.due[4]!.at).toBe(answer.due[1]!.at)
      expect(Math.abs(dueAt - ERASURE_HOURS * 3_600_000 - erasedAt)).toBeLessThan(LATE_MS)
      const gotOut = answer.sent.filter(({ sentAt }) => sentAt !== null)
      expect(gotOut.map(({ id }) => id)).toEqual(expect.arrayContaining(taken.map(({ id }) => id)))
      expect(new Set(gotOut.map(({ target, issueId }) => `${target} ${issueId}`))).toEqual(
        new Set([`taking ${issue!.id}`]),
      )

      await eventually(
        async () => {
          expect(await onDisk()).toEqual([])
          expect(await readable()).toEqual([])
        },
        dueAt + LATE_MS - Date.now(),
      )
      const left = await readingOf(bus, [DEAD_LETTERS_TOPIC])
      expect(left.filter((bytes) => bytes.includes(KEPT))).toHaveLength(1)
      expect(lines.filter((line) => words.some((word) => line.includes(word)))).toEqual([])

      const after = await read()
      expect([after.mentions, after.authors]).toEqual([before.mentions, before.authors])
      expect(await (await erase(whom)).json()).toMatchObject({ id: answer.id, mentions: 0 })
    },
    2 * PATIENCE_MS,
  )
})
