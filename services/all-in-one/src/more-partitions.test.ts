import { randomBytes, randomUUID } from 'node:crypto'
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createTestDatabase, kafkaAvailable, sharedKafka } from '@outcry/testkit'
import { expect, it, onTestFinished, vi } from 'vitest'
import { madeCrisis } from '../test/made-crisis.ts'
import { run, scratch } from '../test/run-command.ts'
import { startOutcry } from '../test/started-outcry.ts'
import { receiveWebhooks } from '../test/webhook-receiver.ts'

const PATIENCE_MS = 240_000
const WAIT = { timeout: 20_000, interval: 200 }
type Told = { brand: string; kind: string; at: string; label: string; issueId?: string }

it.skipIf(!kafkaAvailable())(
  'More partitions and another broker address in the configuration keep what there is, and new brands use them (needs java and mvn)',
  async () => {
    const cwd = scratch()
    const database = await createTestDatabase({ empty: true })
    onTestFinished(() => database.drop())
    const { brokers } = await sharedKafka()
    const secret = `whsec_${randomBytes(32).toString('base64')}`
    const { url, received } = await receiveWebhooks(secret)
    const topicPrefix = `more-${randomUUID()}.`
    const names = ['Acme', 'Globex', 'Initech']
    const inputs = names.map((name) => join(cwd, `${name.toLowerCase()}.jsonl`))
    const lines = names.map((brandName, n) => {
      madeCrisis(inputs[n]!, { brandName, seed: 7 + n })
      return readFileSync(inputs[n]!, 'utf8').trimEnd().split('\n')
    })
    const configure = (count: number, bus: { partitions: number; brokers: readonly string[] }) => {
      const config = {
        brands: names.slice(0, count).map((name) => ({ id: name.toLowerCase(), name, terms: [name] })),
        sources: names.slice(0, count).map((name, n) => ({
          connector: 'file',
          name: name.toLowerCase(),
          // Else the files would set one another's clocks, each being read at its own pace.
          brands: [name.toLowerCase()],
          path: inputs[n],
          atEnd: 'follow',
        })),
        targets: [{ name: 'hook', format: 'standard', url, secret: '${HOOK_SECRET}', allowPrivate: ['127.0.0.1'] }],
        bus: { driver: 'kafka', partitions: bus.partitions, kafka: { brokers: bus.brokers, topicPrefix } },
      }
      // JSON is YAML.
      writeFileSync(join(cwd, 'outcry.yaml'), JSON.stringify(config))
    }
    const env = { HOOK_SECRET: secret, DATABASE_URL: database.url }
    const start = async (services: string) => {
      const outcry = startOutcry(cwd, ['--only', services], env)
      await outcry.printed('Ctrl-C stops')
      return outcry
    }
    const places = async () => {
      const { rows } = await database.pool.query<{ brand: string; partition: number }>(
        'SELECT brand, partition FROM outcry.brand_partition ORDER BY brand',
      )
      return rows
    }

    // The first half of the day of two brands, on two partitions.
    const half = Math.floor(lines[0]!.length / 2)
    for (const n of [0, 1]) writeFileSync(inputs[n]!, `${lines[n]!.slice(0, half).join('\n')}\n`)
    configure(2, { partitions: 2, brokers })
    const detector = await start('detector')
    const others = await start('ingest,alerter,api')
    await vi.waitFor(async () => {
      const { rows } = await database.pool.query<{ brand: string }>('SELECT DISTINCT brand FROM outcry.mention')
      expect(rows).toHaveLength(2)
    }, WAIT)
    const before = await places()
    others.child.kill('SIGTERM')
    expect(await others.exited()).toBe(0)

    // The detector knows nothing of it: it hears of the new partitions from Kafka.
    const port = brokers[0]!.split(':')[1]!
    writeFileSync(inputs[2]!, `${lines[2]!.join('\n')}\n`)
    configure(3, { partitions: 4, brokers: [`localhost:${port}`, ...brokers] })
    await start('ingest,alerter,api')
    for (const n of [0, 1]) appendFileSync(inputs[n]!, `${lines[n]!.slice(half).join('\n')}\n`)
    const done = await run(['backtest', ...inputs, '--out', join(cwd, 'out')], { cwd, env })
    expect(done.code).toBe(0)
    const opened = (alerts: readonly Told[]) =>
      alerts
        .filter(({ kind }) => kind === 'opened')
        .map(({ brand, at, label }) => `${brand} ${at} ${label}`)
        .toSorted()
    const expected = readFileSync(join(cwd, 'out/alerts.jsonl'), 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Told)
    expect(opened(expected).length).toBeGreaterThanOrEqual(3)
    await vi.waitFor(() => {
      expect(opened(received.map(({ body }) => body.data as Told))).toEqual(opened(expected))
    }, WAIT)
    const after = await places()
    expect(after.filter(({ brand }) => brand !== 'initech')).toEqual(before)
    expect(after.find(({ brand }) => brand === 'initech')!.partition).toBeGreaterThanOrEqual(2)
    detector.child.kill('SIGTERM')
    expect(await detector.exited()).toBe(0)
  },
  PATIENCE_MS,
)
