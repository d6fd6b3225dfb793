import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DAY_MS, WEEK_MS } from '@outcry/contracts'

export const FILE_SOURCE = 'posts'
export const PUSH_SOURCE = 'shop'
/** Only the push source speaks of it: its clock is the wall's, that of the others is the file's. */
export const PUSHED_BRAND = 'pushed'
export const PARTITIONS = 4

export type RunConfig = {
  input: string
  brands: readonly string[]
  hook: { url: string; secret: string }
  pushSecret: string
  apiPort: number
  kafka: { brokers: string[]; topicPrefix: string } | null
}

/**
 * Writes `outcry.yaml` into a run's folder. Wall time must not change what is decided, because faults cost wall time: so
 * the page budget allows everything, and growth alone is no update and silence of a source no alarm within a run.
 */
export const writeRunConfig = (folder: string, run: RunConfig): void => {
  const config = {
    brands: [...run.brands, PUSHED_BRAND].map((id) => ({ id, terms: [id] })),
    sources: [
      { connector: 'file', name: FILE_SOURCE, path: run.input, atEnd: 'follow', brands: run.brands },
      { connector: 'push', name: PUSH_SOURCE, secret: run.pushSecret, brands: [PUSHED_BRAND] },
    ],
    targets: [
      {
        name: 'hook',
        format: 'standard',
        url: run.hook.url,
        secret: run.hook.secret,
        allowPrivate: ['127.0.0.1'],
        perMinute: 60_000,
        timeoutMs: 2_000,
      },
    ],
    alerting: { pagesPerWeek: 1_000, updateEveryMs: DAY_MS, blindPageAfterMs: WEEK_MS },
    bus: { partitions: PARTITIONS, ...(run.kafka ? { driver: 'kafka', kafka: run.kafka } : { driver: 'postgres' }) },
    api: { port: run.apiPort, publicUrl: 'http://outcry.example' },
    log: { level: 'info', format: 'json' },
  }
  // JSON is YAML.
  writeFileSync(join(folder, 'outcry.yaml'), JSON.stringify(config, null, 2))
}
