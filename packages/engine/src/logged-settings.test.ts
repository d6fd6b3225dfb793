import { WEEK_MS } from '@outcry/contracts'
import { expect, it } from 'vitest'
import { madeMentions, recordsOf, START } from '../test/made-stream.ts'
import { createPartitionEngine, defaultDetectionSettings } from './index.ts'

it('a log with settings of no span is counted to its end, and goes on from a snapshot as if nothing had stopped', () => {
  const spans = { reorderMs: 0, dedupMs: 0, historyMs: 0, calmMs: 0, reopenMs: 0, resolveAfterCalmMs: 0 }
  const settings = { ...defaultDetectionSettings(), ...spans }
  const records = [
    { v: 1, kind: 'settings', digest: 'of old', settings } as const,
    ...recordsOf('acme', madeMentions(7)),
  ]
  const appendedAtMs = START + 10 * WEEK_MS
  const half = records.length >> 1
  const before = records.slice(0, half)
  const after = records.slice(half)
  const engine = createPartitionEngine({ idKey: '0102' })
  const restored = createPartitionEngine({ idKey: '0102' })
  const effects = before.flatMap((record, position) => engine.apply(position, appendedAtMs, record))
  const { position, version, body } = engine.snapshots()[0]!
  expect(restored.restore('acme', position, version, body)).toBe(true)
  const goOn = (from: typeof engine) => after.flatMap((record, at) => from.apply(half + at, appendedAtMs, record))
  const rest = goOn(engine)
  expect(goOn(restored)).toEqual(rest)
  expect([...effects, ...rest].filter(({ type }) => type === 'mention')).toHaveLength(madeMentions(7).length)
})
