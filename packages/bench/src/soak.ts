/**
 * How much memory `npm start` takes idle, and whether it stays flat over a million replayed mentions.
 * `node packages/bench/src/soak.ts [--mentions 1000000] [--brands 8] [--per-hour 400]`; Linux; prints one table.
 */
import { spawn } from 'node:child_process'
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { writeMadeMentions } from './made-mentions.ts'
import { proportionalBytes, withDescendants } from './process-memory.ts'

const { values } = parseArgs({
  options: {
    mentions: { type: 'string', default: '1000000' },
    brands: { type: 'string', default: '8' },
    'per-hour': { type: 'string', default: '400' },
    port: { type: 'string', default: '18099' },
  },
})
const root = resolve(import.meta.dirname, '../../..')
const MIB = 1024 * 1024
const SAMPLE_MS = 5_000
/** So many samples without a new mention end the run: a busy machine may pause. */
const STILL_SAMPLES = 4
const IDLE_MS = 30_000
const count = Number(values.mentions)
const brands = Array.from({ length: Number(values.brands) }, (_, index) => `brand-${index}`)
const folder = mkdtempSync(join(tmpdir(), 'outcry-soak-'))
// Under root the database runs as another user, who must be able to enter.
chmodSync(folder, 0o755)
const dataDir = join(folder, 'data')
const say = (line: string): void => void process.stdout.write(`${line}\n`)

const input = join(folder, 'mentions.jsonl')
const startMs = Date.UTC(2026, 0, 5)
await writeMadeMentions(input, { count, brands, perHour: Number(values['per-hour']), startMs, seed: 1 })

const start = async (sources: readonly object[]) => {
  const config = { brands: brands.map((id) => ({ id, terms: [id] })), sources, api: { port: Number(values.port) } }
  // JSON is YAML.
  writeFileSync(join(folder, 'outcry.yaml'), JSON.stringify(config))
  const child = spawn(process.execPath, [join(root, 'services/all-in-one/src/main.ts'), 'start'], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, OUTCRY_DATA_DIR: dataDir, OUTCRY_LOG_LEVEL: 'warn' },
  })
  const gone = new Promise<void>((done) => child.once('exit', () => done()))
  const url = `http://127.0.0.1:${values.port}`
  while (!(await fetch(`${url}/readyz`).catch(() => null))?.ok) await pause(200)
  return {
    /** Bytes of the process and of the database it started. */
    memory: () => {
      const node = proportionalBytes(child.pid!)
      const own = child.pid!
      const database = databasePids().filter((pid) => pid !== own)
      return { node, database: database.reduce((sum, pid) => sum + proportionalBytes(pid), 0) }
    },
    /** Mentions taken in, and bytes of live and collectable objects on Node's heap. */
    counted: async () => {
      const token = readFileSync(join(dataDir, 'admin-token'), 'utf8').trim()
      const answer = await fetch(`${url}/metrics`, { headers: { authorization: `Bearer ${token}` } })
      const lines = (await answer.text()).split('\n')
      const sumOf = (name: string) =>
        lines
          .filter((line) => line.startsWith(`${name}{`) || line.startsWith(`${name} `))
          .reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(' ') + 1)), 0)
      return {
        mentions: sumOf('outcry_mentions_total'),
        heap: sumOf('nodejs_heap_size_used_bytes'),
        external: sumOf('nodejs_external_memory_bytes'),
      }
    },
    stop: async () => {
      child.kill('SIGINT')
      await gone
    },
  }
}

const databasePids = (): number[] => {
  const file = join(dataDir, 'postgres', 'postmaster.pid')
  if (!existsSync(file)) return []
  return withDescendants(Number(readFileSync(file, 'utf8').split('\n')[0]))
}

const mib = (bytes: number): string => (bytes / MIB).toFixed(0).padStart(6)

const idle = await start([])
await pause(IDLE_MS)
const atRest = idle.memory()
await idle.stop()
say(`idle after ${IDLE_MS / 1_000} s: node ${mib(atRest.node)} MiB, database ${mib(atRest.database)} MiB (PSS)`)

const loaded = await start([{ connector: 'file', path: input }])
const began = Date.now()
say('seconds  mentions  node MiB  heap MiB  external MiB  database MiB')
for (let before = -1, still = 0; still < STILL_SAMPLES;) {
  await pause(SAMPLE_MS)
  const { mentions, heap, external } = await loaded.counted()
  const used = loaded.memory()
  const seconds = ((Date.now() - began) / 1_000).toFixed(0).padStart(7)
  const figures = [used.node, heap, external, used.database].map(mib).join('    ')
  say(`${seconds}  ${String(mentions).padStart(8)}  ${figures}`)
  still = mentions === before && mentions > 0 ? still + 1 : 0
  before = mentions
}
await loaded.stop()
rmSync(folder, { recursive: true, force: true })
