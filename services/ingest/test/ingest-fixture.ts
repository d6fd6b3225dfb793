import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { decodeRecord, MENTIONS_TOPIC } from '@outcry/bus'
import type { BusRecord, Mention, SourceConfig } from '@outcry/contracts'
import { createTestDatabase } from '@outcry/testkit'
import { expect, vi } from 'vitest'
import { createIngest, type IngestOptions } from '../src/index.ts'
import { openBus } from './ingest-options.ts'

const WAIT = { timeout: 20_000, interval: 20 }

export type OnBus = { partition: number; record: BusRecord }

export const createFixture = async () => {
  const database = await createTestDatabase()
  const bus = await openBus(database.pool)
  const directory = await mkdtemp(join(tmpdir(), 'outcry-ingest-'))
  let files = 0

  const onBus = async (): Promise<OnBus[]> => {
    const { rows } = await database.pool.query<{ partition: number; value: Buffer }>(
      'SELECT partition, value FROM outcry.bus_record WHERE topic = $1 ORDER BY partition, position',
      [MENTIONS_TOPIC],
    )
    return rows.flatMap(({ partition, value }) => {
      const decoded = decodeRecord(value)
      return decoded.ok ? [{ partition, record: decoded.record }] : []
    })
  }

  return {
    ...database,
    bus,
    onBus,
    mentions: async (): Promise<{ brand: string; mention: Mention }[]> =>
      (await onBus()).flatMap(({ record }) => (record.kind === 'mention' ? [record] : [])),
    fileSource: async (lines: readonly object[], fields: Partial<SourceConfig> = {}): Promise<SourceConfig> => {
      files += 1
      const path = join(directory, `${files}.jsonl`)
      await writeFile(path, lines.map((line) => `${JSON.stringify(line)}\n`).join(''))
      return { connector: 'file', name: `history-${files}`, path, map: {}, speed: 'asFast', atEnd: 'stop', ...fields }
    },
    /** Runs an ingest until every file source was read to its end. */
    readAll: async (options: IngestOptions): Promise<void> => {
      const ingest = createIngest(options)
      await ingest.start()
      await vi.waitFor(async () => {
        const { rows } = await database.pool.query<{ source: string }>(
          `SELECT source FROM outcry.source_state WHERE state = 'live' AND reason = 'read to its end'`,
        )
        expect(rows.map(({ source }) => source)).toEqual(
          expect.arrayContaining(options.config.sources.map(({ name }) => name)),
        )
      }, WAIT)
      await ingest.stop()
    },
    /** As on the first day, but for the partitions of topics. */
    reset: async () => {
      await database.pool.query(
        `TRUNCATE outcry.bus_record, outcry.partition_state, outcry.source_state, outcry.mention_index,
           outcry.brand_partition, outcry.installation`,
      )
    },
    close: async () => {
      await bus.close()
      await database.drop()
      await rm(directory, { recursive: true })
    },
  }
}
