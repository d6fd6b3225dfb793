import { appendFile, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { complianceSuite, type LocalPlatform } from '../compliance/compliance-suite.ts'
import { createQuickClock } from '../compliance/quick-clock.ts'
import { createRecorder } from '../compliance/recorder.ts'
import { connectors } from '../registry.ts'

const START = Date.UTC(2026, 2, 1)
const connector = connectors['file']!
/** A file delivers thousands at once: so many times the items that the rules need, and it takes several deliveries. */
const BATCHED = 12
const lineOf = (n: number) =>
  JSON.stringify({ id: `m${n}`, text: `order ${n} late`, createdAt: START + n * 1_000, author: { id: `a${n}` } })
let directory: string
let files = 0

const platform = async (
  content: string | Uint8Array,
  ids: ReadonlySet<string>,
  name = 'in.jsonl',
): Promise<LocalPlatform> => {
  files += 1
  const path = join(directory, `${files}-${name}`)
  await writeFile(path, content)
  return { config: { path, map: {}, speed: 'asFast', atEnd: 'stop' }, ids, close: () => rm(path) }
}
const withFaults = (items: number) =>
  Array.from({ length: items }, (_, n) => (n % 100 === 7 ? `{"id":"half\n${lineOf(n)}` : lineOf(n))).join('\n')
const idsOf = (items: number) => new Set(Array.from({ length: items }, (_, n) => `m${n}`))

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'outcry-file-'))
})
afterAll(() => rm(directory, { recursive: true }))

complianceSuite({
  connector,
  ends: true,
  canGoDark: false,
  canRefuse: false,
  looksBack: false,
  start: (items) => platform(withFaults(items * BATCHED), idsOf(items * BATCHED)),
})
describe('compressed', () => {
  complianceSuite({
    connector,
    ends: true,
    canGoDark: false,
    canRefuse: false,
    looksBack: false,
    start: (items) => platform(gzipSync(withFaults(items * BATCHED)), idsOf(items * BATCHED), 'in.jsonl.gz'),
  })
})

describe('replaying a file', () => {
  const setUp = async (config: Record<string, unknown>, content: string, clockFactor = 1) => {
    const { config: base } = await platform(content, new Set())
    const clock = createQuickClock(clockFactor)
    const recorder = createRecorder(clock)
    const abort = new AbortController()
    const full = { connector: 'file', name: 'history', ...base, ...config }
    const run = () => connector.create(full, recorder.context('history')).run(abort.signal)
    return { recorder, abort, run, clock, path: String(base['path']) }
  }

  it('lets the clock go past the hold at the end, so that the detector takes in everything', async () => {
    const { recorder, run } = await setUp({}, `${lineOf(0)}\n${lineOf(5)}\n`)
    await run()
    expect(recorder.reports.at(-1)).toMatchObject({ state: 'live', sourceTime: START + 5_000 + 60_000 })
  })

  it('rejects bad lines with file and line, and delivers the rest', async () => {
    const { recorder, run, path } = await setUp({}, `${lineOf(0)}\n{"id":"x","text":5,"createdAt":0}\n${lineOf(1)}\n`)
    await run()
    expect(recorder.ids()).toEqual(new Set(['m0', 'm1']))
    expect(recorder.rejects.map(({ reason, detail }) => [reason, detail])).toEqual([
      ['invalid_field', `${path}:2: text is a number, not text`],
    ])
  })

  it('keeps the pace at which the mentions were written, times its speed', async () => {
    const { recorder, run, clock } = await setUp({ speed: 100 }, [0, 10, 20].map(lineOf).join('\n'), 20)
    const startedAt = clock.now()
    await run()
    expect(clock.now() - startedAt).toBeGreaterThanOrEqual(200)
    expect(recorder.delivered).toHaveLength(3)
  })

  it('follows a file that grows and leaves a line that is still being written', async () => {
    const { recorder, run, abort, path } = await setUp({ atEnd: 'follow' }, `${lineOf(0)}\n{"id":"m1",`, 20)
    const running = run()
    await vi.waitFor(() => expect(recorder.ids().has('m0')).toBe(true))
    await appendFile(path, `"text":"x","createdAt":${START}}\n${lineOf(2)}\n`)
    await vi.waitFor(() => expect(recorder.ids()).toEqual(new Set(['m0', 'm1', 'm2'])))
    expect(recorder.rejects).toEqual([])
    abort.abort()
    await running
  })

  it('starts over when the file was replaced, and reads nothing twice when it was not', async () => {
    const { recorder, run, path } = await setUp({}, `${lineOf(0)}\n${lineOf(1)}\n`)
    await run()
    await run()
    expect(recorder.delivered).toHaveLength(2)
    await appendFile(path, `${lineOf(2)}\n`)
    await run()
    expect(recorder.delivered).toHaveLength(3)
    await writeFile(path, `${lineOf(7)}\n${lineOf(8)}\n${lineOf(9)}\n${lineOf(10)}\n`)
    await run()
    expect(recorder.delivered).toHaveLength(7)
  })

  it('says what is wrong with a missing file and with one that cannot be followed', async () => {
    const missing = await setUp({ path: join(directory, 'none') }, '')
    await expect(missing.run()).rejects.toMatchObject({ code: 'INPUT_UNREADABLE', exitCode: 2 })
    const { config } = await platform(gzipSync(lineOf(0)), new Set(), 'x.jsonl.gz')
    const packed = await setUp({ path: config['path'], atEnd: 'follow' }, '')
    await expect(packed.run()).rejects.toMatchObject({ code: 'SOURCE_CONFIG_INVALID' })
  })
})
