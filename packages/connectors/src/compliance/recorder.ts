import { silentLogger, type Clock } from '@outcry/runtime'
import type { Batch, Reject, Sighting, SourceContext, SourceReport } from '../connector.ts'

/** When the process dies, seen from the batch it dies on: nothing of it stored, all but its cursor, or all of it. */
export type Death = 'before-bus' | 'before-cursor' | 'after-cursor'

/** Stands in for ingest: keeps what is delivered, and dies when told to. Cursors pass through JSON, as the database has them. */
export const createRecorder = (clock: Clock) => {
  const delivered: Sighting[] = []
  const rejects: Reject[] = []
  const reports: SourceReport[] = []
  const gaps: string[] = []
  const batches: { ids: string[]; backfill: boolean }[] = []
  const faults: string[] = []
  let cursor: unknown = null
  let death: Death | null = null
  let emitting = false
  let gate: Promise<void> = Promise.resolve()

  const store = async (batch: Batch): Promise<void> => {
    if (emitting) faults.push('a second emit began before the first was delivered')
    emitting = true
    try {
      await gate
      if (death === 'before-bus') throw new Killed()
      delivered.push(...batch.sightings)
      batches.push({ ids: batch.sightings.map(({ mention }) => mention.id), backfill: batch.backfill })
      rejects.push(...(batch.rejects ?? []))
      if (death === 'before-cursor') throw new Killed()
      cursor = JSON.parse(JSON.stringify(batch.cursor))
      if (death === 'after-cursor') throw new Killed()
    } finally {
      emitting = false
    }
  }

  const context = (source: string): SourceContext => ({
    source,
    cursor,
    clock,
    logger: silentLogger,
    random: () => 0.5,
    reorderMs: 60_000,
    hashAuthor: (id) => `hash-of-${id.length}-${id.slice(-6)}`,
    emit: store,
    report: (report) => void reports.push(report),
    heartbeat: async (report) => void reports.push(report),
    buffered: (items, limit) => {
      if (items > limit) faults.push(`${items} items wait in a buffer of ${limit}`)
    },
    gap: (reason) => void gaps.push(reason),
  })

  return {
    context,
    delivered,
    rejects,
    reports,
    gaps,
    batches,
    faults,
    isEmitting: () => emitting,
    ids: () => new Set(delivered.map(({ mention }) => mention.id)),
    dieAtNextEmit: (when: Death) => {
      death = when
    },
    revive: () => {
      death = null
    },
    /** Holds every emit until the returned function is called. */
    hold: (): (() => void) => {
      let open = () => {}
      gate = new Promise<void>((resolve) => {
        open = resolve
      })
      return open
    },
  }
}

export class Killed extends Error {}
