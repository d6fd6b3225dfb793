import { readdirSync, readFileSync } from 'node:fs'
import { zstdDecompressSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { burstCutInHalf } from '../test/burst-cut-in-half.ts'
import { createPartitionEngine, SNAPSHOT_VERSION } from './index.ts'

const FOLDER = new URL('../test/snapshots/', import.meta.url)
const versions = readdirSync(FOLDER).map((name) => Number.parseInt(name, 10))

describe('the state that an earlier release stored', () => {
  it('is kept here in the present version too: write it with packages/engine/test/write-snapshot.ts', () => {
    expect(versions).toContain(SNAPSHOT_VERSION)
  })

  // Where a version cannot be read any more, delete its file and say in docs/OPERATIONS.md what an upgrade from it loses.
  it.each(versions)('of version %i is read, and a burst that was cut in half opens one issue', (version) => {
    const { before, after, appendedAtMs } = burstCutInHalf()
    const engine = createPartitionEngine({ idKey: '0102' })
    const body = new Uint8Array(zstdDecompressSync(readFileSync(new URL(`${version}.zst`, FOLDER))))
    expect(engine.restore('acme', before.length - 1, version, body)).toBe(true)
    const effects = [...before, ...after].flatMap((record, position) => engine.apply(position, appendedAtMs, record))
    const opened = effects.flatMap((effect) =>
      effect.type === 'issue' && effect.event.kind === 'opened' ? [effect.event] : [],
    )
    expect(opened).toHaveLength(1)
    const idsBefore = new Set(before.flatMap((record) => (record.kind === 'mention' ? [record.mention.id] : [])))
    expect(opened[0]!.evidence.mentionIds.some((id) => idsBefore.has(id))).toBe(true)
    expect(opened[0]!.evidence.mentionIds.some((id) => !idsBefore.has(id))).toBe(true)
  })
})
