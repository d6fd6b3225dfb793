import { OutcryError } from '@outcry/contracts'
import type { Batch, SourceContext, SourceReport } from '../connector.ts'

/** One place that a source reads, such as an instance, a forum or an app: its own reader with its own view of the source's context. */
export type Part = { name: string; run(signal: AbortSignal): Promise<void> }

/** What is wrong with several parts, short enough to show. */
const MAX_REASON_CHARS = 200

/**
 * Runs the parts of a source as one. Deliveries take turns. While one part is live the source is live, and what of it
 * cannot be seen is told beside; its clock is that of the live part that is furthest behind. A part that needs a person
 * stays blind while others go on; when all do, or one breaks in another way, the source ends with that error.
 */
export const createSourceParts = (context: SourceContext, names: readonly string[]) => {
  const reports = new Map<string, SourceReport>()
  for (const name of names) reports.set(name, { state: 'lagging', reason: 'starting', sourceTime: 0 })
  let sourceTime = 0
  let turn: Promise<void> = Promise.resolve()

  const report = () => {
    const whole = combined(reports)
    sourceTime = Math.max(sourceTime, whole.sourceTime)
    context.report({ ...whole, sourceTime })
  }

  return {
    contextOf: (name: string): SourceContext => ({
      ...context,
      report: (part) => {
        reports.set(name, part)
        report()
      },
      gap: (reason) => context.gap(names.length > 1 ? `${name}: ${reason}` : reason),
    }),

    /** Emits when no other part does; `batch` is made when its turn has come. */
    emit: (batch: () => Batch): Promise<void> => {
      const mine = turn.then(() => context.emit(batch()))
      turn = mine.catch(() => undefined)
      return mine
    },

    run: async (parts: readonly Part[], signal: AbortSignal): Promise<void> => {
      const broken = new AbortController()
      const together = AbortSignal.any([signal, broken.signal])
      let refused = 0
      const runPart = async (part: Part): Promise<void> => {
        try {
          await part.run(together)
        } catch (error) {
          if (!isRefusal(error) || (refused += 1) === parts.length) {
            broken.abort(error)
            throw error
          }
          context.logger.error({ error, part: part.name }, 'a part of the source needs a person')
          reports.set(part.name, { state: 'blind', reason: error.message, sourceTime: 0 })
          report()
        }
      }
      const ended = await Promise.allSettled(parts.map(runPart))
      const failed = ended.find((each) => each.status === 'rejected')
      if (failed !== undefined && !signal.aborted) throw failed.reason
    },
  }
}

const isRefusal = (error: unknown): error is OutcryError =>
  error instanceof OutcryError && error.code === 'SOURCE_REFUSED'

const combined = (reports: ReadonlyMap<string, SourceReport>): SourceReport => {
  const all = [...reports].map(([name, report]) => ({ name, ...report }))
  const live = all.filter(({ state }) => state === 'live')
  const apart = all.filter(({ state }) => state !== 'live')
  if (live.length === 0) {
    const state = apart.some(({ state: each }) => each === 'lagging') ? 'lagging' : 'blind'
    return { state, reason: told(apart, all.length > 1), sourceTime: Math.max(...all.map((each) => each.sourceTime)) }
  }
  const unseen = [
    ...apart.filter(({ state }) => state === 'blind'),
    ...live.flatMap(({ name, unseen: of }) => (of === undefined ? [] : [{ name, reason: of }])),
  ]
  return {
    state: 'live',
    reason: told(live, false),
    sourceTime: Math.min(...live.map((each) => each.sourceTime)),
    ...(unseen.length > 0 ? { unseen: told(unseen, all.length > 1) } : {}),
  }
}

const told = (parts: readonly { name: string; reason: string }[], named: boolean): string =>
  [...new Set(parts.map(({ name, reason }) => (named ? `${name}: ${reason}` : reason)))]
    .join('; ')
    .slice(0, MAX_REASON_CHARS)
